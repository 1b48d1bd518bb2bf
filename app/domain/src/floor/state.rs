//! Who speaks, who waits, and the rounds: state folded from its events.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::timer::{Clock, Timer};
use crate::people::attendance::AttendanceMode;
use crate::{ActorNumber, EntryId, ItemId, Millis, PersonId, Remark, ShortText};

/// The floor of a mesa.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Who waits, in the order in which they would be called.
    pub waiting: Vec<Entry>,
    /// The turn that runs.
    pub turn: Option<Turn>,
    /// The clock that runs besides.
    pub clock: Option<Clock>,
    /// The minutes that a turn gets; none: [`TURN`](super::timer::TURN).
    pub minutes: Option<u16>,
    /// How long each speaker spoke in turns that ended, in the order of their first turns; only the
    /// facilitation sees it.
    pub spoke: Vec<Spoke>,
    /// The rounds, one for each thing that they are about; the open one is the last.
    pub rounds: Vec<Round>,
    /// How far the server's clock was set forward while clocks ran, in ms: devices set theirs by
    /// it, so that what they show doesn't jump.
    pub moved: Millis,
    /// What it said when it was last set.
    pub moved_at: Option<Millis>,
}

/// Who speaks or asked to. The mesa sees who has a device and which organisation they speak for; the
/// public only the organisation (section 2, fact 7).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// The person, if they came in on a device.
    pub person: Option<PersonId>,
    /// The organisation that they speak for.
    pub actor: Option<ActorNumber>,
    /// What the facilitation called somebody without a device.
    pub name: Option<ShortText>,
}

/// Someone who asked for the floor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its id, made where it was asked.
    pub id: EntryId,
    /// Who.
    pub who: Who,
    /// How they attend.
    pub mode: AttendanceMode,
}

/// A turn that runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// Who speaks.
    pub entry: Entry,
    /// Their time.
    pub timer: Timer,
}

/// How long somebody spoke, all turns together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spoke {
    /// Who.
    pub who: Who,
    /// How many turns.
    pub turns: u32,
    /// How long, ms.
    pub time: Millis,
}

/// How an organisation was heard in a round. Without a mark it is pending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mark {
    /// Intervino.
    Spoke,
    /// Pasa.
    Passed,
}

/// A round: each organisation is asked to speak (C2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// What it is about; none: the diagnosis as a whole.
    pub about: Option<ItemId>,
    /// When it was first opened, by the server's clock, ms since the epoch.
    pub opened: Millis,
    /// Who was heard.
    pub marks: BTreeMap<ActorNumber, Mark>,
    /// How it was closed; none while it is open.
    pub closed: Option<Closed>,
}

/// How a round was closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// When, by the server's clock, ms since the epoch.
    pub at: Millis,
    /// Who was still pending.
    pub pending: Vec<ActorNumber>,
    /// Why it was closed all the same.
    pub reason: Option<Remark>,
}

impl State {
    /// The open round.
    pub fn round(&self) -> Option<&Round> {
        self.rounds.last().filter(|round| round.closed.is_none())
    }

    /// Whether there is anything of it to be shown.
    pub fn is_in_use(&self) -> bool {
        self.turn.is_some()
            || self.clock.is_some()
            || !self.waiting.is_empty()
            || self.round().is_some()
    }

    /// The minutes that the next turn gets.
    pub fn turn_minutes(&self) -> u16 {
        self.minutes.unwrap_or(super::timer::TURN)
    }

    /// The place of an entry among those who wait, from 0.
    pub fn place(&self, entry: EntryId) -> Option<usize> {
        self.waiting.iter().position(|other| other.id == entry)
    }

    /// Whose turn it is, if it is this entry's.
    pub fn speaks(&self, entry: EntryId) -> Option<&Turn> {
        self.turn.as_ref().filter(|turn| turn.entry.id == entry)
    }
}
