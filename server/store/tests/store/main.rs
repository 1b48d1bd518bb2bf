//! The store's tests, on SQLite and, if `MESA_TEST_POSTGRES` names one, on PostgreSQL.

mod anonymise;
mod backup;
mod beside;
mod blob;
mod catalogue;
mod change;
mod database;
mod document;
mod furniture;
mod measure;
mod queue;
mod redact;
mod story;
mod tamper;
mod world;
