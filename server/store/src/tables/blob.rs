//! Files by the digest of their bytes.

use sea_orm::entity::prelude::*;

/// A file, or an upload that hasn't finished.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "blob")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub digest: Option<Vec<u8>>,
    pub size: Option<i64>,
    pub begun_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
