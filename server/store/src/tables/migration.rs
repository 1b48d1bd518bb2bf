//! The applied migrations.

use sea_orm::entity::prelude::*;

/// A migration that was applied.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "seaql_migrations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: String,
    pub applied_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
