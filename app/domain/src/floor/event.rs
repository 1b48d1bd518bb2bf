//! Events about the floor.

use serde::{Deserialize, Serialize};

use super::state::{Entry, Mark, Who};
use super::timer::Clock;
use crate::{ActorNumber, EntryId, ItemId, Millis, Remark};

/// A fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// Somebody waits for the floor, at the end of the list.
    Asked(Entry),
    /// Somebody doesn't wait any longer.
    Unlisted {
        /// Whose entry.
        entry: EntryId,
    },
    /// Somebody moved in the list.
    Moved {
        /// Whose entry.
        entry: EntryId,
        /// Before whom; none: to the end.
        before: Option<EntryId>,
    },
    /// Somebody on the list has the floor.
    Called {
        /// Whose entry.
        entry: EntryId,
        /// When, by the server's clock.
        at: Millis,
        /// For so many minutes.
        minutes: u16,
    },
    /// A turn ended, and how long it was: for the facilitation.
    Spoke {
        /// Whose.
        who: Who,
        /// How long, ms.
        time: Millis,
    },
    /// Nobody has the floor any more.
    Ended,
    /// Turns are so long from the next one on.
    MinutesSet {
        /// So many minutes.
        minutes: u16,
    },
    /// A clock runs, or none any more.
    ClockSet {
        /// Which.
        clock: Option<Clock>,
    },
    /// The turn got another minute.
    TurnExtended,
    /// A round was opened, or goes on.
    RoundOpened {
        /// What it is about; none: the diagnosis as a whole.
        about: Option<ItemId>,
        /// When, by the server's clock.
        at: Millis,
    },
    /// An organisation was heard in the round, or is pending again.
    Marked {
        /// Which.
        actor: ActorNumber,
        /// How.
        mark: Option<Mark>,
    },
    /// The round was closed.
    RoundClosed {
        /// When, by the server's clock.
        at: Millis,
        /// Who was still pending.
        pending: Vec<ActorNumber>,
        /// Why it was closed all the same.
        reason: Option<Remark>,
    },
    /// The server's clock was set while clocks ran.
    ClockMoved {
        /// By how much, ms.
        by: Millis,
        /// What it says since.
        at: Millis,
    },
}

impl Event {
    /// The event's name in the log.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Asked(_) => "floor_asked",
            Self::Unlisted { .. } => "floor_unlisted",
            Self::Moved { .. } => "floor_moved",
            Self::Called { .. } => "floor_called",
            Self::Spoke { .. } => "floor_spoke",
            Self::Ended => "floor_ended",
            Self::MinutesSet { .. } => "turn_minutes_set",
            Self::ClockSet { .. } => "clock_set",
            Self::TurnExtended => "turn_extended",
            Self::RoundOpened { .. } => "round_opened",
            Self::Marked { .. } => "round_marked",
            Self::RoundClosed { .. } => "round_closed",
            Self::ClockMoved { .. } => "clock_moved",
        }
    }

    /// Visits every item that it names and that existed before it.
    ///
    ///
    /// # Errors
    /// Whatever `visit` returns.
    pub fn try_visit<E>(
        &mut self,
        visit: &mut impl FnMut(&mut ItemId) -> Result<(), E>,
    ) -> Result<(), E> {
        if let Self::RoundOpened { about: Some(item), .. } = self { visit(item) } else { Ok(()) }
    }
}
