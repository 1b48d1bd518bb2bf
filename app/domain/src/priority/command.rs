//! Commands about which problems come first.

use serde::{Deserialize, Serialize};

use super::state::Share;

/// A person's command. It names the prioritisation that it is about, so that what comes late isn't
/// taken for the next one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Command {
    /// Ask the organisations to divide points among the problems that stand now.
    Open {
        /// How many each organisation has.
        points: u8,
    },
    /// Divide one's organisation's points, in place of what it said before.
    Give {
        /// In which prioritisation.
        number: u16,
        /// How.
        share: Share,
    },
    /// Close it, and show everybody the sums.
    Close {
        /// Which.
        number: u16,
    },
    /// End it without a result.
    Cancel {
        /// Which.
        number: u16,
    },
}
