//! What a whole mesa has besides problems, commitments and activities: solutions, preliminary commitments, contributions with
//! their responses, and the mesa's quota and agenda. The new columns of rows that are there are filled from the log.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, text, text_null, uuid, uuid_null};

use crate::column::{coded, coded_null, flag, of_stream};
use crate::m20261101_000003_items::{ORIGINS, item};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column a statement: SQLite adds no more at a time.
        for column in ["quota", "agenda"] {
            manager.alter_table(Table::alter().table("mesa").add_column(text(column).default("[]")).take()).await?;
        }
        manager
            .create_table(
                item("solution")
                    .col(uuid("problem_id"))
                    .col(text("proposed_by"))
                    .col(coded("state", &["proposed", "adopted", "set_aside"]))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                item("draft_commitment").col(uuid("problem_id")).col(coded_null("origin", &ORIGINS)).col(uuid_null("becomes_id")).take(),
            )
            .await?;
        manager
            .create_table(
                of_stream("contribution", &["id"])
                    .col(uuid("id"))
                    .col(big_integer("alias"))
                    .col(big_integer("position"))
                    .col(uuid_null("author_id"))
                    .col(flag("removed"))
                    .col(uuid_null("target_id"))
                    .col(coded("kind", &["question", "contribution", "feedback", "objection"]))
                    .col(text("text"))
                    .col(big_integer_null("actor"))
                    .col(big_integer("at"))
                    .col(flag("hidden"))
                    .col(coded("response", &["pending", "adopted", "partly_adopted", "not_adopted"]))
                    .col(text_null("response_reason"))
                    .col(uuid_null("response_change_id"))
                    .take(),
            )
            .await
    }
}
