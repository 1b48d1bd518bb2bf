//! Issued links, found by their secrets; derived from the log.

use domain::codes::Coded;
use domain::people::registry::Link;
use domain::{LinkId, StreamId};
use sea_orm::entity::prelude::*;

/// A link with the role or seat that it grants.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "link")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub stream_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub token: Vec<u8>,
    /// Digest of the short code that leads to it, too.
    pub code: Option<Vec<u8>>,
    pub role: String,
    pub seat_id: Option<Uuid>,
    pub mesa: Option<i64>,
    pub person_id: Option<Uuid>,
    pub expires_at: Option<i64>,
    /// When it ended.
    pub ended_at: Option<i64>,
    pub replaced: bool,
}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) fn row(stream: StreamId, id: LinkId, issued: &Link) -> Model {
    Model {
        stream_id: stream.0,
        id: id.0,
        token: issued.token.0.to_vec(),
        code: issued.code.map(|code| code.0.to_vec()),
        role: issued.grant.role.code().to_owned(),
        seat_id: issued.grant.seat.map(|seat| seat.0),
        mesa: issued.grant.mesa.map(|mesa| mesa.0.into()),
        person_id: issued.person.map(|person| person.0),
        expires_at: issued.expires,
        ended_at: issued.ended.map(|ended| ended.at),
        replaced: issued.ended.is_some_and(|ended| ended.replaced),
    }
}
