//! The keys with which this server seals documents.

use sea_orm::entity::prelude::*;

/// A key, with the record of how it took the place of the one before. The last one is in use.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "server_key")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub secret: Option<Vec<u8>>,
    pub record: String,
}

impl ActiveModelBehavior for ActiveModel {}
