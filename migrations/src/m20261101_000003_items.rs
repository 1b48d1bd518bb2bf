//! Problems, commitments and activities, a column for each field; `position` counts from 0, deleted ones included.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, date_null, text, text_null, uuid, uuid_null};

use crate::column::{coded, coded_null, flag, of_stream};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Where a problem or a preliminary commitment may come from.
pub(crate) const ORIGINS: [&str; 7] =
    ["kickoff_event", "consultation_desk", "consultation_web", "recurrent_requests", "statistics", "other_study", "at_the_mesa"];

/// A table of items that have a title.
pub(crate) fn item(name: &'static str) -> TableCreateStatement {
    of_stream(name, &["id"])
        .col(uuid("id"))
        .col(big_integer("alias"))
        .col(big_integer("position"))
        .col(uuid_null("author_id"))
        .col(flag("removed"))
        .col(text("title"))
        .take()
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                item("problem")
                    .col(text("statement"))
                    .col(text("affected"))
                    .col(text("place"))
                    .col(text("causes"))
                    .col(text("effects"))
                    .col(text("evidence"))
                    .col(text("evidence_source"))
                    .col(text("minimum_criteria"))
                    .col(coded_null("origin", &ORIGINS))
                    .col(coded("state", &["proposed", "in_analysis", "prioritised", "merged", "discarded"]))
                    .col(uuid_null("merged_into_id"))
                    .col(text_null("discard_reason"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                item("commitment")
                    .col(coded_null("category", &["follow_the_money", "national_plan_aligned", "local_problem", "proactive"]))
                    .col(text("problems"))
                    .col(text("objective"))
                    .col(text("description"))
                    .col(text("contribution"))
                    .col(text("expected_result"))
                    .col(text("indicator"))
                    .col(text("indicator_unit"))
                    .col(text("indicator_baseline"))
                    .col(text("indicator_target"))
                    .col(text("indicator_period"))
                    .col(text("components"))
                    .col(big_integer_null("axis"))
                    .col(big_integer_null("lead_actor"))
                    .col(text_null("lead_name"))
                    .col(big_integer_null("counterpart_actor"))
                    .col(text_null("counterpart_name"))
                    .col(date_null("starts"))
                    .col(date_null("ends"))
                    .col(coded("feasibility", &["pending", "confirmed", "with_reservations"]))
                    .col(text_null("feasibility_by"))
                    .col(text("budget_note"))
                    .col(big_integer_null("sdg"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                item("activity")
                    .col(uuid("commitment_id"))
                    .col(text("deliverable"))
                    .col(big_integer_null("lead_actor"))
                    .col(text_null("lead_name"))
                    .col(text("responsible_post"))
                    .col(text("responsible_person"))
                    .col(text("co_responsible"))
                    .col(date_null("starts"))
                    .col(date_null("due"))
                    .take(),
            )
            .await
    }
}
