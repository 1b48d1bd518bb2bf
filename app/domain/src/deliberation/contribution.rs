//! What people say about a text without changing it: doubts, contributions, feedback, objections,
//! and the reasoned response to each (sections 3 and 4). A contribution has one author and is never
//! edited: it is a plain value.

use serde::{Deserialize, Serialize};

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

/// What became of a contribution.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ResponseStatus {
    /// Pendiente.
    #[default]
    Pending,
    /// Incorporada.
    Adopted,
    /// Parcialmente incorporada.
    PartlyAdopted,
    /// No incorporada.
    NotAdopted,
}

impl ResponseStatus {
    /// Every status, in the order of the pick-list.
    pub const ALL: [Self; 4] =
        [Self::Pending, Self::Adopted, Self::PartlyAdopted, Self::NotAdopted];
}

/// A reasoned response. Anything but pending needs its reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// What became of the contribution.
    pub status: ResponseStatus,
    /// Why.
    pub reason: Option<Remark>,
    /// Where what was adopted stands now.
    pub change: Option<ItemId>,
}

/// A contribution.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contribution {
    /// What it is about; none: the mesa as a whole.
    pub target: Option<ItemId>,
    /// What kind it is.
    pub kind: ContributionKind,
    /// What it says; none: who looks doesn't get it, for it is hidden or, before the public,
    /// deleted.
    pub text: Option<Remark>,
    /// The actor in whose seat its author speaks: all that the public learns of them (section 2,
    /// fact 7).
    pub actor: Option<ActorNumber>,
    /// When it was made, ms since the epoch.
    pub at: Millis,
    /// Whether the facilitation hid it.
    pub hidden: bool,
    /// What it was answered.
    pub response: Response,
}
