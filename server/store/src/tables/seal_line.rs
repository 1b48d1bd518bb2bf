//! The public file of all seals.

use sea_orm::entity::prelude::*;

/// A line.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "seal_line")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub line: String,
}

impl ActiveModelBehavior for ActiveModel {}
