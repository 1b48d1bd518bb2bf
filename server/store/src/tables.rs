//! The ORM's entities, one file each; they stay inside this crate. For tables derived from the log,
//! the function that creates a row is in the same file.

pub(crate) mod answer;
pub(crate) mod blob;
pub(crate) mod blob_piece;
pub(crate) mod document;
pub(crate) mod event;
pub(crate) mod exercise;
pub(crate) mod job;
pub(crate) mod link;
pub(crate) mod mail_server;
pub(crate) mod mesa;
pub(crate) mod migration;
pub(crate) mod person;
pub(crate) mod petition;
pub(crate) mod seal_line;
pub(crate) mod server_key;
pub(crate) mod session;
pub(crate) mod session_use;
pub(crate) mod staff;
pub(crate) mod stamp;
pub(crate) mod state_snapshot;
pub(crate) mod stream;
pub(crate) mod tally;
