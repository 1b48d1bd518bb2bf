//! Mail servers of exercises.

use sea_orm::entity::prelude::*;

/// By which mail server an exercise sends, where it isn't the operator's.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "mail_server")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub stream_id: Uuid,
    pub host: String,
    pub port: i64,
    pub security: String,
    pub login: Option<String>,
    pub password: Option<String>,
    pub sender: String,
    pub set_by: Uuid,
    pub set_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
