//! Who is missing: organisations with nobody here, those that have contributed nothing while each
//! is asked to (C2), unanswered contributions (C3), and devices that can't be reached before
//! writing ends.

use std::sync::Arc;

use crate::deliberation::choice::ItemKind;
use crate::deliberation::choice::ResponseStatus;
use crate::deliberation::item::Item;
use crate::exercise::Actor;
use crate::mesa::Mesa;
use crate::people::attendance::Attendee;
use crate::permission::Phase;
use crate::{ActorNumber, PersonId};

/// Why an organisation is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Missed {
    /// Nobody came in one of its seats.
    NotArrived,
    /// Somebody came in, but none of them is connected now.
    NotConnected,
    /// It is here and has contributed nothing, in a phase in which each organisation is asked to.
    NotHeard,
}

impl Missed {
    /// Every reason.
    pub const ALL: [Self; 3] = [Self::NotArrived, Self::NotConnected, Self::NotHeard];
}

/// The missing organisations, in order of their numbers, each with one reason. `is_here` says who
/// is connected.
pub fn missed(state: &Mesa, is_here: impl Fn(PersonId) -> bool) -> Vec<(&Arc<Actor>, Missed)> {
    let why = |actor: &Arc<Actor>| {
        let mut came = state
            .people
            .attendees
            .iter()
            .filter(|(_, attendee)| {
                attendee.seat.is_some_and(|seat| actor.seats.iter().any(|other| other.id == seat))
            })
            .peekable();
        if came.peek().is_none() {
            Some(Missed::NotArrived)
        } else if !came.any(|(person, _)| state.people.entries_of(*person).any(&is_here)) {
            Some(Missed::NotConnected)
        } else if state.conduct.phase == Phase::Analysis && !has_contributed(state, actor.number) {
            Some(Missed::NotHeard)
        } else {
            None
        }
    };
    state.actors.iter().filter_map(|actor| Some((actor, why(actor)?))).collect()
}

/// Unreachable devices, for whoever is about to end the writing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unreached {
    /// Who came in, hasn't left, and has no connected device, in order of their ids.
    pub people: Vec<PersonId>,
    /// How many have left and aren't connected: they signed off, but may still have unsent texts.
    pub left: usize,
}

/// Finds unreachable devices. `is_here` says who is connected.
pub fn unreached(state: &Mesa, is_here: impl Fn(PersonId) -> bool) -> Unreached {
    let away = state.people.attendees.iter().filter(|(person, _)| !is_here(**person));
    let (people, left): (Vec<_>, Vec<_>) =
        away.partition(|(_, attendee)| Attendee::is_there(attendee));
    Unreached { people: people.into_iter().map(|(person, _)| *person).collect(), left: left.len() }
}

fn has_contributed(state: &Mesa, actor: ActorNumber) -> bool {
    state
        .visible(ItemKind::Contribution, None)
        .any(|item| item.as_contribution().is_some_and(|said| said.actor == Some(actor)))
}

/// Contributions without an answer, in the order in which they were made; hidden ones excluded.
pub fn unanswered(state: &Mesa) -> impl Iterator<Item = &Arc<Item>> {
    state.visible(ItemKind::Contribution, None).filter(|item| {
        item.as_contribution().is_some_and(|said| {
            said.text.is_some() && !said.hidden && said.response.status == ResponseStatus::Pending
        })
    })
}
