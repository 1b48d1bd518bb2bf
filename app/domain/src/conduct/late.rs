//! What came after its phase had closed: a device had no network, its person wrote, and the mesa
//! went on meanwhile. It is refused and stays on the device; here it is noted that there is
//! something, whose and where, so that the facilitation can go back and have it sent again. Never
//! what it says: until it is taken, that is its author's alone.

use serde::{Deserialize, Serialize};

use crate::deliberation::choice::ItemKind;
use crate::deliberation::contribution::ContributionKind;
use crate::deliberation::field::TextField;
use crate::text::recover::fingerprint;
use crate::{CommandId, ItemId, Millis, PersonId};

/// Where something belonged that came late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LatePart {
    /// In a long text.
    Text {
        /// Of which item.
        item: ItemId,
        /// Which text.
        field: TextField,
    },
    /// In a short field.
    Value {
        /// Of which item.
        item: ItemId,
    },
    /// It is a new item, with all that was written in it.
    Addition {
        /// The id that its device gave it.
        id: ItemId,
        /// Its kind.
        kind: ItemKind,
        /// The item that it would be a part of, if that is there.
        parent: Option<ItemId>,
    },
    /// It is something that was said.
    Contribution {
        /// What about, if that is there; none: the mesa as a whole.
        target: Option<ItemId>,
        /// Of which kind.
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

    /// The same, to name another one.
    pub(crate) fn item_mut(&mut self) -> Option<&mut ItemId> {
        match self {
            Self::Text { item, .. } | Self::Value { item } => Some(item),
            Self::Addition { parent, .. } => parent.as_mut(),
            Self::Contribution { target, .. } => target.as_mut(),
        }
    }
}

/// Something that came late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Late {
    /// Tells it from the others: the [`print`](fn@print) of the command by which it came. The
    /// command's own id stays between its device and the server.
    pub print: u64,
    /// Whose it is.
    pub person: PersonId,
    /// Where it belonged.
    pub part: LatePart,
    /// When it came, by the server's clock.
    pub at: Millis,
    /// Whether its device was asked to send it again.
    pub asked: bool,
}

/// Why nothing happened for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PauseKind {
    /// The server stood still.
    StoodStill,
    /// Only its wall clock went on: the machine slept, or somebody set the clock.
    ClockMoved,
}

/// A while in which the server did nothing, by its own clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// The last moment before it.
    pub from: Millis,
    /// The first moment after it; earlier than `from` when the clock was set back.
    pub to: Millis,
    /// What it was.
    pub kind: PauseKind,
}

/// What a command is told by where its id isn't shown.
pub fn print(command: CommandId) -> u64 {
    fingerprint(&command.to_string())
}
