//! Viewers, and their audience at each mesa.

use serde::{Deserialize, Serialize};

use crate::MesaNumber;

/// Which part of a mesa someone sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Audience {
    /// Facilitator, co-facilitator, rapporteur.
    Facilitation,
    /// Everyone else at the table.
    Seats,
    /// Followers and the projector.
    Public,
}

impl Audience {
    /// Every audience.
    pub const ALL: [Self; 3] = [Self::Facilitation, Self::Seats, Self::Public];

    /// The audience that a role belongs to.
    pub fn of(role: crate::Role) -> Self {
        match role {
            crate::Role::Facilitator
            | crate::Role::CoFacilitator
            | crate::Role::Rapporteur
            | crate::Role::Administrator => Self::Facilitation,
            crate::Role::Actor | crate::Role::Participant => Self::Seats,
            crate::Role::Follower | crate::Role::Projector => Self::Public,
        }
    }
}

/// Whoever an exercise is shown to: at one of its mesas they may be more than the public, at the
/// others nobody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Viewer {
    /// The facilitation of this mesa.
    Facilitation(MesaNumber),
    /// Everyone else who sits at this mesa.
    Seat(MesaNumber),
    /// Everybody else.
    Public,
}

impl Viewer {
    /// The viewer of a mesa at which they have this role.
    pub fn new(role: crate::Role, mesa: MesaNumber) -> Self {
        match Audience::of(role) {
            Audience::Facilitation => Self::Facilitation(mesa),
            Audience::Seats => Self::Seat(mesa),
            Audience::Public => Self::Public,
        }
    }

    /// The audience that they belong to for what concerns the plan and not one mesa.
    pub fn of_the_plan(self) -> Audience {
        match self {
            Self::Facilitation(_) => Audience::Facilitation,
            Self::Seat(_) => Audience::Seats,
            Self::Public => Audience::Public,
        }
    }

    /// The audience that they belong to at a mesa.
    pub fn at(self, mesa: MesaNumber) -> Audience {
        match self {
            Self::Facilitation(own) if own == mesa => Audience::Facilitation,
            Self::Seat(own) if own == mesa => Audience::Seats,
            Self::Facilitation(_) | Self::Seat(_) | Self::Public => Audience::Public,
        }
    }
}
