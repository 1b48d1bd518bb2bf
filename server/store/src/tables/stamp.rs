//! Stamps of seals.

use sea_orm::entity::prelude::*;

/// What a time-stamping authority answered about a seal, by the seal's SHA-256.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "stamp")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub seal: Vec<u8>,
    pub answer: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
