//! Who prepares and facilitates an exercise, found when they sign in; derived from the log.

use domain::codes::Coded;
use domain::people::registry::Grant;
use domain::{PersonId, StreamId};
use sea_orm::entity::prelude::*;

/// A person's role.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "staff")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub stream_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: Uuid,
    /// None: they no longer have one.
    pub role: Option<String>,
    pub mesa: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) fn row(stream: StreamId, person: PersonId, grant: Option<Grant>) -> Model {
    Model {
        stream_id: stream.0,
        person_id: person.0,
        role: grant.map(|grant| grant.role.code().to_owned()),
        mesa: grant.and_then(|grant| grant.mesa).map(|mesa| mesa.0.into()),
    }
}
