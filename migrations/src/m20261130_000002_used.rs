//! When each session was last used. Not derived from the log, which would grow with every look.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, uuid};

use crate::column::of_stream;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let used = of_stream("session_use", &["session_id"])
            .col(uuid("session_id"))
            .col(big_integer("at"))
            .take();
        manager.create_table(used).await
    }
}
