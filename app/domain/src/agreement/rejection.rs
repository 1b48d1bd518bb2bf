//! Why a command about agreeing is refused.

use serde::{Deserialize, Serialize};

use super::signing;

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Rejection {
    /// No answers are taken now.
    #[error("no answers are taken")]
    NotAsked,
    /// The actor wasn't among those asked.
    #[error("the actor wasn't asked")]
    NotEntitled,
    /// The text that was answered about has changed since.
    #[error("the text has changed")]
    TextChanged,
    /// The plan has no such commitment.
    #[error("not a commitment of the plan")]
    NotOfThePlan,
    /// About signing.
    #[error(transparent)]
    Signing(#[from] signing::Rejection),
}

impl Rejection {
    /// Its name, without details: a label for counting.
    pub fn name(&self) -> &'static str {
        match self {
            Self::NotAsked => "not_asked",
            Self::NotEntitled => "not_entitled",
            Self::TextChanged => "text_changed",
            Self::NotOfThePlan => "not_of_the_plan",
            Self::Signing(rejection) => rejection.name(),
        }
    }
}
