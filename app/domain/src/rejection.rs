//! Why a command is refused. Typed, kept with the command's id, put into words for people at the
//! edge.

use serde::{Deserialize, Serialize};

use crate::permission::{Phase, Role};
use crate::{conduct, deliberation, people};

/// A refusal. The text that was refused stays with its author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Rejection {
    /// The role may not do this in this phase.
    #[error("{role:?} may not do this in {phase:?}")]
    NotAllowed {
        /// The role of who asked.
        role: Role,
        /// The phase of the mesa.
        phase: Phase,
    },
    /// The id is in use.
    #[error("the id is in use")]
    IdTaken,
    /// Not a value of that list.
    #[error("not a value of the list")]
    UnknownValue,
    /// There are as many as there may be.
    #[error("at most {limit}")]
    TooMany {
        /// How many there may be.
        limit: u32,
    },
    /// Somebody else's command has this id.
    #[error("the command id belongs to someone else")]
    NotYours,
    /// The helper may not act for that seat.
    #[error("may not act on behalf of that seat")]
    NotOnBehalf,
    /// A reason has to be given with it.
    #[error("a reason has to be given")]
    ReasonNeeded,
    /// The exercise has no such mesa.
    #[error("no such mesa")]
    UnknownMesa,
    /// Of something written, chosen or said.
    #[error(transparent)]
    Deliberation(#[from] deliberation::Rejection),
    /// In leading a mesa.
    #[error(transparent)]
    Conduct(#[from] conduct::Rejection),
    /// Of somebody who isn't let in.
    #[error(transparent)]
    People(#[from] people::Rejection),
}

impl Rejection {
    /// Its name, without what it is about: to count by.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Deliberation(rejection) => rejection.name(),
            Self::Conduct(rejection) => rejection.name(),
            Self::People(rejection) => rejection.name(),
            Self::UnknownMesa => "unknown_mesa",
            Self::NotAllowed { .. } => "not_allowed",
            Self::IdTaken => "id_taken",
            Self::UnknownValue => "unknown_value",
            Self::TooMany { .. } => "too_many",
            Self::NotYours => "not_yours",
            Self::NotOnBehalf => "not_on_behalf",
            Self::ReasonNeeded => "reason_needed",
        }
    }
}
