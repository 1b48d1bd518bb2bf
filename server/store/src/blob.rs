//! Files that aren't text (logos, scans, PDFs, packs), by the SHA-256 of their bytes: the same
//! bytes are stored once, and never change. They are written and read piece by piece, so that no
//! file is ever in memory as one; each piece is its own transaction, so that edits don't wait for a
//! file.
//!
//! The digest is known only at the end. Until then a file is an upload: a row without digest, and
//! pieces under its id. The end sets the row's digest, at the same cost for any size; an upload
//! that never ended is swept.

use std::error::Error;
use std::ops::Range;
use std::pin::pin;

use domain::{Digest, Millis};
use futures_util::{Stream, StreamExt, stream};
use sea_orm::prelude::Uuid;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, SqlErr,
};
use sha2::{Digest as _, Sha256};

use crate::error::{Damage, StoreError};
use crate::open::Store;
use crate::tables::{blob, blob_piece};
use crate::tally::{self, NO_STREAM};
use crate::write;

/// Bytes in a piece; the last piece of a file may be shorter.
pub const PIECE_BYTES: usize = 1024 * 1024;

const PIECE: u64 = PIECE_BYTES as u64;

/// A stored file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blob {
    /// SHA-256 of its bytes.
    pub digest: Digest,
    /// Number of its bytes.
    pub size: u64,
    /// The id of its pieces.
    id: Uuid,
}

/// Why a file can't be stored.
#[derive(Debug, thiserror::Error)]
pub enum PutError {
    /// It has too many bytes.
    #[error("the file has more than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: u64,
    },
    /// The source of its bytes failed.
    #[error("the bytes stopped coming: {0}")]
    Source(#[source] Box<dyn Error + Send + Sync>),
    /// An earlier write of the upload failed or was cancelled: begin another upload.
    #[error("an earlier write of the upload failed")]
    Spoiled,
    /// The store failed; [`StoreError::NotFound`]: the upload was swept meanwhile.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A file being written. If it is dropped before its end, it stays until it is swept.
#[derive(Debug)]
pub struct Upload {
    store: Store,
    id: Uuid,
    limit: u64,
    hasher: Sha256,
    size: u64,
    /// The next piece's number.
    number: i64,
    /// Bytes that don't fill a piece yet.
    rest: Vec<u8>,
    /// Whether a piece may be missing.
    spoiled: bool,
}

/// The bytes of a stored file, in order.
#[derive(Debug)]
pub struct Pieces {
    store: Store,
    blob: Blob,
    at: u64,
    until: u64,
}

impl Store {
    /// Begins a file of at most `limit` bytes. `id` has to be a new one; `begun_at` (ms) is when
    /// the upload begins, for [`Store::sweep_uploads`].
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn begin_blob(
        &self,
        id: Uuid,
        begun_at: Millis,
        limit: u64,
    ) -> Result<Upload, StoreError> {
        let row = blob::Model { id, digest: None, size: None, begun_at };
        let transaction = self.begin().await?;
        write::insert::<blob::Entity>(&transaction, std::slice::from_ref(&row)).await?;
        tally::change(&transaction, tally::BLOBS, NO_STREAM, |tally| tally.add(&row)).await?;
        transaction.commit().await?;
        let (hasher, rest) = (Sha256::new(), Vec::new());
        Ok(Upload {
            store: self.clone(),
            id,
            limit,
            hasher,
            size: 0,
            number: 0,
            rest,
            spoiled: false,
        })
    }

    /// Stores a file from a stream; at most one piece is in memory. Arguments as for
    /// [`Store::begin_blob`]. When it fails, nothing remains.
    ///
    /// # Errors
    /// [`PutError`].
    pub async fn put_blob<B: AsRef<[u8]>, E: Into<Box<dyn Error + Send + Sync>>>(
        &self,
        id: Uuid,
        begun_at: Millis,
        limit: u64,
        bytes: impl Stream<Item = Result<B, E>>,
    ) -> Result<Blob, PutError> {
        let mut upload = self.begin_blob(id, begun_at, limit).await?;
        let kept = match upload.fill(bytes).await {
            Ok(()) => upload.end().await,
            Err(error) => Err(error),
        };
        // The first error is the one to report; what remains is swept later.
        if kept.is_err()
            && let Err(error) = self.drop_upload(id).await
        {
            tracing::debug!(%error, "an upload stays behind");
        }
        kept
    }

    /// How many pieces an upload has that comes piece by piece, each with [`PIECE_BYTES`] bytes: those that
    /// follow each other from the first. None: it ended, or was swept.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn kept_pieces(&self, id: Uuid) -> Result<Option<u64>, StoreError> {
        let there = blob::Entity::find_by_id(id).filter(blob::Column::Digest.is_null());
        if there.one(&self.reader).await?.is_none() {
            return Ok(None);
        }
        let numbers: Vec<i64> = blob_piece::Entity::find()
            .select_only()
            .column(blob_piece::Column::Number)
            .filter(blob_piece::Column::BlobId.eq(id))
            .order_by_asc(blob_piece::Column::Number)
            .into_tuple()
            .all(&self.reader)
            .await?;
        Ok(Some(
            (0_u64..).zip(numbers).take_while(|(at, number)| column(*at) == *number).count() as u64
        ))
    }

    /// Keeps a piece, of [`PIECE_BYTES`] bytes, of an upload that [`Store::begin_blob`] began; one that is
    /// there already stays as it is.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]: the upload ended, or was swept; [`StoreError::Unavailable`].
    ///
    /// # Panics
    /// With another number of bytes.
    pub async fn keep_piece(
        &self,
        id: Uuid,
        number: u64,
        bytes: Vec<u8>,
    ) -> Result<(), StoreError> {
        assert_eq!(bytes.len(), PIECE_BYTES, "the last piece comes with the end");
        let transaction = self.begin().await?;
        if under_way(&transaction, id).await?.is_none() {
            return Err(StoreError::NotFound);
        }
        let known = blob_piece::Entity::find_by_id((id, column(number)))
            .select_only()
            .column(blob_piece::Column::Number)
            .into_tuple::<i64>()
            .one(&transaction)
            .await?;
        if known.is_none() {
            let piece = blob_piece::Model { blob_id: id, number: column(number), bytes };
            let insert = blob_piece::Entity::insert(piece.into_active_model());
            insert.exec_without_returning(&transaction).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// An upload with the pieces that were kept, to be written on and ended; each goes by `look` once. None:
    /// it ended, or was swept.
    ///
    /// # Errors
    /// [`PutError::TooLarge`], and [`PutError::Store`].
    pub async fn resume_blob(
        &self,
        id: Uuid,
        limit: u64,
        mut look: impl FnMut(&[u8]) + Send,
    ) -> Result<Option<Upload>, PutError> {
        let Some(count) = self.kept_pieces(id).await? else { return Ok(None) };
        let size = count.saturating_mul(PIECE);
        if size > limit {
            return Err(PutError::TooLarge { limit });
        }
        let mut hasher = Sha256::new();
        for number in 0..count {
            let piece = blob_piece::Entity::find_by_id((id, column(number)));
            let Some(piece) = piece.one(&self.reader).await.map_err(StoreError::from)? else {
                return Ok(None);
            };
            hasher.update(&piece.bytes);
            look(&piece.bytes);
        }
        Ok(Some(Upload {
            store: self.clone(),
            id,
            limit,
            hasher,
            size,
            number: column(count),
            rest: Vec::new(),
            spoiled: false,
        }))
    }

    /// A file whose upload is complete; none when there is no such file.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Damaged`].
    pub async fn blob(&self, digest: Digest) -> Result<Option<Blob>, StoreError> {
        let found = blob::Entity::find()
            .filter(blob::Column::Digest.eq(digest.0.to_vec()))
            .one(&self.reader)
            .await?;
        Ok(found.map(|row| complete(&row, digest)).transpose()?)
    }

    /// The bytes of a file in a range of offsets, as far as it has them.
    pub fn read_blob(&self, blob: &Blob, range: Range<u64>) -> Pieces {
        Pieces {
            store: self.clone(),
            blob: blob.clone(),
            at: range.start,
            until: range.end.min(blob.size),
        }
    }

    /// All bytes of a file at once, for what needs them so and keeps files small; none when there is
    /// no such file.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Damaged`].
    pub async fn whole_blob(&self, digest: Digest) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(blob) = self.blob(digest).await? else { return Ok(None) };
        let mut pieces = self.read_blob(&blob, 0..blob.size);
        let mut bytes = Vec::with_capacity(usize::try_from(blob.size).unwrap_or_default());
        while let Some(piece) = pieces.next().await? {
            bytes.extend_from_slice(&piece);
        }
        Ok(Some(bytes))
    }

    /// Deletes the uploads that began before a moment (ms) and never ended; returns how many. The
    /// moment has to be so long ago that none of them is still being written: such an upload would
    /// end with [`StoreError::NotFound`].
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn sweep_uploads(&self, before: Millis) -> Result<u64, StoreError> {
        let ids: Vec<Uuid> = blob::Entity::find()
            .select_only()
            .column(blob::Column::Id)
            .filter(blob::Column::Digest.is_null())
            .filter(blob::Column::BegunAt.lt(before))
            .into_tuple()
            .all(&self.reader)
            .await?;
        let mut swept = 0;
        for id in ids {
            swept += u64::from(self.drop_upload(id).await?);
        }
        Ok(swept)
    }

    /// Deletes an upload, unless it has ended; returns whether it did.
    async fn drop_upload(&self, id: Uuid) -> Result<bool, StoreError> {
        let transaction = self.begin().await?;
        let found = under_way(&transaction, id).await?;
        if let Some(row) = &found {
            remove(&transaction, row).await?;
        }
        transaction.commit().await?;
        Ok(found.is_some())
    }
}

impl Upload {
    /// Writes the next bytes.
    ///
    /// # Errors
    /// [`PutError`]; after one, or when the future was dropped, the upload accepts nothing more.
    pub async fn write(&mut self, mut bytes: &[u8]) -> Result<(), PutError> {
        if std::mem::replace(&mut self.spoiled, true) {
            return Err(PutError::Spoiled);
        }
        self.size += bytes.len() as u64;
        if self.size > self.limit {
            return Err(PutError::TooLarge { limit: self.limit });
        }
        self.hasher.update(bytes);
        while !bytes.is_empty() {
            let fits = bytes.len().min(PIECE_BYTES - self.rest.len());
            self.rest.extend_from_slice(&bytes[..fits]);
            bytes = &bytes[fits..];
            if self.rest.len() == PIECE_BYTES {
                self.keep_piece().await?;
            }
        }
        self.spoiled = false;
        Ok(())
    }

    /// Ends the upload: from here on the file is stored, once, however many write the same bytes.
    ///
    /// # Errors
    /// [`PutError`]. After [`StoreError::Unavailable`] it isn't known whether the file is stored.
    pub async fn end(mut self) -> Result<Blob, PutError> {
        if self.spoiled {
            return Err(PutError::Spoiled);
        }
        if !self.rest.is_empty() {
            self.keep_piece().await?;
        }
        let digest = Digest(std::mem::take(&mut self.hasher).finalize().into());
        match self.name(digest).await {
            // Another upload of the same bytes ended at the same moment, and is found now.
            Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
                self.name(digest).await
            }
            named => named,
        }
        .map_err(StoreError::from)?
        .ok_or(PutError::Store(StoreError::NotFound))
    }

    /// Cancels the upload: nothing of it remains.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; what remains is swept later.
    pub async fn abandon(self) -> Result<(), StoreError> {
        self.store.drop_upload(self.id).await.map(|_| ())
    }

    async fn fill<B: AsRef<[u8]>, E: Into<Box<dyn Error + Send + Sync>>>(
        &mut self,
        bytes: impl Stream<Item = Result<B, E>>,
    ) -> Result<(), PutError> {
        let mut bytes = pin!(bytes);
        while let Some(part) = bytes.next().await {
            self.write(part.map_err(|error| PutError::Source(error.into()))?.as_ref()).await?;
        }
        Ok(())
    }

    async fn keep_piece(&mut self) -> Result<(), StoreError> {
        let piece = blob_piece::Model {
            blob_id: self.id,
            number: self.number,
            bytes: std::mem::take(&mut self.rest),
        };
        let transaction = self.store.begin().await?;
        blob_piece::Entity::insert(piece.into_active_model())
            .exec_without_returning(&transaction)
            .await
            .map_err(swept)?;
        transaction.commit().await?;
        self.number += 1;
        Ok(())
    }

    /// Sets the file's digest, or deletes the upload when that digest exists. None: it was swept.
    async fn name(&self, digest: Digest) -> Result<Option<Blob>, DbErr> {
        let transaction = self.store.begin().await?;
        let Some(row) = under_way(&transaction, self.id).await? else { return Ok(None) };
        let bytes = digest.0.to_vec();
        let twin = blob::Entity::find()
            .filter(blob::Column::Digest.eq(bytes.clone()))
            .one(&transaction)
            .await?;
        let id = match twin {
            Some(twin) => {
                remove(&transaction, &row).await?;
                twin.id
            }
            None => {
                let size = i64::try_from(self.size).ok();
                let named = blob::Model { digest: Some(bytes), size, ..row.clone() };
                let changed = blob::ActiveModel {
                    digest: sea_orm::Set(named.digest.clone()),
                    size: sea_orm::Set(named.size),
                    ..Default::default()
                };
                blob::Entity::update_many()
                    .set(changed)
                    .filter(blob::Column::Id.eq(row.id))
                    .exec(&transaction)
                    .await?;
                tally::change(&transaction, tally::BLOBS, NO_STREAM, |tally| {
                    tally.remove(&row);
                    tally.add(&named);
                })
                .await?;
                row.id
            }
        };
        transaction.commit().await?;
        Ok(Some(Blob { digest, size: self.size, id }))
    }
}

impl Pieces {
    /// The next bytes, at most [`PIECE_BYTES`]. None at the end.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], and [`StoreError::Damaged`] when a piece is missing or has
    /// another length.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, StoreError> {
        if self.at >= self.until {
            return Ok(None);
        }
        let number = self.at / PIECE;
        let (begins, ends) = (number * PIECE, self.blob.size.min((number + 1) * PIECE));
        let found = blob_piece::Entity::find_by_id((self.blob.id, column(number)))
            .one(&self.store.reader)
            .await?;
        let damaged = || Damage::Piece { blob: self.blob.digest, number };
        let mut bytes = found
            .map(|piece| piece.bytes)
            .filter(|bytes| bytes.len() as u64 == ends - begins)
            .ok_or_else(damaged)?;
        let place = |at: u64| usize::try_from(at - begins).unwrap_or(PIECE_BYTES);
        bytes.truncate(place(ends.min(self.until)));
        bytes.drain(..place(self.at));
        self.at = ends;
        Ok(Some(bytes))
    }

    /// The same as a stream.
    pub fn into_stream(self) -> impl Stream<Item = Result<Vec<u8>, StoreError>> + Send + 'static {
        stream::try_unfold(self, |mut pieces| async move {
            Ok(pieces.next().await?.map(|bytes| (bytes, pieces)))
        })
    }
}

/// An upload's row, locked. None: the upload ended, or was swept.
async fn under_way(
    transaction: &DatabaseTransaction,
    id: Uuid,
) -> Result<Option<blob::Model>, DbErr> {
    blob::Entity::find_by_id(id)
        .filter(blob::Column::Digest.is_null())
        .lock_exclusive()
        .one(transaction)
        .await
}

/// Deletes an upload or a file, whose row is locked, so that nobody adds a piece.
pub(crate) async fn remove(
    transaction: &DatabaseTransaction,
    row: &blob::Model,
) -> Result<(), DbErr> {
    blob_piece::Entity::delete_many()
        .filter(blob_piece::Column::BlobId.eq(row.id))
        .exec(transaction)
        .await?;
    blob::Entity::delete_many().filter(blob::Column::Id.eq(row.id)).exec(transaction).await?;
    tally::change(transaction, tally::BLOBS, NO_STREAM, |tally| tally.remove(row)).await
}

fn complete(row: &blob::Model, digest: Digest) -> Result<Blob, Damage> {
    let size = row
        .size
        .and_then(|size| size.try_into().ok())
        .ok_or(Damage::Column { table: "blob", column: "size" })?;
    Ok(Blob { digest, size, id: row.id })
}

/// A piece without its upload's row: the upload was swept.
fn swept(error: DbErr) -> StoreError {
    match error.sql_err() {
        Some(SqlErr::ForeignKeyConstraintViolation(_)) => StoreError::NotFound,
        _ => error.into(),
    }
}

fn column(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
