//! When people came and left and what they allowed, when a mesa really began and ended, and the exercise's privacy notices and
//! logos. The new columns and tables of what is there are filled from the log.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, blob_null, text, text_null, uuid};

use crate::column::{flag, of_stream};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column a statement: SQLite adds no more at a time.
        for column in ["met_from", "met_to"] {
            manager.alter_table(Table::alter().table("mesa").add_column(big_integer_null(column)).take()).await?;
        }
        for column in ["notice_version", "notice_at"] {
            manager.alter_table(Table::alter().table("attendee").add_column(big_integer_null(column)).take()).await?;
        }
        manager.alter_table(Table::alter().table("attendee").add_column(flag("name_public").default(false)).take()).await?;
        manager
            .create_table(
                of_stream("stay", &["person_id", "position"])
                    .col(uuid("person_id"))
                    .col(big_integer("position"))
                    .col(big_integer("from_at"))
                    .col(big_integer_null("to_at"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                of_stream("privacy_notice", &["version"]).col(big_integer("version")).col(text("short_text")).col(text("full_text")).take(),
            )
            .await?;
        manager
            .create_table(of_stream("logo", &["place"]).col(big_integer("place")).col(text_null("name")).col(blob_null("image")).take())
            .await
    }
}
