//! What the server itself enters: streams, actors, links, sessions.

use super::{together, when};
use crate::command::Registration;
use crate::event::Event;
use crate::rejection::Rejection;
use crate::state::State;

/// What the server's own entry comes to.
///
/// # Errors
/// [`Rejection`] when it doesn't fit: a door that is closed, a link that isn't known, an id in use.
pub fn register(state: &State, registration: &Registration) -> Result<Vec<Event>, Rejection> {
    match registration {
        Registration::OpenPlan(card) => fresh(state.plan.is_some() || state.mesa.is_some(), Event::PlanOpened(card.clone())),
        Registration::GatherMesa(mesa) => fresh(state.mesas.contains(mesa), Event::MesaGathered { mesa: *mesa }),
        Registration::OpenMesa(card) => fresh(state.plan.is_some() || state.mesa.is_some(), Event::MesaOpened(card.clone())),
        Registration::SeatActor(actor) => {
            let taken = state.actors.iter().any(|other| other.number == actor.number || other.id == actor.id);
            fresh(taken, Event::ActorSeated(actor.clone()))
        }
        Registration::SetJoinCode(code) => Ok(vec![Event::JoinCodeSet { code: code.clone() }]),
        Registration::IssueLink { link, issued } => {
            if issued.grant.seat.is_some_and(|seat| state.actor_of(seat).is_none()) {
                return Err(Rejection::UnknownGrant);
            }
            fresh(state.registry.links.contains_key(link), Event::LinkIssued { link: *link, issued: issued.clone() })
        }
        Registration::SignIn { session, opened, enrols, organisation, mode, by_code } => {
            if *by_code && !state.door_open {
                return Err(Rejection::DoorClosed);
            }
            if state.registry.sessions.contains_key(session) {
                return Err(Rejection::IdTaken);
            }
            let mut events = Vec::new();
            match enrols {
                Some(record) => events.push(Event::PersonEnrolled { person: opened.person, record: *record }),
                None if state.registry.people.contains_key(&opened.person) => {}
                None => return Err(Rejection::UnknownGrant),
            }
            events.push(Event::SessionOpened { session: *session, opened: opened.clone() });
            // One person on two devices is one attendance.
            if !state.attendees.contains_key(&opened.person) {
                events.push(Event::Arrived {
                    person: opened.person,
                    organisation: organisation.clone(),
                    seat: opened.grant.seat,
                    mode: *mode,
                });
            }
            Ok(events)
        }
        Registration::SignOut { session } => match state.registry.sessions.get(session) {
            Some(open) => Ok(when(!open.closed, Event::SessionClosed { session: *session })),
            None => Err(Rejection::UnknownGrant),
        },
        Registration::NoteStanding { standing, seq } => Ok(together::note_standing(state, standing, *seq)),
        Registration::TakeMove { mesa, number, to, at, .. } => Ok(together::take_move(state, *mesa, *number, *to, *at)),
        Registration::Follow { siblings, seq, last, taken } => Ok(together::follow(state, siblings, *seq, *last, *taken)),
    }
}

fn fresh(taken: bool, event: Event) -> Result<Vec<Event>, Rejection> {
    if taken { Err(Rejection::IdTaken) } else { Ok(vec![event]) }
}
