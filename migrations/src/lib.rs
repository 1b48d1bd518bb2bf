//! The tables and how they came about: one migration per step, the same for SQLite and PostgreSQL, never changed once
//! shipped.
//!
//! Ids are `uuid`, times `bigint` (ms since the epoch), numbers `bigint` too (what doesn't fit is seen, not cut off), lists
//! JSON text, enums text with a CHECK, digests and log payloads bytes.

use sea_orm_migration::MigrationTrait;
pub use sea_orm_migration::MigratorTrait;

mod column;
mod m20261101_000001_log;
mod m20261101_000002_registry;
mod m20261101_000003_items;
mod m20261115_000004_deliberation;
mod m20261123_000005_attendance;
mod m20261128_000006_words;

/// Every migration, in order.
#[derive(Clone, Copy, Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261101_000001_log::Migration),
            Box::new(m20261101_000002_registry::Migration),
            Box::new(m20261101_000003_items::Migration),
            Box::new(m20261115_000004_deliberation::Migration),
            Box::new(m20261123_000005_attendance::Migration),
            Box::new(m20261128_000006_words::Migration),
        ]
    }
}
