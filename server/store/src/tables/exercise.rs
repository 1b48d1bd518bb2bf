//! What is asked about an exercise without reading its log; derived from the log.

use domain::StreamId;
use domain::exercise::PlanCard;
use sea_orm::entity::prelude::*;

/// A row.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "exercise")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub stream_id: Uuid,
    pub time_zone: String,
}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) fn row(stream: StreamId, card: &PlanCard) -> Model {
    Model { stream_id: stream.0, time_zone: card.time_zone.to_string() }
}
