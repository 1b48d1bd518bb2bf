//! Letting people in and out, and who is there.

use super::attendance::{self, Attendee};
use super::{Command, Event, Rejection, ServerCommand, SignIn};
use crate::exercise::decide::fresh;
use crate::judge::{Judge, when};
use crate::permission::Action;
use crate::state::State;

/// What a command comes to.
pub(crate) fn decide(judge: &Judge<'_>, command: &Command) -> Result<Vec<Event>, crate::Rejection> {
    match command {
        Command::NoteAttendance { person, there } => {
            judge.require(Action::Conduct, None)?;
            attendance::note(judge.state, *person, *there, judge.context.now)
        }
    }
}

/// What the server's own command comes to.
pub(crate) fn register(state: &State, command: &ServerCommand) -> Result<Vec<Event>, crate::Rejection> {
    match command {
        ServerCommand::IssueLink { link, issued } => {
            if issued.grant.seat.is_some_and(|seat| state.actor_of(seat).is_none()) {
                return Err(Rejection::UnknownGrant.into());
            }
            fresh(state.registry.links.contains_key(link), Event::LinkIssued { link: *link, issued: issued.clone() })
        }
        ServerCommand::SignIn(sign_in) => let_in(state, sign_in),
        ServerCommand::SignOut { session, at } => {
            let open = state.registry.sessions.get(session).ok_or(Rejection::UnknownGrant)?;
            let stays = state.registry.sessions.iter().any(|(id, other)| id != session && other.person == open.person && !other.closed);
            let there = state.attendees.get(&open.person).is_some_and(Attendee::is_there);
            let mut events = when(!open.closed, Event::SessionClosed { session: *session });
            events.extend(when(!open.closed && !stays && there, Event::Left { person: open.person, at: *at }));
            Ok(events)
        }
        ServerCommand::Declare { person, mode, consent, at } => attendance::declare(state, *person, *mode, *consent, *at),
    }
}

fn let_in(state: &State, sign_in: &SignIn) -> Result<Vec<Event>, crate::Rejection> {
    let SignIn { session, opened, enrols, by_code, .. } = sign_in;
    if *by_code && !state.door_open {
        return Err(Rejection::DoorClosed.into());
    }
    if state.registry.sessions.contains_key(session) {
        return Err(crate::Rejection::IdTaken);
    }
    let mut events = Vec::new();
    match enrols {
        Some(record) => events.push(Event::PersonEnrolled { person: opened.person, record: *record }),
        None if state.registry.people.contains_key(&opened.person) => {}
        None => return Err(Rejection::UnknownGrant.into()),
    }
    events.push(Event::SessionOpened { session: *session, opened: opened.clone() });
    events.extend(attendance::come_in(state, sign_in));
    Ok(events)
}
