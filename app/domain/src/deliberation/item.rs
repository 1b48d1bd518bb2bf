//! Items: problems with their solutions and preliminary commitments, commitments with their
//! activities, contributions (section 4). An item has long texts, in one map and changed by
//! patches, and typed short fields.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::activity::Activity;
use super::choice::ItemKind;
use super::commitment::Commitment;
use super::contribution::Contribution;
use super::field::{Assignment, TextField};
use super::problem::Problem;
use super::solution::{DraftCommitment, Solution};
use crate::{Alias, ItemId, PersonId};

/// An item's short fields by kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Details {
    /// A problem's.
    Problem(Problem),
    /// A commitment's.
    Commitment(Commitment),
    /// An activity's.
    Activity(Activity),
    /// A solution's.
    Solution(Solution),
    /// A preliminary commitment's.
    DraftCommitment(DraftCommitment),
    /// A contribution, which has nothing else.
    Contribution(Contribution),
}

/// Something that people at the table wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its id.
    pub id: ItemId,
    /// Its number in frames.
    pub alias: Alias,
    /// Who added it; unknown to the public.
    pub author: Option<PersonId>,
    /// Whether it was deleted (it can be restored).
    pub removed: bool,
    /// Long texts; empty ones may be missing.
    pub texts: BTreeMap<TextField, String>,
    /// Short fields.
    pub details: Details,
    /// For each short field that was changed, its previous value: undoing the change is an ordinary
    /// assignment. Unknown to the public.
    pub replaced: Vec<Assignment>,
}

impl Details {
    pub(super) fn assign(&mut self, value: &Assignment) {
        match self {
            Self::Problem(problem) => problem.assign(value),
            Self::Commitment(commitment) => commitment.assign(value),
            Self::Activity(activity) => activity.assign(value),
            Self::Solution(solution) => solution.assign(value),
            Self::DraftCommitment(draft) => draft.assign(value),
            Self::Contribution(contribution) => contribution.assign(value),
        }
    }

    /// The value of the field that `like` sets; none for a switch, or when there is no such field.
    pub fn value(&self, like: &Assignment) -> Option<Assignment> {
        match self {
            Self::Problem(problem) => problem.value(like),
            Self::Commitment(commitment) => commitment.value(like),
            Self::Activity(activity) => activity.value(like),
            Self::Solution(solution) => solution.value(like),
            Self::DraftCommitment(draft) => draft.value(like),
            Self::Contribution(contribution) => contribution.value(like),
        }
    }

    /// The list with its parts of a kind; none when it can't have such parts.
    pub(crate) fn parts_mut(&mut self, kind: ItemKind) -> Option<&mut Vec<ItemId>> {
        match (self, kind) {
            (Self::Commitment(commitment), ItemKind::Activity) => Some(&mut commitment.activities),
            (Self::Problem(problem), ItemKind::Solution) => Some(&mut problem.solutions),
            (Self::Problem(problem), ItemKind::DraftCommitment) => Some(&mut problem.drafts),
            _ => None,
        }
    }
}

impl Item {
    /// Which kind it is.
    pub fn kind(&self) -> ItemKind {
        match self.details {
            Details::Problem(_) => ItemKind::Problem,
            Details::Commitment(_) => ItemKind::Commitment,
            Details::Activity(_) => ItemKind::Activity,
            Details::Solution(_) => ItemKind::Solution,
            Details::DraftCommitment(_) => ItemKind::DraftCommitment,
            Details::Contribution(_) => ItemKind::Contribution,
        }
    }

    /// A long text; empty when nothing was written.
    pub fn text(&self, field: TextField) -> &str {
        self.texts.get(&field).map_or("", String::as_str)
    }

    /// The item that it is a part of: an activity's commitment, the problem of a solution or
    /// preliminary commitment.
    pub fn parent(&self) -> Option<ItemId> {
        match &self.details {
            Details::Activity(activity) => Some(activity.commitment),
            Details::Solution(solution) => Some(solution.problem),
            Details::DraftCommitment(draft) => Some(draft.problem),
            Details::Problem(_) | Details::Commitment(_) | Details::Contribution(_) => None,
        }
    }

    /// The problem's short fields, if it is one.
    pub fn as_problem(&self) -> Option<&Problem> {
        if let Details::Problem(problem) = &self.details { Some(problem) } else { None }
    }

    /// The commitment's short fields, if it is one.
    pub fn as_commitment(&self) -> Option<&Commitment> {
        if let Details::Commitment(commitment) = &self.details { Some(commitment) } else { None }
    }

    /// The activity's short fields, if it is one.
    pub fn as_activity(&self) -> Option<&Activity> {
        if let Details::Activity(activity) = &self.details { Some(activity) } else { None }
    }

    /// The solution's short fields, if it is one.
    pub fn as_solution(&self) -> Option<&Solution> {
        if let Details::Solution(solution) = &self.details { Some(solution) } else { None }
    }

    /// The preliminary commitment's short fields, if it is one.
    pub fn as_draft_commitment(&self) -> Option<&DraftCommitment> {
        if let Details::DraftCommitment(draft) = &self.details { Some(draft) } else { None }
    }

    /// The contribution, if it is one.
    pub fn as_contribution(&self) -> Option<&Contribution> {
        if let Details::Contribution(contribution) = &self.details {
            Some(contribution)
        } else {
            None
        }
    }

    /// Keeps the present value of the field that `value` is about to set, if they differ. Switches
    /// (a linked problem, a component) have only one other value, and aren't kept.
    pub(super) fn remember(&mut self, value: &Assignment) {
        if let Some(old) = self.details.value(value).filter(|old| old != value) {
            self.replaced.retain(|other| !other.is_of_the_field_of(&old));
            self.replaced.push(old);
        }
    }

    /// The previous value of a short field; `like` is any assignment to that field.
    pub fn replaced(&self, like: &Assignment) -> Option<&Assignment> {
        self.replaced.iter().find(|value| value.is_of_the_field_of(like))
    }
}
