//! Persistence: an append-only, hash-chained log of events, relational rows derived from it,
//! people's names, files by the digest of their bytes, and a queue of jobs to be done outside,
//! on SQLite or PostgreSQL behind one [`Store`].
//!
//! The log is the source of truth. Every derived row is written in the same transaction as the
//! events that change it, and can be rebuilt from them; [`Store::verify`] does that, and compares.
//! The ORM's entities never leave this crate.

mod answer;
mod append;
mod backup;
mod blob;
pub mod chain;
mod document;

mod error;
mod load;
mod log;
mod mail_server;
mod news;
mod open;
mod patches;
mod person;
mod petition;
mod queue;
mod record;
mod redact;
mod registry;
mod remove;
mod rows;
mod seals;
mod session_use;
mod snapshot;
mod staff;
mod tables;
mod tally;
mod verify;
mod write;

pub use answer::{NewAnswer, Outcome, Recorded};
pub use append::Append;
pub use backup::BackupError;
pub use blob::{Blob, PIECE_BYTES, Pieces, PutError, Upload};
pub use chain::Head;
pub use document::{Document, DocumentKind};
pub use error::{AppendError, Damage, StoreError};
pub use load::Loaded;
pub use mail_server::MailServer;
pub use news::News;
pub use open::{Location, Store};
pub use person::{NewPerson, erased_record};
pub use petition::Petition;
pub use queue::{Job, JobStatus, NewJob, Progress, Senders};
pub use record::{NewRecord, Record, UpcastError, upcast};
pub use redact::Redacted;
pub use registry::{IssuedLink, MesaSummary, OpenSession};
pub use seals::ServerKey;
pub use staff::Account;
pub use verify::{Difference, Report};
