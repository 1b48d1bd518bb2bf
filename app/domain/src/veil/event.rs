//! Events about problems that each writes alone.

use serde::{Deserialize, Serialize};

use super::state::Veiled;
use crate::{ItemId, Millis};

/// A fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// From here on each writes alone.
    Drawn {
        /// When, by the server's clock.
        at: Millis,
    },
    /// Somebody wrote a problem, in place of what they had written under its id.
    Written {
        /// The problem; none: the viewer doesn't get it.
        problem: Option<Veiled>,
        /// How many there are now.
        count: u16,
    },
    /// Somebody took theirs back.
    Withdrawn {
        /// Which; none: the viewer doesn't get it.
        problem: Option<ItemId>,
        /// How many there are now.
        count: u16,
    },
    /// All are shown: the events that follow add them.
    Lifted,
}

impl Event {
    /// The event's name in the log.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Drawn { .. } => "veil_drawn",
            Self::Written { .. } => "veiled_written",
            Self::Withdrawn { .. } => "veiled_withdrawn",
            Self::Lifted => "veil_lifted",
        }
    }
}
