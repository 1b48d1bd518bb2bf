//! The store's story, told on SQLite and, where there is one (`MESA_TEST_POSTGRES`), on PostgreSQL.

mod database;
mod measure;
mod story;
mod tamper;
mod world;
