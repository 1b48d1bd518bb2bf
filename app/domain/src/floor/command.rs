//! Commands about the floor.

use serde::{Deserialize, Serialize};

use super::state::Mark;
use super::timer::ClockKind;
use crate::{ActorNumber, EntryId, ItemId, Millis, PersonId, Remark, ShortText};

/// Whom the facilitation puts on the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Added {
    /// Somebody who came in.
    Person(PersonId),
    /// An organisation with a seat, whoever speaks for it.
    Actor(ActorNumber),
    /// Somebody without a device or a seat.
    Named(ShortText),
}

/// A person's command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Command {
    /// Ask for the floor.
    Ask {
        /// The entry's id, made on the device.
        entry: EntryId,
    },
    /// Not wait for it any longer.
    Withdraw,
    /// Put somebody on the list.
    Add {
        /// The entry's id, made on the device.
        entry: EntryId,
        /// Whom.
        whom: Added,
    },
    /// Take somebody off the list.
    Remove {
        /// Whose entry.
        entry: EntryId,
    },
    /// Move somebody in the list.
    Move {
        /// Whose entry.
        entry: EntryId,
        /// Before whom; none: to the end.
        before: Option<EntryId>,
    },
    /// Give somebody on the list the floor. Whoever has it ends.
    Call {
        /// Whose entry.
        entry: EntryId,
    },
    /// End the turn, if it is still this one.
    End {
        /// Whose entry.
        entry: EntryId,
    },
    /// Say how long turns are from the next one on.
    SetMinutes {
        /// So many minutes.
        minutes: u16,
    },
    /// Start a clock, in place of the one that runs.
    Start {
        /// What for.
        kind: ClockKind,
        /// So many minutes.
        minutes: u16,
    },
    /// Stop the clock.
    Stop,
    /// Give a minute more.
    Extend {
        /// To whose turn, if it is still theirs; none: to the clock.
        entry: Option<EntryId>,
    },
    /// Open a round, or go on with the one that was about the same.
    OpenRound {
        /// What it is about; none: the diagnosis as a whole.
        about: Option<ItemId>,
    },
    /// Note how an organisation was heard in the round.
    Mark {
        /// Which.
        actor: ActorNumber,
        /// How; none: it is pending.
        mark: Option<Mark>,
    },
    /// Pass in the round, for one's own organisation.
    Pass,
    /// Close the round.
    CloseRound {
        /// Why, while somebody is pending.
        reason: Option<Remark>,
    },
}

impl Command {
    /// The item that it is about.
    pub fn item(&self) -> Option<ItemId> {
        if let Self::OpenRound { about } = self { *about } else { None }
    }
}

/// The server's own command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerCommand {
    /// The server's clock was set.
    ClockMoved {
        /// By how much, ms: forward, or back when negative.
        by: Millis,
        /// What it says since.
        at: Millis,
    },
}
