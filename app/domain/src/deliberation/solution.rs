//! What a problem leads to before there is a commitment: its solutions and preliminary commitments
//! (A1, C1; section 4).

use serde::{Deserialize, Serialize};

use crate::deliberation::choice::Origin;
use crate::{ItemId, ShortText};

/// How far a solution has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SolutionState {
    /// Propuesta.
    #[default]
    Proposed,
    /// Adoptada.
    Adopted,
    /// Apartada.
    SetAside,
}

impl SolutionState {
    /// Every state, in the order of the pick-list.
    pub const ALL: [Self; 3] = [Self::Proposed, Self::Adopted, Self::SetAside];
}

/// A solution's short fields; its text is its title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Solution {
    /// The problem it belongs to.
    pub problem: ItemId,
    /// Who proposed it, in their own words.
    pub proposed_by: ShortText,
    /// How far it has come.
    pub state: SolutionState,
}

impl Solution {
    /// A new one.
    pub fn of(problem: ItemId) -> Self {
        Self { problem, proposed_by: ShortText::default(), state: SolutionState::default() }
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
    /// A new one.
    pub fn of(problem: ItemId) -> Self {
        Self { problem, origin: None, becomes: None }
    }
}
