//! Deciding commands about people.

use super::attendance::Attendee;
use super::coming;
use super::{Command, Event, Rejection, ServerCommand, SignIn};
use crate::exercise::Exercise;
use crate::exercise::decide::fresh;
use crate::judge::Judge;
use crate::mesa::Mesa;
use crate::permission::Action;

/// Decides a person's command.
pub(crate) fn decide(judge: &Judge<'_>, command: &Command) -> Result<Vec<Event>, crate::Rejection> {
    match command {
        Command::NoteAttendance { person, there } => {
            judge.require(Action::Conduct, None)?;
            coming::note(judge.mesa, *person, *there, judge.context.now)
        }
    }
}

/// Decides the server's own command.
pub(crate) fn decide_server(
    exercise: &Exercise,
    command: &ServerCommand,
) -> Result<Vec<Event>, crate::Rejection> {
    match command {
        ServerCommand::IssueLink { link, issued } => {
            let known = |mesa| exercise.mesas.contains_key(&mesa);
            if issued.grant.seat.is_some_and(|seat| exercise.actor_of(seat).is_none())
                || !issued.grant.mesa.is_none_or(known)
            {
                return Err(Rejection::UnknownGrant.into());
            }
            fresh(
                exercise.registry.links.contains_key(link),
                Event::LinkIssued { link: *link, issued: issued.clone() },
            )
        }
        ServerCommand::SignIn(sign_in) => let_in(exercise, sign_in),
        ServerCommand::SignOut { session, at } => {
            let sessions = &exercise.registry.sessions;
            let open = sessions.get(session).ok_or(Rejection::UnknownGrant)?;
            if open.closed {
                return Ok(Vec::new());
            }
            let others = || {
                sessions.iter().filter(|(id, other)| {
                    *id != session && other.person == open.person && !other.closed
                })
            };
            let stays = |mesa: &Mesa| others().any(|(_, other)| other.grant.is_for(mesa.number));
            let there = |mesa: &Mesa| {
                mesa.people.attendees.get(&open.person).is_some_and(Attendee::is_there)
            };
            let left = exercise
                .mesas
                .values()
                .filter(|mesa| there(mesa) && open.grant.is_for(mesa.number) && !stays(mesa));
            let left =
                left.map(|mesa| Event::Left { mesa: mesa.number, person: open.person, at: *at });
            Ok(std::iter::once(Event::SessionClosed { session: *session }).chain(left).collect())
        }
        ServerCommand::Declare { mesa, person, mode, consent, at } => {
            let mesa = exercise.mesa(*mesa).ok_or(Rejection::UnknownGrant)?;
            coming::declare(mesa, *person, *mode, *consent, *at)
        }
    }
}

fn let_in(exercise: &Exercise, sign_in: &SignIn) -> Result<Vec<Event>, crate::Rejection> {
    let SignIn { mesa, session, opened, enrols, by_code, .. } = sign_in;
    let mesa = exercise.mesa(*mesa).ok_or(Rejection::UnknownGrant)?;
    if *by_code && !mesa.conduct.door_open {
        return Err(Rejection::DoorClosed.into());
    }
    if exercise.registry.sessions.contains_key(session) {
        return Err(crate::Rejection::IdTaken);
    }
    let mut events = Vec::new();
    match enrols {
        Some(record) => {
            events.push(Event::PersonEnrolled { person: opened.person, record: *record })
        }
        None if exercise.registry.people.contains_key(&opened.person) => {}
        None => return Err(Rejection::UnknownGrant.into()),
    }
    events.push(Event::SessionOpened { session: *session, opened: opened.clone() });
    events.extend(coming::come_in(mesa, sign_in));
    Ok(events)
}
