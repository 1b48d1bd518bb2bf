//! What a device keeps of a command until it is answered: one entry a command, so that several tabs
//! never overwrite each other's.

use domain::deliberation;
use domain::{
    Command, CommandId, ItemId, MesaNumber, Millis, PersonId, SeatId, StreamId, TextField,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::wire::{Position, Tag};

/// A sequence of commands of one replica. The replica begins another row when a later tab takes
/// this one over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Row {
    /// The replica (tab).
    pub replica: Uuid,
    /// Which of its rows.
    pub number: u32,
}

/// A command in the outbox. A text patch carries the seq it was made at (`base`), so that it can
/// still be placed after any time and any number of other people's changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredCommand {
    /// Its id.
    pub id: CommandId,
    /// The stream it is for.
    pub stream: StreamId,
    /// The mesa it is for.
    pub mesa: MesaNumber,
    /// Who made it.
    pub person: PersonId,
    /// Its row: patches of one text are based on those before them in the row.
    pub row: Row,
    /// Its place in the row.
    pub order: u64,
    /// The replica (tab) that sends it: the one that made it, or one that was opened later and took
    /// it over.
    pub holder: Uuid,
    /// The device's clock when it was made.
    pub made_at: Millis,
    /// The seat that a helper types for.
    pub on_behalf: Option<SeatId>,
    /// Whether it may have reached the server: it isn't changed any more then.
    pub sent: bool,
    /// The chain's hash where a text patch was made, if it is known: a later page asks whether the
    /// server still has it.
    #[serde(default)]
    pub tag: Option<Tag>,
    /// The command itself.
    pub command: Command,
}

impl StoredCommand {
    /// The moment of the stream that a text patch was made at, if its hash is known.
    pub fn made_on(&self) -> Option<Position> {
        match (&self.command, self.tag) {
            (Command::Deliberation(deliberation::Command::Patch { base, .. }), Some(tag)) => {
                Some(Position { seq: *base, tag })
            }
            _ => None,
        }
    }

    /// The text that it patches.
    pub fn text(&self) -> Option<(ItemId, TextField)> {
        match &self.command {
            Command::Deliberation(deliberation::Command::Patch { item, field, .. }) => {
                Some((*item, *field))
            }
            Command::Deliberation(_)
            | Command::Conduct(_)
            | Command::People(_)
            | Command::Agreement(_)
            | Command::Floor(_)
            | Command::Priority(_)
            | Command::Veil(_) => None,
        }
    }
}
