//! Forgetting jobs that are done.

use domain::{Millis, StreamId};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::PER_STATEMENT;
use crate::error::StoreError;
use crate::open::Store;
use crate::tables::job;
use crate::tally;

impl Store {
    /// Deletes the jobs that were done before a moment (ms); returns how many. Their keys are free
    /// again: the moment has to be so long ago that nobody adds them again.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn forget_jobs(&self, done_before: Millis) -> Result<u64, StoreError> {
        let old = || job::Entity::find().filter(job::Column::DoneAt.lt(done_before));
        let mut forgotten = 0;
        while let Some(stream) = old()
            .select_only()
            .column(job::Column::StreamId)
            .into_tuple::<Uuid>()
            .one(&self.reader)
            .await?
        {
            let transaction = self.begin().await?;
            let rows = old()
                .filter(job::Column::StreamId.eq(stream))
                .order_by_asc(job::Column::Id)
                .limit(PER_STATEMENT as u64)
                .lock_exclusive()
                .all(&transaction)
                .await?;
            if !rows.is_empty() {
                job::Entity::delete_many()
                    .filter(job::Column::StreamId.eq(stream))
                    .filter(job::Column::Id.is_in(rows.iter().map(|row| row.id)))
                    .exec(&transaction)
                    .await?;
                tally::change(&transaction, tally::JOBS, StreamId(stream), |tally| {
                    rows.iter().for_each(|row| tally.remove(row))
                })
                .await?;
            }
            transaction.commit().await?;
            forgotten += rows.len() as u64;
        }
        Ok(forgotten)
    }
}
