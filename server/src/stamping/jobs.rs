//! The job that asks about a seal.

use seal::Digest;
use serde::{Deserialize, Serialize};
use store::NewJob;

use crate::clock;

/// The kind of a job that has a seal stamped.
pub const STAMP: &str = "stamp";

/// Data of [`STAMP`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StampJob {
    /// SHA-256 of the seal.
    pub seal: Digest,
}

/// Key of [`STAMP`] in its exercise's stream: one stamp for a seal.
pub fn key(seal: Digest) -> String {
    format!("{STAMP}/{seal}")
}

/// The job that has a seal stamped, due now.
pub fn job(seal: Digest) -> NewJob {
    NewJob {
        id: clock::new_id(),
        key: key(seal),
        kind: STAMP.to_owned(),
        payload: serde_json::to_vec(&StampJob { seal }).expect("a digest always serialises"),
        due_at: clock::now(),
    }
}
