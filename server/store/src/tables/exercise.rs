//! What is queried about an exercise without reading its log; derived from the log.

use domain::ExerciseCard;
use domain::StreamId;
use sea_orm::entity::prelude::*;

/// An exercise.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "exercise")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub stream_id: Uuid,
    pub name: String,
    pub municipality: String,
    pub time_zone: String,
}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) fn row(stream: StreamId, card: &ExerciseCard) -> Model {
    Model {
        stream_id: stream.0,
        name: card.name.to_string(),
        municipality: card.municipality.to_string(),
        time_zone: card.time_zone.to_string(),
    }
}
