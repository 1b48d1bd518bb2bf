//! Folding events about items into the state.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::activity::Activity;
use super::choice::ItemKind;
use super::commitment::Commitment;
use super::contribution::Contribution;
use super::field::{Assignment, TextField};
use super::item::{Details, Item};
use super::period::year_from;
use super::problem::Problem;
use super::solution::{DraftCommitment, Solution};
use super::{Event, State};
use crate::text::patch::Patch;
use crate::{Alias, Date, ItemId, PersonId};

impl State {
    /// The state after one more event; `plan` is the first and last day of the plan, if there is an
    /// exercise.
    pub(crate) fn apply(&mut self, event: &Event, plan: Option<(Date, Date)>) {
        match event {
            Event::ItemAdded { item, alias, kind, parent, author, .. } => {
                if let Some(details) = details_of_new(*kind, *parent, plan) {
                    self.add(*item, *alias, *author, details);
                }
            }
            Event::ItemRemoved { item } => self.change(*item, |item| item.removed = true),
            Event::ItemRestored { item } => self.change(*item, |item| item.removed = false),
            Event::ItemMoved { item, after } => self.reorder(*item, *after),
            Event::TextPatched { item, field, patch } => self.patch(*item, *field, patch),
            Event::Assigned { item, value } => self.change(*item, |item| {
                item.remember(value);
                item.details.assign(value);
            }),
            Event::Contributed { item, alias, target, kind, text, actor, author, at, .. } => {
                let text = Some(text.clone());
                let contribution = Contribution {
                    target: *target,
                    kind: *kind,
                    text,
                    actor: *actor,
                    at: *at,
                    ..Contribution::default()
                };
                self.add(*item, *alias, *author, Details::Contribution(contribution));
            }
            Event::HiddenSet { item, hidden } => self.change(*item, |item| {
                if let Details::Contribution(contribution) = &mut item.details {
                    contribution.hidden = *hidden;
                }
            }),
        }
    }

    /// Sets a short field without keeping its previous value, as the public gets it.
    pub(crate) fn assign(&mut self, item: ItemId, value: &Assignment) {
        self.change(item, |item| item.details.assign(value));
    }

    pub(crate) fn change(&mut self, id: ItemId, change: impl FnOnce(&mut Item)) {
        if let Some(item) = self.items.get_mut(&id) {
            change(Arc::make_mut(item));
        }
    }

    /// Changes a long text; what doesn't fit changes nothing.
    pub fn patch(&mut self, id: ItemId, field: TextField, patch: &Patch) {
        self.change(id, |item| {
            if let Ok(text) = patch.apply(item.text(field)) {
                item.texts.insert(field, text);
            }
        });
    }

    fn add(&mut self, id: ItemId, alias: Alias, author: Option<PersonId>, details: Details) {
        let item = Item {
            id,
            alias,
            author,
            removed: false,
            texts: BTreeMap::new(),
            details,
            replaced: Vec::new(),
        };
        self.list_mut(item.kind(), item.parent(), |list| list.push(id));
        self.items.insert(id, Arc::new(item));
    }

    fn reorder(&mut self, id: ItemId, after: Option<ItemId>) {
        let Some((kind, parent)) = self.items.get(&id).map(|item| (item.kind(), item.parent()))
        else {
            return;
        };
        self.list_mut(kind, parent, |list| {
            list.retain(|other| *other != id);
            let place = after
                .and_then(|after| list.iter().position(|other| *other == after))
                .map_or(0, |place| place + 1);
            list.insert(place, id);
        });
    }

    fn list_mut(
        &mut self,
        kind: ItemKind,
        parent: Option<ItemId>,
        change: impl FnOnce(&mut Vec<ItemId>),
    ) {
        match (kind, parent) {
            (ItemKind::Problem, _) => change(&mut self.problems),
            (ItemKind::Commitment, _) => change(&mut self.commitments),
            (ItemKind::Contribution, _) => change(&mut self.contributions),
            (ItemKind::Activity | ItemKind::Solution | ItemKind::DraftCommitment, Some(parent)) => {
                self.change(parent, |item| {
                    if let Some(list) = item.details.parts_mut(kind) {
                        change(list);
                    }
                })
            }
            (ItemKind::Activity | ItemKind::Solution | ItemKind::DraftCommitment, None) => {}
        }
    }
}

/// A new item's short fields; none for a kind that can't be added this way.
fn details_of_new(
    kind: ItemKind,
    parent: Option<ItemId>,
    plan: Option<(Date, Date)>,
) -> Option<Details> {
    Some(match kind {
        ItemKind::Problem => Details::Problem(Problem::default()),
        ItemKind::Commitment => {
            Details::Commitment(Commitment {
                starts: plan.map(|(starts, _)| starts),
                // The longest that a commitment may last.
                ends: plan.map(|(starts, ends)| ends.min(year_from(starts))),
                ..Commitment::default()
            })
        }
        ItemKind::Activity => Details::Activity(Activity::of(parent?)),
        ItemKind::Solution => Details::Solution(Solution::of(parent?)),
        ItemKind::DraftCommitment => Details::DraftCommitment(DraftCommitment::of(parent?)),
        ItemKind::Contribution => return None,
    })
}
