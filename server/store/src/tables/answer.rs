//! Answers to commands that left no event.

use sea_orm::entity::prelude::*;

/// The answer to a command of a stream.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "answer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub stream_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub command_id: Uuid,
    pub session_id: Option<Uuid>,
    pub person_id: Uuid,
    pub at: i64,
    pub outcome: String,
    pub seq: Option<i64>,
    pub rejection: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
