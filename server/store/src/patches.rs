//! A text's later patches, for a patch that was made long ago on a device that was away.

use domain::{CommandId, Event, ItemId, Patch, Seq, StreamId, TextField};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::codes::Coded;
use crate::entity::event;
use crate::error::StoreError;
use crate::log;
use crate::open::Store;

impl Store {
    /// The patches that changed a text after a place in the stream, in order. Found by an index: its cost is that of the
    /// item's events after that place.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when an event can't be read.
    pub async fn patches(
        &self,
        stream: StreamId,
        item: ItemId,
        field: TextField,
        after: Seq,
    ) -> Result<Vec<(Seq, CommandId, Patch)>, StoreError> {
        let rows = event::Entity::find()
            .filter(event::Column::StreamId.eq(stream.0))
            .filter(event::Column::ItemId.eq(item.0))
            .filter(event::Column::Seq.gt(log::number(after)))
            .filter(event::Column::Field.eq(field.code()))
            .order_by_asc(event::Column::Seq)
            .all(&self.reader)
            .await?;
        let mut patches = Vec::with_capacity(rows.len());
        for row in &rows {
            let record = log::record(row)?;
            // The columns only help to find it; the event says what it is about.
            match record.event {
                Event::TextPatched { item: patched, field: of, patch } if (patched, of) == (item, field) => {
                    patches.push((record.seq, record.command, patch));
                }
                _ => {}
            }
        }
        Ok(patches)
    }
}
