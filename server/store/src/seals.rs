//! The keys with which this server seals documents, the public file of all seals, and what
//! time-stamping authorities answered about them. What a line says and which key follows another is
//! not this crate's to know: it keeps them in their order, and lets nobody write two of one number or
//! two stamps of one seal.

use domain::Digest;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::error::{Damage, StoreError};
use crate::open::Store;
use crate::tables::{seal_line, server_key, stamp};
use crate::tally::{self, NO_STREAM};
use crate::write;

/// A key of this server.
#[derive(Clone, PartialEq, Eq)]
pub struct ServerKey {
    /// Its number, from 1.
    pub number: u64,
    /// Its secret; none: it was replaced.
    pub secret: Option<[u8; 32]>,
    /// The record of how it took the place of the one before.
    pub record: String,
}

impl std::fmt::Debug for ServerKey {
    /// Without the secret, so that it is in no log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ServerKey").field("number", &self.number).finish_non_exhaustive()
    }
}

impl Store {
    /// The keys of this server, the one in use last.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Damaged`].
    pub async fn server_keys(&self) -> Result<Vec<ServerKey>, StoreError> {
        let rows = server_key::Entity::find().order_by_asc(server_key::Column::Number);
        rows.all(&self.reader).await?.into_iter().map(|row| Ok(key(row)?)).collect()
    }

    /// Adds a key, which is in use from here on, with its line in the file of seals; the secret of
    /// the one before is erased. Returns whether it did: not when another one has its number.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn add_server_key(
        &self,
        new: &ServerKey,
        line: impl Fn(Option<(u64, &str)>) -> String + Send + Sync,
    ) -> Result<bool, StoreError> {
        let row = server_key::Model {
            number: column(new.number),
            secret: new.secret.map(|secret| secret.to_vec()),
            record: new.record.clone(),
        };
        let transaction = self.begin().await?;
        if !write::insert_new::<server_key::Entity>(&transaction, &row).await? {
            transaction.rollback().await?;
            return Ok(false);
        }
        let before = server_key::Entity::find()
            .filter(server_key::Column::Number.ne(row.number))
            .filter(server_key::Column::Secret.is_not_null())
            .lock_exclusive()
            .all(&transaction)
            .await?;
        let after: Vec<_> =
            before.iter().map(|row| server_key::Model { secret: None, ..row.clone() }).collect();
        write::upsert::<server_key::Entity>(&transaction, &after).await?;
        tally::change(&transaction, tally::KEYS, NO_STREAM, |tally| {
            before.iter().for_each(|row| tally.remove(row));
            after.iter().for_each(|row| tally.add(row));
            tally.add(&row);
        })
        .await?;
        add_line(&transaction, &line).await?;
        transaction.commit().await?;
        if !before.is_empty() {
            self.forget_freed_pages().await?;
        }
        Ok(true)
    }

    /// The lines of the file of seals after a number, at most so many.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn seal_lines(
        &self,
        after: u64,
        most: u64,
    ) -> Result<Vec<(u64, String)>, StoreError> {
        let rows = seal_line::Entity::find()
            .filter(seal_line::Column::Number.gt(column(after)))
            .order_by_asc(seal_line::Column::Number)
            .limit(most)
            .all(&self.reader)
            .await?;
        Ok(rows.into_iter().map(|row| (number(row.number), row.line)).collect())
    }

    /// Keeps what an authority answered about the seal with a SHA-256, with its line in the file of
    /// seals. Returns whether it did: not when there is an answer already.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn keep_stamp(
        &self,
        seal: Digest,
        answer: &[u8],
        line: impl Fn(Option<(u64, &str)>) -> String + Send + Sync,
    ) -> Result<bool, StoreError> {
        let row = stamp::Model { seal: seal.0.to_vec(), answer: answer.to_vec() };
        let transaction = self.begin().await?;
        if !write::insert_new::<stamp::Entity>(&transaction, &row).await? {
            transaction.rollback().await?;
            return Ok(false);
        }
        tally::change(&transaction, tally::STAMPS, NO_STREAM, |tally| tally.add(&row)).await?;
        add_line(&transaction, &line).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// What an authority answered about the seal with a SHA-256; none yet.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn stamp(&self, seal: Digest) -> Result<Option<Vec<u8>>, StoreError> {
        let row = stamp::Entity::find_by_id(seal.0.to_vec()).one(&self.reader).await?;
        Ok(row.map(|row| row.answer))
    }
}

/// Adds the line that follows the last one.
pub(crate) async fn add_line(
    transaction: &DatabaseTransaction,
    line: &(impl Fn(Option<(u64, &str)>) -> String + Sync),
) -> Result<(), DbErr> {
    // Locks the tally, so that whoever else adds a line waits for this one.
    tally::change(transaction, tally::LINES, NO_STREAM, |_| ()).await?;
    let last =
        seal_line::Entity::find().order_by_desc(seal_line::Column::Number).one(transaction).await?;
    let before = last.as_ref().map(|last| (number(last.number), last.line.as_str()));
    let row = seal_line::Model {
        number: column(before.map_or(1, |(number, _)| number + 1)),
        line: line(before),
    };
    write::insert::<seal_line::Entity>(transaction, std::slice::from_ref(&row)).await?;
    tally::change(transaction, tally::LINES, NO_STREAM, |tally| tally.add(&row)).await
}

fn key(row: server_key::Model) -> Result<ServerKey, Damage> {
    let damaged = |_| Damage::Column { table: "server_key", column: "secret" };
    let secret = row.secret.map(<[u8; 32]>::try_from).transpose().map_err(damaged)?;
    Ok(ServerKey { number: number(row.number), secret, record: row.record })
}

fn column(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn number(column: i64) -> u64 {
    u64::try_from(column).unwrap_or_default()
}
