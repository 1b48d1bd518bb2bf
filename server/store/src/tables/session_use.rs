//! When sessions were last used.

use sea_orm::entity::prelude::*;

/// A session's last use, to the hour.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "session_use")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub stream_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub session_id: Uuid,
    pub at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
