//! Snapshots of streams.

use sea_orm::entity::prelude::*;

/// A stream's state at a seq of its log.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "state_snapshot")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub stream_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    pub hash: Vec<u8>,
    pub version: i64,
    pub state: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
