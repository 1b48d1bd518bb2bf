//! Verifying files: every piece in its place, sizes and digests.

use domain::Digest;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use sha2::{Digest as _, Sha256};

use super::{Check, Difference};
use crate::blob::PIECE_BYTES;
use crate::error::StoreError;
use crate::log;
use crate::tables::{blob, blob_piece};
use crate::tally::{self, NO_STREAM};

impl Check<'_> {
    /// Checks every complete file. For an upload that hasn't ended there is nothing to compare
    /// with.
    pub(super) async fn blobs(&mut self) -> Result<(), StoreError> {
        let rows = blob::Entity::find().order_by_asc(blob::Column::Id).all(self.db).await;
        let Some(rows) = self.readable(tally::BLOBS, None, rows)? else { return Ok(()) };
        self.count(tally::BLOBS, NO_STREAM, &rows);
        for row in &rows {
            let Some(digest) = &row.digest else { continue };
            match log::digest(digest, "blob", "digest") {
                Ok(digest) => self.blob(row, digest).await?,
                Err(_) => {
                    self.differs(Difference::Unreadable { table: tally::BLOBS, stream: None })
                }
            }
        }
        let blobs = Query::select().column(blob::Column::Id).from(blob::Entity).to_owned();
        let count = blob_piece::Entity::find()
            .filter(blob_piece::Column::BlobId.not_in_subquery(blobs))
            .count(self.db)
            .await?;
        if count > 0 {
            self.differs(Difference::OrphanPieces { count });
        }
        Ok(())
    }

    async fn blob(&mut self, row: &blob::Model, blob: Digest) -> Result<(), StoreError> {
        let (mut hasher, mut size, mut expected, mut after) =
            (Sha256::new(), 0_u64, 0_i64, i64::MIN);
        let mut complete = true;
        loop {
            let piece = blob_piece::Entity::find()
                .filter(blob_piece::Column::BlobId.eq(row.id))
                .filter(blob_piece::Column::Number.gt(after))
                .order_by_asc(blob_piece::Column::Number)
                .one(self.db)
                .await;
            let Some(piece) = self.readable("blob_piece", None, piece)? else { return Ok(()) };
            let Some(piece) = piece else { break };
            self.report.rows += 1;
            if piece.number != expected {
                complete = false;
                self.differs(Difference::MissingPiece {
                    blob,
                    number: expected.try_into().unwrap_or_default(),
                });
            }
            // Ranges are computed by offsets, so every piece but the last has to be full.
            if size % PIECE_BYTES as u64 != 0 || piece.bytes.len() > PIECE_BYTES {
                complete = false;
            }
            hasher.update(&piece.bytes);
            size += piece.bytes.len() as u64;
            after = piece.number;
            expected = piece.number.saturating_add(1);
        }
        if row.size != i64::try_from(size).ok() {
            self.differs(Difference::BlobSize { blob });
        }
        if !complete || Digest(hasher.finalize().into()) != blob {
            self.differs(Difference::Blob { blob });
        }
        Ok(())
    }
}
