//! The mail servers by which exercises send their letters, where it isn't the operator's. Not in the
//! log: it would keep their passwords for ever.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, text, text_null, uuid};

use crate::column::{coded, of_stream};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let server = of_stream("mail_server", &[])
            .col(text("host"))
            .col(big_integer("port"))
            .col(coded("security", &["starttls", "tls", "none"]))
            .col(text_null("login"))
            .col(text_null("password"))
            .col(text("sender"))
            .col(uuid("set_by"))
            .col(big_integer("set_at"))
            .take();
        manager.create_table(server).await
    }
}
