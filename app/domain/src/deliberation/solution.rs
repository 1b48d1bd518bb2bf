//! What a problem leads to before there is a commitment: its solutions and preliminary commitments
//! (A1, C1; section 4).

use serde::{Deserialize, Serialize};

use super::choice::{Origin, SolutionState};
use super::field::Assignment;
use crate::{ItemId, ShortText};

/// A solution's short fields; its text is its title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Solution {
    /// The problem it belongs to.
    pub problem: ItemId,
    /// Who proposed it, in their own words.
    pub proposed_by: ShortText,
    /// Its state.
    pub state: SolutionState,
}

impl Solution {
    /// A new solution.
    pub fn of(problem: ItemId) -> Self {
        Self { problem, proposed_by: ShortText::default(), state: SolutionState::default() }
    }

    pub(super) fn assign(&mut self, value: &Assignment) {
        match value {
            Assignment::ProposedBy(text) => self.proposed_by = text.clone(),
            Assignment::SolutionState(state) => self.state = *state,
            _ => {}
        }
    }

    /// The value of the field that `like` sets; none when there is no such field.
    pub(super) fn value(&self, like: &Assignment) -> Option<Assignment> {
        match like {
            Assignment::ProposedBy(_) => Some(Assignment::ProposedBy(self.proposed_by.clone())),
            Assignment::SolutionState(_) => Some(Assignment::SolutionState(self.state)),
            _ => None,
        }
    }
}

/// A preliminary commitment's short fields; its text is its title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftCommitment {
    /// The problem it belongs to.
    pub problem: ItemId,
    /// Where it comes from.
    pub origin: Option<Origin>,
    /// The commitment that it became.
    pub becomes: Option<ItemId>,
}

impl DraftCommitment {
    /// A new preliminary commitment.
    pub fn of(problem: ItemId) -> Self {
        Self { problem, origin: None, becomes: None }
    }

    pub(super) fn assign(&mut self, value: &Assignment) {
        match value {
            Assignment::Origin(origin) => self.origin = *origin,
            Assignment::Becomes(commitment) => self.becomes = *commitment,
            _ => {}
        }
    }

    /// The value of the field that `like` sets; none when there is no such field.
    pub(super) fn value(&self, like: &Assignment) -> Option<Assignment> {
        match like {
            Assignment::Origin(_) => Some(Assignment::Origin(self.origin)),
            Assignment::Becomes(_) => Some(Assignment::Becomes(self.becomes)),
            _ => None,
        }
    }
}
