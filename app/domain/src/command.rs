//! What can be asked of a mesa, each in its area. A [`Command`] comes from a person's device; a
//! [`ServerCommand`] only from the server, which checked a link, a code or the operator's hand.

use serde::{Deserialize, Serialize};

use crate::{ItemId, MesaNumber, PersonId, SeatId, conduct, deliberation, exercise, people};

/// A person's command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Command {
    /// In what is written, chosen and said.
    Deliberation(deliberation::Command),
    /// In leading the mesa.
    Conduct(conduct::Command),
    /// Of who is there.
    People(people::Command),
}

impl Command {
    /// The item that it is about.
    pub fn item(&self) -> Option<ItemId> {
        match self {
            Self::Deliberation(command) => command.item(),
            Self::Conduct(command) => command.item(),
            Self::People(_) => None,
        }
    }

    /// Whether somebody wrote or chose it for the mesa's texts: what may come late, and is sent
    /// again.
    pub fn is_written(&self) -> bool {
        matches!(self, Self::Deliberation(command) if command.is_written())
    }
}

/// The server's own command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerCommand {
    /// To the exercise and its mesas as such.
    Exercise(exercise::ServerCommand),
    /// Letting people in.
    People(people::ServerCommand),
    /// In leading a mesa.
    Conduct(MesaNumber, conduct::ServerCommand),
}

impl ServerCommand {
    /// Who it is about.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::People(command) => command.person(),
            Self::Exercise(_) | Self::Conduct(..) => None,
        }
    }

    /// In which seat.
    pub fn seat(&self) -> Option<SeatId> {
        if let Self::People(command) = self { command.seat() } else { None }
    }
}
