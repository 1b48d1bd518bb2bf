//! What people say about a text without changing it: doubts, contributions, feedback, objections,
//! and the reasoned response to each (sections 3 and 4). A contribution has one author and is never
//! edited: it is a plain value.

use serde::{Deserialize, Serialize};

use super::choice::Response;
use super::field::Assignment;
use crate::text::words::Remark;
use crate::{ActorNumber, ItemId, Millis};

/// What kind of contribution.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ContributionKind {
    /// Duda.
    #[default]
    Question,
    /// Aportación.
    Contribution,
    /// Retroalimentación.
    Feedback,
    /// Objeción: raised in read-out and conformity, verbatim in the minutes.
    Objection,
}

impl ContributionKind {
    /// Every kind, in the order of the pick-list.
    pub const ALL: [Self; 4] =
        [Self::Question, Self::Contribution, Self::Feedback, Self::Objection];
}

/// A contribution.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contribution {
    /// What it is about; none: the mesa as a whole.
    pub target: Option<ItemId>,
    /// What kind it is.
    pub kind: ContributionKind,
    /// What it says; none: the viewer doesn't get it, because it is hidden or, for the public,
    /// deleted.
    pub text: Option<Remark>,
    /// The actor in whose seat its author speaks: all that the public learns of them (section 2,
    /// fact 7).
    pub actor: Option<ActorNumber>,
    /// When it was made, ms since the epoch.
    pub at: Millis,
    /// Whether the facilitation hid it.
    pub hidden: bool,
    /// The answer to it.
    pub response: Response,
}

impl Contribution {
    pub(super) fn assign(&mut self, value: &Assignment) {
        if let Assignment::Response(response) = value {
            self.response = response.clone();
        }
    }

    /// The value of the field that `like` sets; none when there is no such field.
    pub(super) fn value(&self, like: &Assignment) -> Option<Assignment> {
        match like {
            Assignment::Response(_) => Some(Assignment::Response(self.response.clone())),
            _ => None,
        }
    }
}
