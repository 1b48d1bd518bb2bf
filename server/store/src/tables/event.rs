//! The log.

use sea_orm::entity::prelude::*;

/// An event at its place in a stream, with its hash.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub stream_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    pub name: String,
    pub version: i64,
    pub at: i64,
    pub seat_id: Option<Uuid>,
    pub person_id: Option<Uuid>,
    pub on_behalf_id: Option<Uuid>,
    pub command_id: Uuid,
    pub part: i64,
    pub client_at: Option<i64>,
    pub item_id: Option<Uuid>,
    pub field: Option<String>,
    pub salt: Vec<u8>,
    pub payload: Vec<u8>,
    pub content_hash: Vec<u8>,
    pub hash: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
