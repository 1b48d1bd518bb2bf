//! Problems with their solutions and preliminary commitments, commitments with their activities,
//! contributions (section 4). What an item *says* are long texts, kept in one map and changed by
//! patches; what it *is* are typed short fields.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::deliberation::choice::{
    Category, Component, Feasibility, ItemKind, Origin, Party, ProblemState,
};
use crate::deliberation::contribution::Contribution;
use crate::deliberation::field::{Assignment, TextField};
use crate::deliberation::solution::{DraftCommitment, Solution};
use crate::{Alias, Date, ItemId, PersonId, ShortText};

/// A problem's short fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Where it comes from.
    pub origin: Option<Origin>,
    /// Where the evidence can be found.
    pub evidence_source: ShortText,
    /// How far it has come.
    pub state: ProblemState,
    /// Its solutions, in order, removed ones too.
    pub solutions: Vec<ItemId>,
    /// Its preliminary commitments, in order, removed ones too.
    pub drafts: Vec<ItemId>,
}

/// How fulfilment is measured; what is measured is the long text [`TextField::Indicator`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// In what unit.
    pub unit: ShortText,
    /// Where it stands now.
    pub baseline: ShortText,
    /// Where it should stand.
    pub target: ShortText,
    /// How often it is measured.
    pub period: ShortText,
}

/// A commitment's short fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// Its category.
    pub category: Option<Category>,
    /// The problems that it answers, in the order in which they were linked.
    pub problems: Vec<ItemId>,
    /// Axis of the reference plan, when aligned.
    pub axis: Option<u8>,
    /// How it is measured.
    pub indicator: Indicator,
    /// Open-government components.
    pub components: BTreeSet<Component>,
    /// Lead institution.
    pub lead: Party,
    /// Civil counterpart.
    pub counterpart: Party,
    /// First day.
    pub starts: Option<Date>,
    /// Last day, inclusive: at most twelve months less a day after the first.
    pub ends: Option<Date>,
    /// Whether it can be done.
    pub feasibility: Feasibility,
    /// Sustainable Development Goal, 1 to 17.
    pub sdg: Option<u8>,
    /// Its activities, in order, removed ones too.
    pub activities: Vec<ItemId>,
}

/// An activity's short fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// The commitment it belongs to.
    pub commitment: ItemId,
    /// Lead institution.
    pub lead: Party,
    /// Post of who is responsible.
    pub responsible_post: ShortText,
    /// Name of who is responsible.
    pub responsible_person: ShortText,
    /// Who answers with them.
    pub co_responsible: ShortText,
    /// First day.
    pub starts: Option<Date>,
    /// Due date.
    pub due: Option<Date>,
}

/// An item's short fields by kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Details {
    /// Of a problem.
    Problem(Problem),
    /// Of a commitment.
    Commitment(Commitment),
    /// Of an activity.
    Activity(Activity),
    /// Of a solution.
    Solution(Solution),
    /// Of a preliminary commitment.
    DraftCommitment(DraftCommitment),
    /// A contribution as a whole.
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
    /// Long texts; what isn't there is empty.
    pub texts: BTreeMap<TextField, String>,
    /// Short fields.
    pub details: Details,
    /// Of each short field that was changed, the value before the last change: setting it back is
    /// an ordinary assignment. Unknown to the public.
    pub replaced: Vec<Assignment>,
}

impl Activity {
    /// A new one.
    pub fn of(commitment: ItemId) -> Self {
        Self {
            commitment,
            lead: Party::Unnamed,
            responsible_post: ShortText::default(),
            responsible_person: ShortText::default(),
            co_responsible: ShortText::default(),
            starts: None,
            due: None,
        }
    }
}

impl Details {
    /// The list in which parts of a kind stand; none when it has no such parts.
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

    /// What stood in a short field before its present value; `like` is any assignment to that
    /// field.
    pub fn replaced(&self, like: &Assignment) -> Option<&Assignment> {
        self.replaced.iter().find(|value| value.is_of_the_field_of(like))
    }
}
