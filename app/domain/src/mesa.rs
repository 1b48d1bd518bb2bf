//! What is true of a mesa after its events: plain data, cheap to copy (items are shared until
//! changed).

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::conduct::late::{Late, Pause};
use crate::conduct::shown::Shown;
use crate::deliberation::choice::{ItemKind, ProblemState};
use crate::deliberation::finding::Override;
use crate::deliberation::item::{Commitment, Item};
use crate::exercise::card::{Actor, ExerciseCard, MesaCard};
use crate::exercise::standing::Standing;
use crate::people::attendance::Attendee;
use crate::permission::Phase;
use crate::{ActorNumber, Date, ItemId, MesaNumber, Millis, PersonId, SeatId};

/// A mesa's state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mesa {
    /// Its number in the exercise.
    pub number: MesaNumber,
    /// What is set before anyone sits down.
    pub card: Option<Arc<MesaCard>>,
    /// The phase.
    pub phase: Phase,
    /// Every change of phase, oldest first.
    pub phases: Vec<PhaseStart>,
    /// What is projected.
    pub shown: Shown,
    /// Whether people without a link may come in.
    pub door_open: bool,
    /// Who came.
    pub attendees: BTreeMap<PersonId, Attendee>,
    /// Problems in order, deleted ones too.
    pub problems: Vec<ItemId>,
    /// Commitments in order, deleted ones too.
    pub commitments: Vec<ItemId>,
    /// Contributions in the order in which they were made, deleted and hidden ones too.
    pub contributions: Vec<ItemId>,
    /// Checks that the facilitator let pass, with the reasons.
    pub overrides: Vec<Override>,
    /// Every item.
    pub items: BTreeMap<ItemId, Arc<Item>>,
    /// What came after its phase had closed and wasn't taken since; the facilitation's to see.
    pub late: Vec<Late>,
    /// How often it was asked for again.
    pub late_asks: u32,
    /// When the server did nothing, oldest first; the facilitation's to see.
    pub pauses: Vec<Pause>,
    /// The exercise's card, as the exercise has it.
    #[serde(skip)]
    pub exercise: Option<Arc<ExerciseCard>>,
    /// The organisations at the table, in order of their numbers, as the exercise has them.
    #[serde(skip)]
    pub actors: Vec<Arc<Actor>>,
    /// How the exercise's other mesas stand, in order of their numbers; follows from them.
    #[serde(skip)]
    pub siblings: Vec<Standing>,
}

/// When the mesa went to a phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhaseStart {
    /// The phase.
    pub phase: Phase,
    /// When, by the server's clock, ms since the epoch.
    pub at: Millis,
}

impl Mesa {
    /// An item, deleted or not.
    pub fn item(&self, id: ItemId) -> Option<&Arc<Item>> {
        self.items.get(&id)
    }

    /// Whether an item is there to be read: neither it nor the item it is a part of was deleted.
    pub fn is_visible(&self, item: &Item) -> bool {
        !item.removed
            && item
                .parent()
                .is_none_or(|parent| self.item(parent).is_some_and(|parent| !parent.removed))
    }

    /// The ids of the list that an item stands in, in order, deleted ones too. Empty for a part of
    /// nothing.
    pub fn list(&self, kind: ItemKind, parent: Option<ItemId>) -> &[ItemId] {
        let parent = parent.and_then(|id| self.item(id));
        match kind {
            ItemKind::Problem => &self.problems,
            ItemKind::Commitment => &self.commitments,
            ItemKind::Activity => parent
                .and_then(|item| item.as_commitment())
                .map_or(&[], |commitment| &commitment.activities),
            ItemKind::Solution => {
                parent.and_then(|item| item.as_problem()).map_or(&[], |problem| &problem.solutions)
            }
            ItemKind::DraftCommitment => {
                parent.and_then(|item| item.as_problem()).map_or(&[], |problem| &problem.drafts)
            }
            ItemKind::Contribution => &self.contributions,
        }
    }

    /// The items of a list that are there to be read, in order. The place in it, from 1, is the
    /// item's number.
    pub fn visible(
        &self,
        kind: ItemKind,
        parent: Option<ItemId>,
    ) -> impl Iterator<Item = &Arc<Item>> {
        self.list(kind, parent)
            .iter()
            .filter_map(|id| self.item(*id))
            .filter(|item| self.is_visible(item))
    }

    /// Number of an item in its list, from 1.
    pub fn number(&self, item: &Item) -> Option<usize> {
        self.visible(item.kind(), item.parent())
            .position(|other| other.id == item.id)
            .map(|place| place + 1)
    }

    /// The contributions that are there to be read, in the order in which they were made: those
    /// about `target`, or about the mesa as a whole. The facilitation's hold the hidden ones too,
    /// marked as such.
    pub fn contributions_to(&self, target: Option<ItemId>) -> impl Iterator<Item = &Arc<Item>> {
        self.visible(ItemKind::Contribution, None).filter(move |item| {
            item.as_contribution().is_some_and(|c| c.target == target && c.text.is_some())
        })
    }

    /// A problem, the one it was merged into, the one that was merged into, and so on, whether they
    /// are there or not.
    pub(crate) fn merges(&self, problem: ItemId) -> Vec<ItemId> {
        let mut chain = vec![problem];
        let next = |problem: &ItemId| match self
            .item(*problem)
            .and_then(|item| item.as_problem())
            .map(|problem| &problem.state)
        {
            Some(ProblemState::MergedInto(next)) => Some(*next),
            _ => None,
        };
        // Logs from before merging in a circle was refused may have one.
        while let Some(next) = chain.last().and_then(next).filter(|next| !chain.contains(next)) {
            chain.push(next);
        }
        chain
    }

    /// The problem that this one counts for: the one it was merged into, and so on, as far as that
    /// leads to problems that are there. Itself, when it wasn't merged.
    pub fn counts_for(&self, problem: ItemId) -> ItemId {
        let is_there = |id: &ItemId| {
            *id == problem || self.item(*id).is_some_and(|item| self.is_visible(item))
        };
        self.merges(problem).into_iter().take_while(is_there).last().unwrap_or(problem)
    }

    /// The problems that were merged into this one, directly or by way of another; each keeps its
    /// text and its author.
    pub fn merged_into(&self, problem: ItemId) -> impl Iterator<Item = &Arc<Item>> {
        self.visible(ItemKind::Problem, None)
            .filter(move |item| item.id != problem && self.counts_for(item.id) == problem)
    }

    /// The problems that a commitment answers, in the order in which they were linked: those that
    /// are there to be read, a merged one by what it was merged into, each once.
    pub fn problems_of(&self, commitment: &Commitment) -> impl Iterator<Item = &Arc<Item>> {
        let mut problems: Vec<ItemId> = Vec::new();
        for problem in &commitment.problems {
            let problem = self.counts_for(*problem);
            if !problems.contains(&problem) {
                problems.push(problem);
            }
        }
        problems.into_iter().filter_map(|id| self.item(id)).filter(|item| self.is_visible(item))
    }

    /// First and last day of the plan; without an exercise every day there is.
    pub fn plan_period(&self) -> (Date, Date) {
        self.exercise
            .as_ref()
            .map_or((Date::MIN, Date::MAX), |exercise| (exercise.starts, exercise.ends))
    }

    /// An actor by its number.
    pub fn actor(&self, number: ActorNumber) -> Option<&Arc<Actor>> {
        self.actors.iter().find(|actor| actor.number == number)
    }

    /// The actor that a seat belongs to.
    pub fn actor_of(&self, seat: SeatId) -> Option<&Arc<Actor>> {
        self.actors.iter().find(|actor| actor.seats.iter().any(|other| other.id == seat))
    }
}
