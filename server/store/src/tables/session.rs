//! Sessions, found by their cookies; derived from the log.

use domain::codes::Coded;
use domain::people::registry::Session;
use domain::{SessionId, StreamId};
use sea_orm::entity::prelude::*;

/// A device's session at a mesa.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub stream_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub device_id: Uuid,
    pub token: Vec<u8>,
    pub role: String,
    pub seat_id: Option<Uuid>,
    pub mesa: Option<i64>,
    pub closed: bool,
}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) fn row(stream: StreamId, id: SessionId, opened: &Session) -> Model {
    Model {
        stream_id: stream.0,
        id: id.0,
        person_id: opened.person.0,
        device_id: opened.device.0,
        token: opened.token.0.to_vec(),
        role: opened.grant.role.code().to_owned(),
        seat_id: opened.grant.seat.map(|seat| seat.0),
        mesa: opened.grant.mesa.map(|mesa| mesa.0.into()),
        closed: opened.closed,
    }
}
