//! Why somebody isn't let in.

use serde::{Deserialize, Serialize};

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Rejection {
    /// The door is closed to people without a link.
    #[error("the door is closed")]
    DoorClosed,
    /// No such link, session or seat.
    #[error("no such link, session or seat")]
    UnknownGrant,
    /// Two seats are two people.
    #[error("they have two seats")]
    TwoSeats,
}

impl Rejection {
    /// Its name, without details: a label for counting.
    pub fn name(&self) -> &'static str {
        match self {
            Self::DoorClosed => "door_closed",
            Self::UnknownGrant => "unknown_grant",
            Self::TwoSeats => "two_seats",
        }
    }
}
