//! What each audience sees of items and contributions.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::activity::Activity;
use super::commitment::Commitment;
use super::contribution::Contribution;
use super::field::Assignment;
use super::item::{Details, Item};
use super::problem::Problem;
use super::solution::{DraftCommitment, Solution};
use super::{Event, State};
use crate::audience::Audience;
use crate::mesa::Mesa;
use crate::projected::Projected;
use crate::{ItemId, ShortText};

/// An event as an audience gets it; `after` is the state after it.
pub(crate) fn project(event: &Event, after: &Mesa, audience: Audience) -> Projected {
    let public = audience == Audience::Public;
    let as_it_is = |event: &Event| Projected::Event(crate::Event::Deliberation(event.clone()));
    match event {
        // The public sees the post responsible for an activity, not the person's name.
        Event::Assigned { value: Assignment::ResponsiblePerson(_), .. } if public => {
            Projected::Hidden
        }
        Event::Assigned { item, .. }
            if after.item(*item).is_some_and(|item| is_withheld(item, audience)) =>
        {
            Projected::Hidden
        }
        Event::Assigned { item, value } if public => {
            Projected::Assigned { item: *item, value: value.clone() }
        }
        Event::Contributed { .. } | Event::ItemAdded { .. } if public => {
            let mut unsigned = event.clone();
            if let Event::Contributed { author, .. } | Event::ItemAdded { author, .. } =
                &mut unsigned
            {
                *author = None;
            }
            as_it_is(&unsigned)
        }
        Event::HiddenSet { item, .. } if audience != Audience::Facilitation => Projected::Revealed(
            after.item(*item).map(|item| seen_by(after, item, audience)).into_iter().collect(),
        ),
        Event::ItemRemoved { item } if public => Projected::Forgotten(*item),
        Event::ItemRestored { item } if public => {
            let restored: Vec<_> = after
                .deliberation
                .with_parts(*item)
                .filter_map(|id| after.item(id))
                .map(|item| seen_by(after, item, audience))
                .collect();
            Projected::Revealed(restored)
        }
        Event::ItemAdded { .. }
        | Event::ItemRemoved { .. }
        | Event::ItemRestored { .. }
        | Event::ItemMoved { .. }
        | Event::TextPatched { .. }
        | Event::Assigned { .. }
        | Event::Contributed { .. }
        | Event::HiddenSet { .. } => as_it_is(event),
    }
}

/// Whether the facilitation hid this item from this audience.
fn is_withheld(item: &Item, audience: Audience) -> bool {
    audience != Audience::Facilitation
        && item.as_contribution().is_some_and(|contribution| contribution.hidden)
}

/// An item as an audience may see it.
pub(crate) fn seen_by(state: &Mesa, item: &Arc<Item>, audience: Audience) -> Arc<Item> {
    let public = audience == Audience::Public;
    if is_withheld(item, audience) || public && !state.is_visible(item) {
        // Its author still finds it among their own, without the text, which only the facilitation
        // and the author's device have.
        let author = item.author.filter(|_| !public);
        return Arc::new(Item { author, ..emptied(item) });
    }
    if !public {
        return Arc::clone(item);
    }
    let mut seen = Item { author: None, replaced: Vec::new(), ..item.as_ref().clone() };
    if let Details::Activity(activity) = &mut seen.details {
        activity.responsible_person = ShortText::default();
    }
    Arc::new(seen)
}

/// What remains of an item that isn't visible: that it exists, its place, and the places of its
/// parts.
pub(crate) fn emptied(item: &Item) -> Item {
    let details = match &item.details {
        Details::Problem(problem) => {
            let (solutions, drafts) = (problem.solutions.clone(), problem.drafts.clone());
            Details::Problem(Problem { solutions, drafts, ..Problem::default() })
        }
        Details::Commitment(commitment) => Details::Commitment(Commitment {
            activities: commitment.activities.clone(),
            ..Commitment::default()
        }),
        Details::Activity(activity) => Details::Activity(Activity::of(activity.commitment)),
        Details::Solution(solution) => Details::Solution(Solution::of(solution.problem)),
        Details::DraftCommitment(draft) => {
            Details::DraftCommitment(DraftCommitment::of(draft.problem))
        }
        Details::Contribution(contribution) => Details::Contribution(Contribution {
            hidden: contribution.hidden,
            ..Contribution::default()
        }),
    };
    let (author, texts, replaced) = (None, BTreeMap::new(), Vec::new());
    Item { id: item.id, alias: item.alias, author, removed: item.removed, texts, details, replaced }
}

impl State {
    /// An item and its parts.
    pub(crate) fn with_parts(&self, item: ItemId) -> impl Iterator<Item = ItemId> + '_ {
        let parts: [&[ItemId]; 2] = match self.item(item).map(|item| &item.details) {
            Some(Details::Problem(problem)) => [&problem.solutions, &problem.drafts],
            Some(Details::Commitment(commitment)) => [&commitment.activities, &[]],
            Some(
                Details::Activity(_)
                | Details::Solution(_)
                | Details::DraftCommitment(_)
                | Details::Contribution(_),
            )
            | None => [&[], &[]],
        };
        std::iter::once(item).chain(parts.into_iter().flatten().copied())
    }
}
