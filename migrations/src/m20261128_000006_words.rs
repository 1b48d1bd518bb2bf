//! The components of a commitment are written with the words that every other column and the open data have. Nothing of the
//! tables changes but what is in them: rows are written anew from the log after any migration.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Ok(())
    }
}
