//! Commands about reading out and agreeing.

use serde::{Deserialize, Serialize};

use super::signing;
use super::stance::Stance;
use super::state::VersionNumber;
use crate::text::words::Remark;
use crate::{ItemId, PersonId};

/// A person's command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Command {
    /// Read out a commitment; none: go back to the beginning.
    ReadOut {
        /// Which.
        commitment: Option<ItemId>,
    },
    /// Let somebody else read out; none: the facilitation alone.
    ChooseReader {
        /// Who.
        reader: Option<PersonId>,
    },
    /// State one's actor's conformity with commitments.
    State {
        /// The version whose text was read.
        version: VersionNumber,
        /// What is said of which.
        stances: Vec<(ItemId, Stance)>,
    },
    /// Remind those who haven't answered.
    Remind,
    /// Name on the wall those who haven't answered, or no longer.
    NameMissing {
        /// Whether they are named.
        named: bool,
    },
    /// Take no more answers, and tell everybody what was answered.
    Close {
        /// Why; required while some haven't answered, and it appears in the minutes.
        reason: Option<Remark>,
    },
    /// About signing.
    Signing(signing::Command),
}
