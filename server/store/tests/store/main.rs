//! The store's story, told on SQLite and, where there is one (`MESA_TEST_POSTGRES`), on PostgreSQL.

mod backup;
mod blob;
mod catalogue;
mod change;
mod database;
mod furniture;
mod measure;
mod queue;
mod redact;
mod story;
mod tamper;
mod world;
