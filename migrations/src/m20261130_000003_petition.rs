//! What people ask to be corrected of their data. Not in the log: it goes with the person's record.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, text, uuid, uuid_null};

use crate::column::{index, of_stream};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let petition = of_stream("petition", &["id"])
            .col(uuid("id"))
            .col(uuid("person_id"))
            .col(text("text"))
            .col(big_integer("at"))
            .col(big_integer_null("settled_at"))
            .col(uuid_null("settled_by"))
            .take();
        manager.create_table(petition).await?;
        manager.create_index(index("petition", &["person_id"])).await
    }
}
