//! Number and checksum of a table's rows.

use sea_orm::entity::prelude::*;

/// A row.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "tally")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub table_name: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub stream_id: Uuid,
    pub row_count: i64,
    pub sum: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
