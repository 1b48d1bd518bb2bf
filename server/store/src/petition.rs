//! What people ask to be corrected of their data: beside the log, because it goes when the person's
//! record is erased.

use domain::{Millis, PersonId, Remark, StreamId};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder};

use crate::error::StoreError;
use crate::open::Store;
use crate::tables::petition::{Column, Entity, Model};
use crate::write;

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Petition {
    /// Its id.
    pub id: Uuid,
    /// Who asks.
    pub person: PersonId,
    /// What they ask.
    pub text: String,
    /// When, ms since the epoch.
    pub at: Millis,
    /// When it was settled, ms since the epoch; none: it is open.
    pub settled: Option<Millis>,
}

impl Store {
    /// Keeps a request; its id is new.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn petition(
        &self,
        stream: StreamId,
        id: Uuid,
        person: PersonId,
        text: &Remark,
        at: Millis,
    ) -> Result<(), StoreError> {
        let row = Model {
            stream_id: stream.0,
            id,
            person_id: person.0,
            text: text.as_str().to_owned(),
            at,
            settled_at: None,
            settled_by: None,
        };
        let transaction = self.begin().await?;
        write::insert::<Entity>(&transaction, &[row]).await?;
        Ok(transaction.commit().await?)
    }

    /// The requests of an exercise, or of one person in it; the oldest first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn petitions(
        &self,
        stream: StreamId,
        person: Option<PersonId>,
    ) -> Result<Vec<Petition>, StoreError> {
        let mut query = Entity::find().filter(Column::StreamId.eq(stream.0));
        if let Some(person) = person {
            query = query.filter(Column::PersonId.eq(person.0));
        }
        let rows =
            query.order_by_asc(Column::At).order_by_asc(Column::Id).all(&self.reader).await?;
        let petition = |row: Model| Petition {
            id: row.id,
            person: PersonId(row.person_id),
            text: row.text,
            at: row.at,
            settled: row.settled_at,
        };
        Ok(rows.into_iter().map(petition).collect())
    }

    /// Notes that a request is settled; settled again it stays as it was. The result is whether
    /// there is such a request.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn settle_petition(
        &self,
        stream: StreamId,
        id: Uuid,
        by: PersonId,
        at: Millis,
    ) -> Result<bool, StoreError> {
        let transaction = self.begin().await?;
        Entity::update_many()
            .col_expr(Column::SettledAt, Expr::value(at))
            .col_expr(Column::SettledBy, Expr::value(by.0))
            .filter(Column::StreamId.eq(stream.0))
            .filter(Column::Id.eq(id))
            .filter(Column::SettledAt.is_null())
            .exec(&transaction)
            .await?;
        let known = Entity::find_by_id((stream.0, id)).one(&transaction).await?;
        transaction.commit().await?;
        Ok(known.is_some())
    }
}

/// Erases what people asked.
pub(crate) async fn erase(
    transaction: &DatabaseTransaction,
    people: impl Iterator<Item = Uuid>,
) -> Result<(), DbErr> {
    let people: Vec<Uuid> = people.collect();
    if people.is_empty() {
        return Ok(());
    }
    Entity::delete_many().filter(Column::PersonId.is_in(people)).exec(transaction).await?;
    Ok(())
}
