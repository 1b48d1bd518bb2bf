//! The log and what is kept beside it, files by their digest, and the rows derived from the log
//! that are queried: exercises, mesas, sessions, links.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, blob, blob_null, text, text_null, uuid, uuid_null,
};

use crate::column::{coded, flag, index, of_stream};

const ROLES: [&str; 8] = [
    "administrator",
    "facilitator",
    "co_facilitator",
    "rapporteur",
    "actor",
    "participant",
    "follower",
    "projector",
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        log(manager).await?;
        beside_the_log(manager).await?;
        files(manager).await?;
        derived(manager).await
    }
}

/// Streams and their events.
async fn log(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("stream")
                .col(uuid("id").primary_key())
                .col(big_integer("head_seq"))
                .col(blob("head_hash"))
                .take(),
        )
        .await?;
    manager
        .create_table(
            of_stream("event", &["seq"])
                .col(big_integer("seq"))
                .col(text("name"))
                .col(big_integer("version"))
                .col(big_integer("at"))
                .col(uuid_null("seat_id"))
                .col(uuid_null("person_id"))
                .col(uuid_null("on_behalf_id"))
                .col(uuid("command_id"))
                .col(big_integer("part"))
                .col(big_integer_null("client_at"))
                // The item and text that the event is about, to find a text's later patches without
                // reading the log.
                .col(uuid_null("item_id"))
                .col(text_null("field"))
                .col(blob("salt"))
                .col(blob("payload"))
                .col(blob("content_hash"))
                .col(blob("hash"))
                .take(),
        )
        .await?;
    manager
        .create_index(index("event", &["stream_id", "command_id", "part"]).unique().take())
        .await?;
    manager.create_index(index("event", &["stream_id", "item_id", "seq"])).await
}

/// Answers to commands that left no event, snapshots, people's records, tallies of the tables that
/// aren't derived from the log, and jobs.
async fn beside_the_log(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            of_stream("answer", &["command_id"])
                .col(uuid("command_id"))
                .col(uuid_null("session_id"))
                .col(uuid("person_id"))
                .col(big_integer("at"))
                .col(coded("outcome", &["unchanged", "refused"]))
                .col(big_integer_null("seq"))
                .col(text_null("rejection"))
                .take(),
        )
        .await?;
    manager.create_index(index("answer", &["stream_id", "session_id", "at", "command_id"])).await?;
    manager
        .create_table(
            of_stream("state_snapshot", &["seq"])
                .col(big_integer("seq"))
                .col(blob("hash"))
                .col(big_integer("version"))
                .col(blob("state"))
                .take(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("person")
                .col(uuid("id").primary_key())
                .col(blob("salt"))
                .col(text("name"))
                .col(text_null("mail"))
                .col(text_null("phone"))
                .col(text_null("passphrase"))
                .take(),
        )
        .await?;
    manager.create_index(index("person", &["mail"])).await?;
    manager
        .create_table(
            Table::create()
                .table("tally")
                .col(text("table_name"))
                // The stream whose rows are counted; all zeros for a table without one.
                .col(uuid("stream_id"))
                .col(big_integer("row_count"))
                .col(blob("sum"))
                .primary_key(Index::create().col("table_name").col("stream_id"))
                .take(),
        )
        .await?;
    manager
        .create_table(
            of_stream("job", &["id"])
                .col(uuid("id"))
                .col(text("key"))
                .col(text("kind"))
                .col(blob("payload"))
                .col(big_integer("due_at"))
                .col(big_integer("attempts"))
                .col(uuid_null("claimed_by"))
                .col(big_integer_null("claimed_until"))
                .col(text_null("last_error"))
                .col(big_integer_null("done_at"))
                .take(),
        )
        .await?;
    manager.create_index(index("job", &["stream_id", "key"]).unique().take()).await?;
    manager.create_index(index("job", &["done_at", "due_at"])).await
}

/// Files by their SHA-256, in pieces.
async fn files(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("blob")
                .col(uuid("id").primary_key())
                // Both are known once the upload has finished.
                .col(blob_null("digest"))
                .col(big_integer_null("size"))
                .col(big_integer("begun_at"))
                .take(),
        )
        .await?;
    manager.create_index(index("blob", &["digest"]).unique().take()).await?;
    manager
        .create_table(
            Table::create()
                .table("blob_piece")
                .col(uuid("blob_id"))
                .col(big_integer("number"))
                .col(blob("bytes"))
                .primary_key(Index::create().col("blob_id").col("number"))
                .foreign_key(ForeignKey::create().from("blob_piece", "blob_id").to("blob", "id"))
                .take(),
        )
        .await
}

async fn derived(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            of_stream("exercise", &[])
                .col(text("name"))
                .col(text("municipality"))
                .col(text("time_zone"))
                .take(),
        )
        .await?;
    manager
        .create_table(
            of_stream("mesa", &["number"])
                .col(big_integer("number"))
                .col(text("theme"))
                .col(text_null("join_code"))
                .take(),
        )
        .await?;
    manager.create_index(index("mesa", &["join_code"]).unique().take()).await?;
    manager
        .create_table(
            of_stream("session", &["id"])
                .col(uuid("id"))
                .col(uuid("person_id"))
                .col(uuid("device_id"))
                .col(blob("token"))
                .col(coded("role", &ROLES))
                .col(uuid_null("seat_id"))
                .col(big_integer_null("mesa"))
                .col(flag("closed"))
                .take(),
        )
        .await?;
    manager.create_index(index("session", &["token"])).await?;
    manager.create_index(index("session", &["stream_id", "seat_id", "id"])).await?;
    manager
        .create_table(
            of_stream("link", &["id"])
                .col(uuid("id"))
                .col(blob("token"))
                .col(blob_null("code"))
                .col(coded("role", &ROLES))
                .col(uuid_null("seat_id"))
                .col(big_integer_null("mesa"))
                .col(uuid_null("person_id"))
                .col(big_integer_null("expires_at"))
                .col(big_integer_null("ended_at"))
                .col(flag("replaced"))
                .take(),
        )
        .await?;
    manager.create_index(index("link", &["token"]).unique().take()).await?;
    manager.create_index(index("link", &["code"]).unique().take()).await?;
    manager
        .create_table(
            of_stream("staff", &["person_id"])
                .col(uuid("person_id"))
                .col(coded("role", &ROLES).null().take())
                .col(big_integer_null("mesa"))
                .take(),
        )
        .await?;
    manager.create_index(index("staff", &["person_id"])).await
}
