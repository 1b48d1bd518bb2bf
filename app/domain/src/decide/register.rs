//! What the server itself enters: streams, actors, links, sessions.

use super::{together, when};
use crate::command::{Registration, SignIn};
use crate::event::Event;
use crate::exercise::{LOGO_PLACES, NoticeText, PrivacyNotice};
use crate::people::attendance::{self, Attendee};
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
        Registration::SignIn(sign_in) => let_in(state, sign_in),
        Registration::SignOut { session, at } => {
            let open = state.registry.sessions.get(session).ok_or(Rejection::UnknownGrant)?;
            let stays = state.registry.sessions.iter().any(|(id, other)| id != session && other.person == open.person && !other.closed);
            let there = state.attendees.get(&open.person).is_some_and(Attendee::is_there);
            let mut events = when(!open.closed, Event::SessionClosed { session: *session });
            events.extend(when(!open.closed && !stays && there, Event::Left { person: open.person, at: *at }));
            Ok(events)
        }
        Registration::Declare { person, mode, consent, at } => attendance::declare(state, *person, *mode, *consent, *at),
        Registration::PublishNotice { short, full } => publish_notice(state, short, full),
        Registration::SetLogo { place, logo } => {
            if state.plan.is_none() || *place == 0 || *place > LOGO_PLACES {
                return Err(Rejection::UnknownValue);
            }
            let before = state.logos.get(place).and_then(Option::as_deref);
            Ok(when(before != logo.as_deref(), Event::LogoSet { place: *place, logo: logo.clone() }))
        }
        Registration::NoteStanding { standing, seq } => Ok(together::note_standing(state, standing, *seq)),
        Registration::TakeMove { mesa, number, to, at, .. } => Ok(together::take_move(state, *mesa, *number, *to, *at)),
        Registration::NotePause(pause) => {
            // Two nodes of one machine tell of the same.
            let known = state.pauses.iter().any(|other| other.from.max(pause.from) < other.to.min(pause.to));
            Ok(when(state.mesa.is_some() && !known, Event::StoodStill(*pause)))
        }
        Registration::Follow { siblings, seq, last, taken } => Ok(together::follow(state, siblings, *seq, *last, *taken)),
    }
}

fn let_in(state: &State, sign_in: &SignIn) -> Result<Vec<Event>, Rejection> {
    let SignIn { session, opened, enrols, by_code, .. } = sign_in;
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
    events.extend(attendance::come_in(state, sign_in));
    Ok(events)
}

fn publish_notice(state: &State, short: &NoticeText, full: &NoticeText) -> Result<Vec<Event>, Rejection> {
    if state.plan.is_none() {
        return Err(Rejection::UnknownValue);
    }
    let last = state.notices.last();
    let version = last.map_or(1, |last| last.version.saturating_add(1));
    let same = last.is_some_and(|last| last.short == *short && last.full == *full);
    let notice = PrivacyNotice { version, short: short.clone(), full: full.clone() };
    Ok(when(!same, Event::NoticePublished(Box::new(notice))))
}

fn fresh(taken: bool, event: Event) -> Result<Vec<Event>, Rejection> {
    if taken { Err(Rejection::IdTaken) } else { Ok(vec![event]) }
}
