//! What arrived after its phase had closed: a device had no network, its person wrote, and the mesa
//! moved on meanwhile. It is refused and stays on the device. The state notes that there is
//! something, whose and where, so that the facilitation can go back and have it sent again; never
//! what it says, because until it is accepted only its author knows that.

use serde::{Deserialize, Serialize};

use crate::deliberation::choice::ItemKind;
use crate::deliberation::contribution::ContributionKind;
use crate::deliberation::field::TextField;
use crate::text::recover::fingerprint;
use crate::{CommandId, ItemId, Millis, PersonId};

/// Where a late command belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LatePart {
    /// In a long text.
    Text {
        /// The item.
        item: ItemId,
        /// Which text.
        field: TextField,
    },
    /// In a short field.
    Value {
        /// The item.
        item: ItemId,
    },
    /// It adds an item, with everything that was written in it.
    Addition {
        /// The id that its device gave it.
        id: ItemId,
        /// Its kind.
        kind: ItemKind,
        /// The item that it would be a part of, if that exists.
        parent: Option<ItemId>,
    },
    /// It is a contribution.
    Contribution {
        /// What it is about, if that exists; none: the mesa as a whole.
        target: Option<ItemId>,
        /// Its kind.
        kind: ContributionKind,
    },
}

impl LatePart {
    /// The item that it is about.
    pub fn item(&self) -> Option<&ItemId> {
        match self {
            Self::Text { item, .. } | Self::Value { item } => Some(item),
            Self::Addition { parent, .. } => parent.as_ref(),
            Self::Contribution { target, .. } => target.as_ref(),
        }
    }

    /// The same, mutable.
    pub(crate) fn item_mut(&mut self) -> Option<&mut ItemId> {
        match self {
            Self::Text { item, .. } | Self::Value { item } => Some(item),
            Self::Addition { parent, .. } => parent.as_mut(),
            Self::Contribution { target, .. } => target.as_mut(),
        }
    }
}

/// A late command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Late {
    /// Identifies it: the [`print`](fn@print) of the refused command. The command's own id is known
    /// only to its device and the server.
    pub print: u64,
    /// Its author.
    pub person: PersonId,
    /// Where it belonged.
    pub part: LatePart,
    /// When it arrived, by the server's clock.
    pub at: Millis,
    /// Whether its device was asked to send it again.
    pub asked: bool,
}

/// Why the server was inactive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PauseKind {
    /// The server stood still.
    StoodStill,
    /// Only its wall clock went on: the machine slept, or somebody set the clock.
    ClockMoved,
}

/// A time in which the server was inactive, by its own clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// The last moment before it.
    pub from: Millis,
    /// The first moment after it; earlier than `from` when the clock was set back.
    pub to: Millis,
    /// What it was.
    pub kind: PauseKind,
}

/// A fingerprint that identifies a command without showing its id.
pub fn print(command: CommandId) -> u64 {
    fingerprint(&command.to_string())
}
