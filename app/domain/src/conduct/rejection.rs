//! Why a command about leading a mesa is refused.

use serde::{Deserialize, Serialize};

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Rejection {
    /// Open findings of the checks block the read-out.
    #[error("{open} findings stand in the way")]
    ChecksOpen {
        /// How many aren't overridden.
        open: u32,
    },
    /// Somebody else took the wall.
    #[error("somebody else leads the projector")]
    WallTaken,
    /// The person's writing is paused.
    #[error("the person's writing is paused")]
    Muted,
}

impl Rejection {
    /// Its name, without details: a label for counting.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ChecksOpen { .. } => "checks_open",
            Self::WallTaken => "wall_taken",
            Self::Muted => "muted",
        }
    }
}
