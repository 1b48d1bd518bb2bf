//! What can go wrong, in kinds that callers treat differently.

use sea_orm::{DbErr, SqlErr};

use crate::chain::Head;
use crate::record::UpcastError;

/// Why the store can't do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// What was asked for isn't there.
    #[error("not found")]
    NotFound,
    /// The database can't be reached, is busy for too long, or refused the statement. After a
    /// failed [`append`] it isn't known whether the batch is in the log: read the head and the
    /// answers before retrying.
    ///
    /// [`append`]: crate::Store::append
    #[error("the database is unavailable: {0}")]
    Unavailable(#[source] DbErr),
    /// The directory of the database can't be created.
    #[error("the directory of the database can't be made: {0}")]
    Directory(#[from] std::io::Error),
    /// The tables are an earlier program's; [`Store::open`](crate::Store::open) migrates them.
    #[error("an earlier program made the tables: they have to be brought up to date first")]
    Outdated,
    /// What is stored can't be read.
    #[error("what is kept is damaged: {0}")]
    Damaged(#[from] Damage),
}

/// What can't be read.
#[derive(Debug, thiserror::Error)]
pub enum Damage {
    /// An event of the log.
    #[error("event {seq} of a stream: {source}")]
    Event {
        /// Its place in the stream.
        seq: domain::Seq,
        /// Why.
        source: UpcastError,
    },
    /// The log ends before or after the head of its stream, or has a gap.
    #[error("the log of a stream breaks off after event {after}")]
    Gap {
        /// Last event that is in order.
        after: domain::Seq,
    },
    /// A column has a value that this version never writes.
    #[error("column {column} of table {table}")]
    Column {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// A piece of a file.
    #[error("piece {number} of file {blob}")]
    Piece {
        /// The file.
        blob: domain::Digest,
        /// Which of its pieces, from 0.
        number: u64,
    },
    /// The list of migrations.
    #[error(
        "the migrations that were applied are not this program's: a newer program was here, or their list was changed"
    )]
    Migrations,
    /// A row whose values don't have the types of its columns.
    #[error("a row that can't be read: {0}")]
    Row(#[source] DbErr),
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match error {
            error @ (DbErr::Type(_) | DbErr::Json(_) | DbErr::TryIntoErr { .. }) => {
                Self::Damaged(Damage::Row(error))
            }
            DbErr::Query(sea_orm::RuntimeErr::SqlxError(ref inner))
                if matches!(
                    inner.as_ref(),
                    sea_orm::sqlx::Error::ColumnDecode { .. } | sea_orm::sqlx::Error::Decode(_)
                ) =>
            {
                Self::Damaged(Damage::Row(error))
            }
            error => Self::Unavailable(error),
        }
    }
}

/// Why a batch wasn't appended. Nothing of it is in the store, except perhaps after
/// [`StoreError::Unavailable`].
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// The stream has another head: someone else wrote first. Load that and decide again.
    #[error("the stream is at {}", .0.seq)]
    Conflict(Head),
    /// A command id of the batch is in the log or has an answer already.
    #[error("a command of the batch was taken before")]
    Duplicate,
    /// A join code, a token, an exercise or a person's id of the batch is already in use.
    #[error("a join code, token or id of the batch is in use")]
    Taken,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<DbErr> for AppendError {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Self::Taken,
            _ => Self::Store(error.into()),
        }
    }
}
