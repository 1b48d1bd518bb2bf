//! The list of mesas, and which mesa a join code belongs to; derived from the log.

use domain::{MesaNumber, ShortText, StreamId};
use sea_orm::entity::prelude::*;

/// A mesa of an exercise.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "mesa")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub stream_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub theme: String,
    pub join_code: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) fn row(
    stream: StreamId,
    number: MesaNumber,
    theme: &ShortText,
    join_code: Option<&ShortText>,
) -> Model {
    // Join codes are unique; NULLs don't conflict.
    let join_code = join_code.filter(|code| !code.is_empty()).map(ToString::to_string);
    Model { stream_id: stream.0, number: number.0.into(), theme: theme.to_string(), join_code }
}
