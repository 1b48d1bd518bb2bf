//! Notifying the other nodes that a stream moved on, on PostgreSQL: "this stream is at that seq"
//! and nothing more. Sent outside the transactions that edit, because a notification inside one
//! holds a global lock until its commit. What a node misses while it reconnects it finds by polling
//! the heads.

use domain::{Seq, StreamId};
use sea_orm::sqlx::postgres::PgListener;
use sea_orm::{ConnectionTrait, DbBackend, Statement, TransactionTrait};

use crate::error::StoreError;
use crate::open::Store;

const CHANNEL: &str = "mesa_head";

/// Notifications from other nodes.
#[derive(Debug)]
pub struct News(PgListener);

impl Store {
    /// Whether there can be other nodes.
    pub fn is_shared(&self) -> bool {
        self.writer.get_database_backend() == DbBackend::Postgres
    }

    /// Subscribes to notifications from other nodes (and this one). None on SQLite, where there is
    /// one node.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn news(&self) -> Result<Option<News>, StoreError> {
        if !self.is_shared() {
            return Ok(None);
        }
        let mut listener = PgListener::connect_with(self.reader.get_postgres_connection_pool())
            .await
            .map_err(unavailable)?;
        listener.listen(CHANNEL).await.map_err(unavailable)?;
        Ok(Some(News(listener)))
    }

    /// Notifies the other nodes of streams' heads.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn tell(&self, heads: &[(StreamId, Seq)]) -> Result<(), StoreError> {
        if heads.is_empty() || !self.is_shared() {
            return Ok(());
        }
        let transaction = self.writer.begin().await?;
        // Nothing is written that would have to be on disk.
        transaction.execute_unprepared("SET LOCAL synchronous_commit = off").await?;
        for (stream, seq) in heads {
            let payload = format!("{stream} {seq}");
            let notify = Statement::from_sql_and_values(
                DbBackend::Postgres,
                "SELECT pg_notify($1, $2)",
                [CHANNEL.into(), payload.into()],
            );
            transaction.execute_raw(notify).await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}

impl News {
    /// The next notification. None: the connection was re-established, and notifications may have
    /// been missed.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the connection is lost and can't be re-established.
    pub async fn next(&mut self) -> Result<Option<(StreamId, Seq)>, StoreError> {
        let Some(notification) = self.0.try_recv().await.map_err(unavailable)? else {
            return Ok(None);
        };
        Ok(notification
            .payload()
            .split_once(' ')
            .and_then(|(stream, seq)| Some((stream.parse().ok()?, seq.parse().ok()?))))
    }
}

fn unavailable(error: sea_orm::sqlx::Error) -> StoreError {
    StoreError::Unavailable(sea_orm::DbErr::Conn(sea_orm::RuntimeErr::SqlxError(error.into())))
}
