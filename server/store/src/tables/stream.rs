//! The streams.

use sea_orm::entity::prelude::*;

/// A stream and its head: the seq and hash of its last event.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "stream")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub head_seq: i64,
    pub head_hash: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
