//! The patches of a text: for rebasing a patch from a device that was away, and for the history.

use domain::codes::Coded;
use domain::deliberation;
use domain::{CommandId, Event, ItemId, Patch, Seq, StreamId, TextField};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::error::StoreError;
use crate::log;
use crate::open::Store;
use crate::record::Record;
use crate::tables::event;

impl Store {
    /// The patches of a text after a seq, in order. It uses an index: the cost is that of the
    /// item's events after that seq.
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
        let records = self.text_records(stream, item, field, after).await?;
        let patches = records.into_iter().filter_map(|record| match record.event {
            Event::Deliberation(deliberation::Event::TextPatched { patch, .. }) => {
                Some((record.seq, record.command, patch))
            }
            _ => None,
        });
        Ok(patches.collect())
    }

    /// The same with their envelopes: every one is a [`deliberation::Event::TextPatched`] of that
    /// text.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when an event can't be read.
    pub async fn text_records(
        &self,
        stream: StreamId,
        item: ItemId,
        field: TextField,
        after: Seq,
    ) -> Result<Vec<Record>, StoreError> {
        let rows = event::Entity::find()
            .filter(event::Column::StreamId.eq(stream.0))
            .filter(event::Column::ItemId.eq(item.0))
            .filter(event::Column::Seq.gt(log::number(after)))
            .filter(event::Column::Field.eq(field.code()))
            .order_by_asc(event::Column::Seq)
            .all(&self.reader)
            .await?;
        let mut records = Vec::with_capacity(rows.len());
        for row in &rows {
            let record = log::record(row)?;
            // The columns are only an index; the event itself says what it is about.
            if matches!(&record.event, Event::Deliberation(deliberation::Event::TextPatched { item: patched, field: of, .. }) if (*patched, *of) == (item, field))
            {
                records.push(record);
            }
        }
        Ok(records)
    }
}
