//! A problem: its typed short fields (section 4). Its long texts are kept with the item.

use serde::{Deserialize, Serialize};

use super::choice::{Origin, ProblemState};
use super::field::Assignment;
use crate::{ItemId, ShortText};

/// A problem's short fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Where it comes from.
    pub origin: Option<Origin>,
    /// Where the evidence can be found.
    pub evidence_source: ShortText,
    /// Its state.
    pub state: ProblemState,
    /// Its solutions, in order, removed ones too.
    pub solutions: Vec<ItemId>,
    /// Its preliminary commitments, in order, removed ones too.
    pub drafts: Vec<ItemId>,
}

impl Problem {
    pub(super) fn assign(&mut self, value: &Assignment) {
        match value {
            Assignment::Origin(origin) => self.origin = *origin,
            Assignment::EvidenceSource(source) => self.evidence_source = source.clone(),
            Assignment::ProblemState(state) => self.state = state.clone(),
            _ => {}
        }
    }

    /// The value of the field that `like` sets; none for a switch, or when there is no such field.
    pub(super) fn value(&self, like: &Assignment) -> Option<Assignment> {
        match like {
            Assignment::Origin(_) => Some(Assignment::Origin(self.origin)),
            Assignment::EvidenceSource(_) => {
                Some(Assignment::EvidenceSource(self.evidence_source.clone()))
            }
            Assignment::ProblemState(_) => Some(Assignment::ProblemState(self.state.clone())),
            _ => None,
        }
    }
}
