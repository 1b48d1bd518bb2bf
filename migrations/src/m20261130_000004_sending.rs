//! What becomes of a letter: since when it is being handed over, when it was refused for good, and
//! when it was asked for last.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::big_integer_null;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column at a time.
        for column in ["sending_at", "refused_at", "asked_at"] {
            let add = Table::alter().table("job").add_column(big_integer_null(column)).take();
            manager.alter_table(add).await?;
        }
        Ok(())
    }
}
