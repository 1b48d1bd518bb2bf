//! Verifying documents, keys, the file of seals and stamps: as they were written, and no sealed
//! document without its bytes.

use domain::{Digest, StreamId};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::{Check, Difference};
use crate::error::StoreError;
use crate::log;
use crate::tables::{blob, document, seal_line, server_key, stamp};
use crate::tally::{self, NO_STREAM};

impl Check<'_> {
    /// Counts a stream's documents. Of those that are sealed the bytes have to be there.
    pub(super) async fn documents(&mut self, stream: StreamId) -> Result<(), StoreError> {
        let rows = document::Entity::find()
            .filter(document::Column::StreamId.eq(stream.0))
            .all(self.db)
            .await;
        let Some(rows) = self.readable(tally::DOCUMENTS, Some(stream), rows)? else {
            return Ok(());
        };
        self.count(tally::DOCUMENTS, stream, &rows);
        for row in rows.iter().filter(|row| row.seal.is_some()) {
            let there = blob::Entity::find().filter(blob::Column::Digest.eq(row.file.clone()));
            if there.count(self.db).await? == 0 {
                let file = log::digest(&row.file, "document", "file").unwrap_or(Digest([0; 32]));
                self.differs(Difference::MissingDocument { stream, file });
            }
        }
        Ok(())
    }

    /// Counts the server's keys, the lines of its seals and their stamps.
    pub(super) async fn seals(&mut self) -> Result<(), StoreError> {
        let keys = server_key::Entity::find().all(self.db).await;
        if let Some(keys) = self.readable(tally::KEYS, None, keys)? {
            self.count(tally::KEYS, NO_STREAM, &keys);
        }
        let lines = seal_line::Entity::find().all(self.db).await;
        if let Some(lines) = self.readable(tally::LINES, None, lines)? {
            self.count(tally::LINES, NO_STREAM, &lines);
        }
        let stamps = stamp::Entity::find().all(self.db).await;
        if let Some(stamps) = self.readable(tally::STAMPS, None, stamps)? {
            self.count(tally::STAMPS, NO_STREAM, &stamps);
        }
        Ok(())
    }
}
