//! What is written and said at a mesa: state folded from its events. Items are shared until
//! changed.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::choice::{Feasibility, ItemKind, ProblemState};
use super::commitment::Commitment;
use super::item::Item;
use crate::ItemId;

/// What is written and said at a mesa.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Problems in order, deleted ones too.
    pub problems: Vec<ItemId>,
    /// Commitments in order, deleted ones too.
    pub commitments: Vec<ItemId>,
    /// Contributions in the order in which they were made, deleted and hidden ones too.
    pub contributions: Vec<ItemId>,
    /// Every item.
    pub items: BTreeMap<ItemId, Arc<Item>>,
}

impl State {
    /// An item, deleted or not.
    pub fn item(&self, id: ItemId) -> Option<&Arc<Item>> {
        self.items.get(&id)
    }

    /// Whether an item is visible: neither it nor the item that it is a part of was deleted.
    pub fn is_visible(&self, item: &Item) -> bool {
        !item.removed
            && item
                .parent()
                .is_none_or(|parent| self.item(parent).is_some_and(|parent| !parent.removed))
    }

    /// The ids of a list of items, in order, deleted ones too. Empty for an unknown parent.
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

    /// The visible items of a list, in order. The place in this order, from 1, is the item's
    /// number.
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

    /// The visible contributions, in the order in which they were made: those about `target`, or
    /// about the mesa as a whole. The facilitation's state has the hidden ones too, marked as such.
    pub fn contributions_to(&self, target: Option<ItemId>) -> impl Iterator<Item = &Arc<Item>> {
        self.visible(ItemKind::Contribution, None).filter(move |item| {
            item.as_contribution().is_some_and(|c| c.target == target && c.text.is_some())
        })
    }

    /// A problem, the one it was merged into, the one that was merged into, and so on, visible or
    /// not.
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
        // Older logs may have a circle of merges.
        while let Some(next) = chain.last().and_then(next).filter(|next| !chain.contains(next)) {
            chain.push(next);
        }
        chain
    }

    /// The problem that this one counts as: the one it was merged into, and so on, as long as those
    /// are visible. Itself when it wasn't merged.
    pub fn counts_for(&self, problem: ItemId) -> ItemId {
        let is_there = |id: &ItemId| {
            *id == problem || self.item(*id).is_some_and(|item| self.is_visible(item))
        };
        self.merges(problem).into_iter().take_while(is_there).last().unwrap_or(problem)
    }

    /// The problems that were merged into this one, directly or indirectly; each keeps its text and
    /// its author.
    pub fn merged_into(&self, problem: ItemId) -> impl Iterator<Item = &Arc<Item>> {
        self.visible(ItemKind::Problem, None)
            .filter(move |item| item.id != problem && self.counts_for(item.id) == problem)
    }

    /// The visible problems that a commitment answers, in the order in which they were linked, a
    /// merged one as the one that it counts as, each once.
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

    /// The visible commitments of which nobody has said whether they can be done, in order (section
    /// 2, fact 6). A confirmation names who gives it, reservations say which.
    pub fn unconfirmed(&self) -> impl Iterator<Item = &Arc<Item>> {
        self.visible(ItemKind::Commitment, None).filter(|item| {
            item.as_commitment().is_some_and(|commitment| match &commitment.feasibility {
                Feasibility::Pending => true,
                Feasibility::ConfirmedBy(text) | Feasibility::WithReservations(text) => {
                    text.is_empty()
                }
            })
        })
    }
}
