//! Documents as they were handed out.

use sea_orm::entity::prelude::*;

/// A document: what it was made from, and which bytes came of it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "document")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub stream_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    pub version: Option<i64>,
    pub request: Vec<u8>,
    pub file: Vec<u8>,
    pub pages: i64,
    pub made_at: i64,
    pub seal: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
