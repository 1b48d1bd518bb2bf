//! When sessions were last used: beside the log, and not checked by `verify`, because nothing follows
//! from it but that an idle session ends.

use domain::{Millis, SessionId, StreamId};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{ConnectionTrait, EntityTrait};

use crate::error::StoreError;
use crate::open::Store;
use crate::tables::session_use::{Column, Entity};

impl Store {
    /// When a session was last noted as used, ms since the epoch. None: never.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn last_use(
        &self,
        stream: StreamId,
        session: SessionId,
    ) -> Result<Option<Millis>, StoreError> {
        let row = Entity::find_by_id((stream.0, session.0)).one(&self.reader).await?;
        Ok(row.map(|row| row.at))
    }

    /// Notes that a session is used; an earlier moment than the one that is noted changes nothing.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn note_use(
        &self,
        stream: StreamId,
        session: SessionId,
        at: Millis,
    ) -> Result<(), StoreError> {
        let insert = Query::insert()
            .into_table(Entity)
            .columns([Column::StreamId, Column::SessionId, Column::At])
            .values_panic([stream.0.into(), session.0.into(), at.into()])
            .on_conflict(
                OnConflict::columns([Column::StreamId, Column::SessionId])
                    .update_column(Column::At)
                    .action_and_where(Expr::col((Entity, Column::At)).lt(at))
                    .to_owned(),
            )
            .take();
        let transaction = self.begin().await?;
        transaction.execute(&insert).await?;
        Ok(transaction.commit().await?)
    }
}
