//! Row counts and checksums of tables, against rows that go missing.

use sea_orm::entity::prelude::*;

/// The number and checksum of a stream's rows in a table.
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
