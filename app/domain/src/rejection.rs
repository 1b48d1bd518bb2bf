//! Why a command is refused. Typed; stored with the command's id and turned into words by
//! `app::text`.

use serde::{Deserialize, Serialize};

use crate::permission::{Phase, Role};
use crate::{agreement, conduct, deliberation, people, priority, veil};

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
    /// A value that the list doesn't have.
    #[error("not a value of the list")]
    UnknownValue,
    /// The maximum number is reached.
    #[error("at most {limit}")]
    TooMany {
        /// The maximum.
        limit: u32,
    },
    /// Somebody else's command has this id.
    #[error("the command id belongs to someone else")]
    NotYours,
    /// The helper may not act for that seat.
    #[error("may not act on behalf of that seat")]
    NotOnBehalf,
    /// A reason is required.
    #[error("a reason has to be given")]
    ReasonNeeded,
    /// The exercise has no such mesa.
    #[error("no such mesa")]
    UnknownMesa,
    /// About an item or a contribution.
    #[error(transparent)]
    Deliberation(#[from] deliberation::Rejection),
    /// About leading a mesa.
    #[error(transparent)]
    Conduct(#[from] conduct::Rejection),
    /// About letting somebody in.
    #[error(transparent)]
    People(#[from] people::Rejection),
    /// About agreeing.
    #[error(transparent)]
    Agreement(#[from] agreement::Rejection),
    /// About which problems come first.
    #[error(transparent)]
    Priority(#[from] priority::Rejection),
    /// About problems that each writes alone.
    #[error(transparent)]
    Veil(#[from] veil::Rejection),
}

impl Rejection {
    /// Its name, without details: a label for counting.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Deliberation(rejection) => rejection.name(),
            Self::Conduct(rejection) => rejection.name(),
            Self::People(rejection) => rejection.name(),
            Self::Agreement(rejection) => rejection.name(),
            Self::Priority(rejection) => rejection.name(),
            Self::Veil(rejection) => rejection.name(),
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
