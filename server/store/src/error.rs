//! What can go wrong, in kinds that a caller treats differently.

use sea_orm::{DbErr, SqlErr};

use crate::chain::Head;
use crate::record::UpcastError;

/// Why the store can't answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// What was asked for isn't there.
    #[error("not found")]
    NotFound,
    /// The database can't be reached, is busy for too long, or refused the statement. After a
    /// failed [`append`] it is not known whether the batch is in the log: read the head and the
    /// answers before trying again.
    ///
    /// [`append`]: crate::Store::append
    #[error("the database is unavailable: {0}")]
    Unavailable(#[source] DbErr),
    /// The directory of the database can't be made.
    #[error("the directory of the database can't be made: {0}")]
    Directory(#[from] std::io::Error),
    /// An earlier program made the tables; [`Store::open`](crate::Store::open) brings them up to
    /// date.
    #[error("an earlier program made the tables: they have to be brought up to date first")]
    Outdated,
    /// What is kept can't be read back.
    #[error("what is kept is damaged: {0}")]
    Damaged(#[from] Damage),
}

/// What can't be read back.
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
    /// The log ends before, or goes beyond, the head of its stream, or has a gap.
    #[error("the log of a stream breaks off after event {after}")]
    Gap {
        /// Last event that is in order.
        after: domain::Seq,
    },
    /// A column holds what this version never writes.
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
    /// A row that the database can't give back in the types of its columns.
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

/// Why a batch wasn't appended. Nothing of it is in the store then, save after
/// [`StoreError::Unavailable`].
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// The stream's head is another one: someone else was faster. Take what they wrote and decide
    /// again.
    #[error("the stream is at {}", .0.seq)]
    Conflict(Head),
    /// A command id of the batch is in the log or has an answer already.
    #[error("a command of the batch was taken before")]
    Duplicate,
    /// A join code, a token, an exercise or a person's id of the batch is in use elsewhere.
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
