//! Removing an exercise as a whole: only the sample's end does that.

use domain::StreamId;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use crate::error::StoreError;
use crate::open::Store;
use crate::rows::derived_tables;
use crate::tables::{person, stream, tally as tally_table};
use crate::tally;

impl Store {
    /// Removes a stream with its log, its derived rows, its snapshots, answers, jobs,
    /// documents and the records of its people. Its room has to have ended. Files stay: others may
    /// have the same; and so do the lines of its seals, which later ones
    /// build on, and their stamps.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such stream.
    pub async fn remove(&self, id: StreamId) -> Result<(), StoreError> {
        let people: Vec<_> = self
            .load(id)
            .await?
            .ok_or(StoreError::NotFound)?
            .state
            .registry
            .people
            .keys()
            .map(|person| person.0)
            .collect();
        let transaction = self.begin().await?;
        match remove(&transaction, id, people).await {
            Ok(()) => Ok(transaction.commit().await?),
            Err(error) => {
                transaction.rollback().await.ok();
                Err(error)
            }
        }
    }
}

async fn remove(
    transaction: &DatabaseTransaction,
    id: StreamId,
    people: Vec<sea_orm::prelude::Uuid>,
) -> Result<(), StoreError> {
    let row = stream::Entity::find_by_id(id.0).one(transaction).await?;
    let row = row.ok_or(StoreError::NotFound)?;
    macro_rules! remove_rows {
        ($($table:ident),+) => {
            $({
                use crate::tables::$table::{Column, Entity};
                Entity::delete_many()
                    .filter(Column::StreamId.eq(id.0))
                    .exec(transaction)
                    .await?;
            })+
        };
    }
    derived_tables!(remove_rows);
    remove_rows!(event, answer, state_snapshot, job, session_use, petition, document, mail_server);
    tally_table::Entity::delete_many()
        .filter(tally_table::Column::StreamId.eq(id.0))
        .exec(transaction)
        .await?;
    for people in people.chunks(1_000) {
        person::Entity::delete_many()
            .filter(person::Column::Id.is_in(people.iter().copied()))
            .exec(transaction)
            .await?;
    }
    stream::Entity::delete_by_id(id.0).exec(transaction).await?;
    tally::change(transaction, tally::STREAMS, tally::NO_STREAM, |tally| {
        tally.remove(&tally::of_stream(&row));
    })
    .await?;
    Ok(())
}
