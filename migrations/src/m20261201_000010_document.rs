//! Documents as they were handed out, the keys with which this server seals them, the public file of
//! all seals, and the stamps of authorities. None of it is derived from the log: a document isn't
//! made again.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, blob, blob_null, text, text_null, uuid,
};

use crate::column::{coded, index, of_stream};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let document = of_stream("document", &["id"])
            .col(uuid("id"))
            .col(coded("kind", &["draft", "paper", "full", "public"]))
            // A draft has none.
            .col(big_integer_null("version"))
            // SHA-256 of what it was made from.
            .col(blob("request"))
            // SHA-256 of its bytes.
            .col(blob("file"))
            .col(big_integer("pages"))
            .col(big_integer("made_at"))
            .col(text_null("seal"))
            .take();
        manager.create_table(document).await?;
        manager
            .create_index(index("document", &["stream_id", "request", "file"]).unique().take())
            .await?;
        manager.create_index(index("document", &["file"])).await?;
        manager
            .create_table(
                Table::create()
                    .table("server_key")
                    .col(big_integer("number").primary_key())
                    // Of a key that was replaced nothing secret is kept.
                    .col(blob_null("secret"))
                    .col(text("record"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("seal_line")
                    .col(big_integer("number").primary_key())
                    .col(text("line"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("stamp")
                    // SHA-256 of the seal.
                    .col(blob("seal").primary_key())
                    // The authority's answer, as it came.
                    .col(blob("answer"))
                    .take(),
            )
            .await
    }
}
