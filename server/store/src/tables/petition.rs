//! What people ask to be corrected of their data.

use sea_orm::entity::prelude::*;

/// A request.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "petition")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub stream_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub person_id: Uuid,
    pub text: String,
    pub at: i64,
    pub settled_at: Option<i64>,
    pub settled_by: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}
