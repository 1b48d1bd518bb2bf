//! Why something in leading a mesa is refused.

use serde::{Deserialize, Serialize};

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Rejection {
    /// Findings of the checks stand in the way of the read-out.
    #[error("{open} findings stand in the way")]
    ChecksOpen {
        /// How many aren't overridden.
        open: u32,
    },
}

impl Rejection {
    /// Its name, without what it is about: to count by.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ChecksOpen { .. } => "checks_open",
        }
    }
}
