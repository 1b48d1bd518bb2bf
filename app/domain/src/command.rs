//! What can be asked of a mesa, by area. A [`Command`] comes from a person's device; a
//! [`ServerCommand`] only from the server, which checked a link, a code or the operator's
//! authority.

use serde::{Deserialize, Serialize};

use crate::{
    ItemId, MesaNumber, PersonId, SeatId, agreement, conduct, deliberation, exercise, floor, pack,
    people, priority, veil,
};

/// A person's command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Command {
    /// About what is written, chosen and said.
    Deliberation(deliberation::Command),
    /// About leading the mesa.
    Conduct(conduct::Command),
    /// About who is present.
    People(people::Command),
    /// About reading out and agreeing.
    Agreement(agreement::Command),
    /// About who speaks.
    Floor(floor::Command),
    /// About which problems come first.
    Priority(priority::Command),
    /// About problems that each writes alone.
    Veil(veil::Command),
}

impl Command {
    /// The item that it is about.
    pub fn item(&self) -> Option<ItemId> {
        match self {
            Self::Deliberation(command) => command.item(),
            Self::Conduct(command) => command.item(),
            Self::Floor(command) => command.item(),
            Self::People(_) | Self::Agreement(_) | Self::Priority(_) | Self::Veil(_) => None,
        }
    }

    /// Whether it is something that somebody wrote or chose for the mesa's texts: such commands can
    /// be refused as late, and sent again.
    pub fn is_written(&self) -> bool {
        matches!(self, Self::Deliberation(command) if command.is_written())
    }
}

/// The server's own command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerCommand {
    /// About the exercise and its mesas.
    Exercise(exercise::ServerCommand),
    /// About letting people in.
    People(people::ServerCommand),
    /// About leading a mesa.
    Conduct(MesaNumber, conduct::ServerCommand),
    /// About signing.
    Signing(agreement::signing::ServerCommand),
    /// About who speaks at a mesa.
    Floor(MesaNumber, floor::ServerCommand),
    /// About the information pack.
    Pack(pack::ServerCommand),
}

impl ServerCommand {
    /// The person that it is about.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::People(command) => command.person(),
            Self::Exercise(_)
            | Self::Conduct(..)
            | Self::Signing(_)
            | Self::Floor(..)
            | Self::Pack(_) => None,
        }
    }

    /// The seat in which it is done.
    pub fn seat(&self) -> Option<SeatId> {
        if let Self::People(command) = self { command.seat() } else { None }
    }
}
