//! Commands about items and contributions.

use serde::{Deserialize, Serialize};

use super::choice::ItemKind;
use super::contribution::ContributionKind;
use super::field::{Assignment, TextField};
use crate::text::patch::Patch;
use crate::text::words::Remark;
use crate::{ItemId, Seq};

/// A person's command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Command {
    /// Add an item at the end of its list.
    Add {
        /// Its id, made on the device.
        item: ItemId,
        /// Its kind.
        kind: ItemKind,
        /// The item that it is a part of: the commitment of an activity, the problem of a solution
        /// or preliminary commitment.
        parent: Option<ItemId>,
    },
    /// Delete an item (it can be restored).
    Remove {
        /// Which.
        item: ItemId,
    },
    /// Bring a deleted item back.
    Restore {
        /// Which.
        item: ItemId,
    },
    /// Give an item another place in its list.
    Move {
        /// Which.
        item: ItemId,
        /// The item before it; none: it becomes the first.
        after: Option<ItemId>,
    },
    /// Change a long text.
    Patch {
        /// Of which item.
        item: ItemId,
        /// Which text.
        field: TextField,
        /// The stream's seq at which the text is the one that the patch applies to.
        base: Seq,
        /// How.
        patch: Patch,
    },
    /// Restore a long text that the server acknowledged and lost
    /// ([`recover`](crate::text::recover)).
    Recover {
        /// Of which item.
        item: ItemId,
        /// Which text.
        field: TextField,
        /// What it said when it was acknowledged.
        full_text: String,
        /// Fingerprints of its earlier versions.
        ancestors: Vec<u64>,
    },
    /// Set a short field.
    Assign {
        /// Of which item.
        item: ItemId,
        /// The field and its value.
        value: Assignment,
    },
    /// Make a contribution; nobody can edit it afterwards.
    Contribute {
        /// Its id, made on the device.
        item: ItemId,
        /// What it is about; none: the mesa as a whole.
        target: Option<ItemId>,
        /// What kind it is.
        kind: ContributionKind,
        /// What it says.
        text: Remark,
    },
    /// Hide a contribution from everyone but the facilitation, or show it again.
    Hide {
        /// Which.
        item: ItemId,
        /// Whether it is hidden.
        hidden: bool,
    },
}

impl Command {
    /// The item that it is about.
    pub fn item(&self) -> Option<ItemId> {
        match self {
            Self::Add { item, .. }
            | Self::Remove { item }
            | Self::Restore { item }
            | Self::Move { item, .. }
            | Self::Patch { item, .. }
            | Self::Recover { item, .. }
            | Self::Assign { item, .. }
            | Self::Hide { item, .. } => Some(*item),
            Self::Contribute { target, .. } => *target,
        }
    }

    /// Whether it is something that somebody wrote or chose for the mesa's texts: such commands can
    /// be refused as late, and sent again.
    pub fn is_written(&self) -> bool {
        match self {
            Self::Patch { .. }
            | Self::Recover { .. }
            | Self::Assign { .. }
            | Self::Add { .. }
            | Self::Contribute { .. } => true,
            Self::Remove { .. } | Self::Restore { .. } | Self::Move { .. } | Self::Hide { .. } => {
                false
            }
        }
    }
}
