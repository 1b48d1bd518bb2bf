//! What each audience gets to see. Filtered here, before anything is encoded: what an audience may not see is never in the
//! bytes sent to it.
//!
//! The promise, tested for any history: folding the projected events gives exactly the state projected as a whole.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::deliberation::contribution::Contribution;
use crate::deliberation::field::Assignment;
use crate::deliberation::item::{Activity, Commitment, Details, Item, Problem};
use crate::deliberation::solution::{DraftCommitment, Solution};
use crate::event::Event;
use crate::people::registry::Registry;
use crate::state::State;
use crate::{ItemId, ShortText};

/// For whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Audience {
    /// Facilitator, co-facilitator, rapporteur.
    Facilitation,
    /// Everyone else at the table.
    Seats,
    /// Followers and the projector.
    Public,
}

impl Audience {
    /// Every audience.
    pub const ALL: [Self; 3] = [Self::Facilitation, Self::Seats, Self::Public];

    /// The audience that a role belongs to.
    pub fn of(role: crate::Role) -> Self {
        match role {
            crate::Role::Facilitator | crate::Role::CoFacilitator | crate::Role::Rapporteur | crate::Role::Administrator => {
                Self::Facilitation
            }
            crate::Role::Actor | crate::Role::Participant => Self::Seats,
            crate::Role::Follower | crate::Role::Projector => Self::Public,
        }
    }
}

/// An event as an audience gets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Projected<I = ItemId> {
    /// Something happened that isn't for this audience.
    Hidden,
    /// It happened.
    Event(Event<I>),
    /// An item and what belongs to it are gone, texts included.
    Forgotten(I),
    /// Items are there (again), with all of them that is for this audience.
    Revealed(Vec<Arc<Item>>),
    /// A short field has another value; what stood there before isn't for this audience.
    Assigned {
        /// Of which item.
        item: I,
        /// The field and its value.
        value: Assignment<I>,
    },
}

impl<I> Projected<I> {
    /// Whether it takes from its audience what an earlier event gave it.
    pub fn withdraws(&self) -> bool {
        matches!(self, Self::Forgotten(_) | Self::Revealed(_))
    }

    /// The same with the items it names renamed.
    ///
    /// # Errors
    /// What `rename` gives for an item it doesn't know.
    pub fn try_map<J, E>(self, mut rename: impl FnMut(I) -> Result<J, E>) -> Result<Projected<J>, E> {
        Ok(match self {
            Self::Hidden => Projected::Hidden,
            Self::Event(event) => Projected::Event(event.try_map(&mut rename)?),
            Self::Forgotten(item) => Projected::Forgotten(rename(item)?),
            Self::Revealed(items) => Projected::Revealed(items),
            Self::Assigned { item, value } => Projected::Assigned { item: rename(item)?, value: value.try_map(rename)? },
        })
    }
}

/// What an audience gets of an event; `after` is the state that it led to.
pub fn project(event: &Event, after: &State, audience: Audience) -> Projected {
    let public = audience == Audience::Public;
    match event {
        Event::JoinCodeSet { .. }
        | Event::LinkIssued { .. }
        | Event::PersonEnrolled { .. }
        | Event::SessionOpened { .. }
        | Event::SessionClosed { .. }
        | Event::Redacted { .. } => Projected::Hidden,
        // Who came, when and how, and what they allowed: the facilitation keeps that list, nobody else.
        Event::Arrived { .. } | Event::Left { .. } | Event::NoticeAccepted { .. } | Event::NamePublicSet { .. }
            if audience != Audience::Facilitation =>
        {
            Projected::Hidden
        }
        // Whose text came late, and that the server stood still, is for the facilitation; that texts are asked for again is for
        // whoever may hold one.
        Event::CameLate(_) | Event::LateSettled { .. } | Event::StoodStill(_) if audience != Audience::Facilitation => Projected::Hidden,
        Event::LateAsked if public => Projected::Hidden,
        // The public reads the post that answers for an activity, not the person's name.
        Event::Assigned { value: Assignment::ResponsiblePerson(_), .. } if public => Projected::Hidden,
        Event::Assigned { item, .. } if after.item(*item).is_some_and(|item| is_withheld(item, audience)) => Projected::Hidden,
        Event::Assigned { item, value } if public => Projected::Assigned { item: *item, value: value.clone() },
        Event::Contributed { item, alias, target, kind, text, actor, at, .. } if public => {
            let (item, alias, target, kind, text) = (*item, *alias, *target, *kind, text.clone());
            Projected::Event(Event::Contributed { item, alias, target, kind, text, actor: *actor, author: None, at: *at })
        }
        Event::HiddenSet { item, .. } if audience != Audience::Facilitation => {
            Projected::Revealed(after.item(*item).map(|item| seen_by(after, item, audience)).into_iter().collect())
        }
        Event::ItemAdded { item, alias, kind, parent, .. } if public => {
            Projected::Event(Event::ItemAdded { item: *item, alias: *alias, kind: *kind, parent: *parent, author: None })
        }
        Event::ItemRemoved { item } if public => Projected::Forgotten(*item),
        Event::ItemRestored { item } if public => {
            let whole: Vec<_> =
                after.with_parts(*item).filter_map(|id| after.item(id)).map(|item| seen_by(after, item, audience)).collect();
            Projected::Revealed(whole)
        }
        Event::PlanOpened(_)
        | Event::MesaGathered { .. }
        | Event::MesaOpened(_)
        | Event::ActorSeated(_)
        | Event::Arrived { .. }
        | Event::Left { .. }
        | Event::NoticeAccepted { .. }
        | Event::NamePublicSet { .. }
        | Event::NoticePublished(_)
        | Event::LogoSet { .. }
        | Event::DoorSet { .. }
        | Event::PhaseChanged { .. }
        | Event::ShownChanged { .. }
        | Event::ItemAdded { .. }
        | Event::ItemRemoved { .. }
        | Event::ItemRestored { .. }
        | Event::ItemMoved { .. }
        | Event::TextPatched { .. }
        | Event::Assigned { .. }
        | Event::Contributed { .. }
        | Event::HiddenSet { .. }
        | Event::CheckOverridden { .. }
        | Event::OverrideWithdrawn { .. }
        | Event::MesaStood { .. }
        | Event::PlanMoved { .. }
        | Event::PlanStood { .. }
        | Event::CameLate(_)
        | Event::LateAsked
        | Event::LateSettled { .. }
        | Event::StoodStill(_) => Projected::Event(event.clone()),
    }
}

/// Whether an item is one that the facilitation hid from this audience.
fn is_withheld(item: &Item, audience: Audience) -> bool {
    audience != Audience::Facilitation && item.as_contribution().is_some_and(|contribution| contribution.hidden)
}

/// An item as an audience may see it.
fn seen_by(state: &State, item: &Arc<Item>, audience: Audience) -> Arc<Item> {
    let public = audience == Audience::Public;
    if is_withheld(item, audience) || public && !state.is_visible(item) {
        // Who wrote it still finds it among their own, without the text: that stays with the facilitation, and on their device.
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

/// What remains of an item that isn't shown: that there is one, its place, and the places of its parts.
fn emptied(item: &Item) -> Item {
    let details = match &item.details {
        Details::Problem(problem) => {
            let (solutions, drafts) = (problem.solutions.clone(), problem.drafts.clone());
            Details::Problem(Problem { solutions, drafts, ..Problem::default() })
        }
        Details::Commitment(commitment) => {
            Details::Commitment(Commitment { activities: commitment.activities.clone(), ..Commitment::default() })
        }
        Details::Activity(activity) => Details::Activity(Activity::of(activity.commitment)),
        Details::Solution(solution) => Details::Solution(Solution::of(solution.problem)),
        Details::DraftCommitment(draft) => Details::DraftCommitment(DraftCommitment::of(draft.problem)),
        Details::Contribution(contribution) => {
            Details::Contribution(Contribution { hidden: contribution.hidden, ..Contribution::default() })
        }
    };
    let (author, texts, replaced) = (None, BTreeMap::new(), Vec::new());
    Item { id: item.id, alias: item.alias, author, removed: item.removed, texts, details, replaced }
}

impl State {
    fn with_parts(&self, item: ItemId) -> impl Iterator<Item = ItemId> + '_ {
        let parts: [&[ItemId]; 2] = match self.item(item).map(|item| &item.details) {
            Some(Details::Problem(problem)) => [&problem.solutions, &problem.drafts],
            Some(Details::Commitment(commitment)) => [&commitment.activities, &[]],
            Some(Details::Activity(_) | Details::Solution(_) | Details::DraftCommitment(_) | Details::Contribution(_)) | None => [&[], &[]],
        };
        std::iter::once(item).chain(parts.into_iter().flatten().copied())
    }

    /// The state as an audience may see it: what a snapshot for it is made from.
    pub fn for_audience(&self, audience: Audience) -> Self {
        let mut seen = self.clone();
        seen.registry = Arc::new(Registry::default());
        if audience != Audience::Facilitation {
            seen.attendees.clear();
            seen.late.clear();
            seen.pauses.clear();
        }
        if audience == Audience::Public {
            seen.late_asks = 0;
        }
        for item in seen.items.values_mut() {
            *item = seen_by(self, item, audience);
        }
        seen
    }

    /// The state after one more projected event: what a replica does.
    pub fn apply_projected(&mut self, projected: &Projected) {
        match projected {
            Projected::Hidden => {}
            Projected::Event(event) => self.apply(event),
            Projected::Forgotten(item) => {
                self.change(*item, |item| item.removed = true);
                let gone: Vec<_> = self.with_parts(*item).collect();
                for id in gone {
                    self.change(id, |item| *item = emptied(item));
                }
            }
            Projected::Assigned { item, value } => self.assign(*item, value),
            Projected::Revealed(items) => {
                for item in items {
                    self.items.insert(item.id, Arc::clone(item));
                }
            }
        }
    }
}
