//! The schema's history: one migration per step, the same for SQLite and PostgreSQL, never changed
//! once released.
//!
//! Ids are `uuid`, times `bigint` (ms since the epoch), numbers `bigint` too (so that an overflow
//! is noticed, not truncated), enums text with a CHECK, digests and log payloads bytes.

use sea_orm_migration::MigrationTrait;
pub use sea_orm_migration::{MigratorTrait, SchemaManager};

mod column;
mod m20261129_000001_first;
mod m20261130_000002_used;
mod m20261130_000003_petition;
mod m20261130_000004_sending;
mod m20261201_000010_document;
mod m20261201_000020_mail_server;

/// Every migration, in order.
#[derive(Clone, Copy, Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261129_000001_first::Migration),
            Box::new(m20261130_000002_used::Migration),
            Box::new(m20261130_000003_petition::Migration),
            Box::new(m20261130_000004_sending::Migration),
            Box::new(m20261201_000010_document::Migration),
            Box::new(m20261201_000020_mail_server::Migration),
        ]
    }
}
