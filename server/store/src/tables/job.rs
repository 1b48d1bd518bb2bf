//! Jobs to be done outside the store.

use sea_orm::entity::prelude::*;

/// A job, with who is working on it until when.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub stream_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub key: String,
    pub kind: String,
    pub payload: Vec<u8>,
    pub due_at: i64,
    pub attempts: i64,
    pub claimed_by: Option<Uuid>,
    pub claimed_until: Option<i64>,
    pub last_error: Option<String>,
    pub done_at: Option<i64>,
    pub sending_at: Option<i64>,
    pub refused_at: Option<i64>,
    pub asked_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
