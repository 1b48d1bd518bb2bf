//! Exercises, plans, mesas, who sits at them and who was let in.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, blob, date, text, text_null, uuid, uuid_null};

use crate::column::{coded, flag, index, of_stream};

const PHASES: [&str; 9] =
    ["preparation", "introduction", "analysis", "agreements", "read_out", "conformity", "signing", "follow_up", "closed"];
const ROLES: [&str; 8] = ["administrator", "facilitator", "co_facilitator", "rapporteur", "actor", "participant", "follower", "projector"];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        meetings(manager).await?;
        seats(manager).await?;
        access(manager).await
    }
}

async fn meetings(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            of_stream("exercise", &[])
                .col(uuid("id"))
                .col(text("name"))
                .col(text("state"))
                .col(text("municipality"))
                .col(text("guarantor"))
                .col(text("reference_plan"))
                .col(text("axes"))
                .col(text("quota"))
                .col(date("starts"))
                .col(date("ends"))
                .col(coded("decision_rule", &["consensus", "simple_majority", "qualified_majority"]))
                .col(big_integer("quorum"))
                .col(text("time_zone"))
                .take(),
        )
        .await?;
    manager.create_index(index("exercise", &["id"]).unique().take()).await?;
    manager.create_table(of_stream("plan", &[]).col(uuid("exercise_id")).col(text("mesas")).col(coded("phase", &PHASES)).take()).await?;
    manager
        .create_table(
            of_stream("mesa", &[])
                .col(uuid("exercise_id"))
                .col(uuid("plan_id"))
                .col(text("exercise_name"))
                .col(text("municipality"))
                .col(big_integer("number"))
                .col(text("theme"))
                .col(text("venue"))
                .col(coded("mode", &["in_person", "remote", "hybrid"]))
                .col(big_integer("starts_at"))
                .col(big_integer("ends_at"))
                .col(date("plan_starts"))
                .col(date("plan_ends"))
                .col(text("axes"))
                .col(coded("phase", &PHASES))
                .col(flag("door_open"))
                .col(coded("shown", &["agreement", "blank", "item"]))
                .col(uuid_null("shown_item_id"))
                .col(text_null("join_code"))
                .take(),
        )
        .await?;
    manager.create_index(index("mesa", &["join_code"]).unique().take()).await
}

async fn seats(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            of_stream("actor", &["id"])
                .col(uuid("id"))
                .col(big_integer("number"))
                .col(text("organisation"))
                .col(coded(
                    "sector",
                    &["guarantor", "public_institution", "facilitation", "civil_society", "academia", "private_sector", "citizens"],
                ))
                .col(flag("signs"))
                .take(),
        )
        .await?;
    manager
        .create_table(
            of_stream("seat", &["id"])
                .col(uuid("id"))
                .col(uuid("actor_id"))
                .col(coded("kind", &["holder", "alternate"]))
                .col(big_integer("position"))
                .take(),
        )
        .await?;
    manager
        .create_table(
            of_stream("attendee", &["person_id"])
                .col(uuid("person_id"))
                .col(text("organisation"))
                .col(uuid_null("seat_id"))
                .col(coded("mode", &["in_room", "remote", "assisted"]))
                .take(),
        )
        .await
}

async fn access(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            of_stream("session", &["id"])
                .col(uuid("id"))
                .col(uuid("person_id"))
                .col(blob("token"))
                .col(coded("role", &ROLES))
                .col(uuid_null("seat_id"))
                .col(flag("closed"))
                .take(),
        )
        .await?;
    manager.create_index(index("session", &["token"]).unique().take()).await?;
    manager.create_index(index("session", &["stream_id", "seat_id", "id"])).await?;
    manager.create_table(of_stream("device", &["session_id"]).col(uuid("session_id")).col(uuid("id")).take()).await?;
    manager
        .create_table(
            of_stream("link", &["id"]).col(uuid("id")).col(blob("token")).col(coded("role", &ROLES)).col(uuid_null("seat_id")).take(),
        )
        .await?;
    manager.create_index(index("link", &["token"]).unique().take()).await
}
