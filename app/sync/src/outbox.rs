//! What a device keeps of a command until it is answered: one entry a command, so that several tabs never overwrite each
//! other's.

use domain::{Command, CommandId, ItemId, Millis, PersonId, SeatId, StreamId, TextField};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A command in the outbox. A text patch carries the seq it was made at (`base`), so that it can still be placed after any
/// time and any number of other people's changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredCommand {
    /// Its id.
    pub command: CommandId,
    /// The stream it is for.
    pub stream: StreamId,
    /// Who made it.
    pub person: PersonId,
    /// Which replica (tab) made it: patches of one text follow one another within a replica.
    pub replica: Uuid,
    /// Its place among the replica's commands.
    pub order: u64,
    /// The device's clock when it was made.
    pub made_at: Millis,
    /// The seat that a helper types for.
    pub on_behalf: Option<SeatId>,
    /// Whether it may have reached the server: then it isn't changed any more.
    pub sent: bool,
    /// What is wished.
    pub wish: Command,
}

impl StoredCommand {
    /// The text that it patches.
    pub fn text(&self) -> Option<(ItemId, TextField)> {
        match &self.wish {
            Command::Patch { item, field, .. } => Some((*item, *field)),
            Command::Add { .. }
            | Command::Remove { .. }
            | Command::Restore { .. }
            | Command::Move { .. }
            | Command::Assign { .. }
            | Command::Show { .. }
            | Command::ChangePhase { .. }
            | Command::SetDoor { .. } => None,
        }
    }
}
