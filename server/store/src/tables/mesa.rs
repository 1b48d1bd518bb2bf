//! The list of mesas, and which one a code opens; derived from the log.

use domain::exercise::MesaCard;
use domain::{ShortText, StreamId};
use sea_orm::entity::prelude::*;

/// A row.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "mesa")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub stream_id: Uuid,
    pub plan_id: Uuid,
    pub number: i64,
    pub theme: String,
    pub exercise_name: String,
    pub municipality: String,
    pub join_code: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) fn row(stream: StreamId, card: &MesaCard, join_code: &ShortText) -> Model {
    Model {
        stream_id: stream.0,
        plan_id: card.plan.0,
        number: card.number.into(),
        theme: card.theme.to_string(),
        exercise_name: card.exercise_name.to_string(),
        municipality: card.municipality.to_string(),
        // Codes are unique; mesas without one are not in each other's way.
        join_code: (!join_code.is_empty()).then(|| join_code.to_string()),
    }
}
