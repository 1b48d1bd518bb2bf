//! Deciding commands about people.

use std::collections::BTreeSet;

use super::attendance::Attendee;
use super::coming;
use super::merging;
use super::record;
use super::registry::{AskedInvitation, Grant, LinkEnd, Session};
use super::{Command, Event, Rejection, ServerCommand, SignIn};
use crate::audience::Audience;
use crate::exercise::Exercise;
use crate::exercise::decide::fresh;
use crate::judge::{Judge, when};
use crate::mesa::Mesa;
use crate::permission::Action;
use crate::{Digest, Millis, PersonId, SeatId, SessionId};

/// Decides a person's command.
pub(crate) fn decide(judge: &Judge<'_>, command: &Command) -> Result<Vec<Event>, crate::Rejection> {
    match command {
        Command::NoteAttendance { person, there } => {
            judge.require(Action::Conduct, None)?;
            coming::note(judge.mesa, *person, *there, judge.context.now)
        }
        Command::Merge { person, with } => {
            judge.require(Action::Conduct, None)?;
            merging::merge(judge.mesa, *person, *with)
        }
        Command::Part { person } => {
            judge.require(Action::Conduct, None)?;
            merging::part(judge.mesa, *person)
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
            let open = exercise.registry.sessions.get(session).ok_or(Rejection::UnknownGrant)?;
            Ok(if open.closed { Vec::new() } else { sign_out(exercise, &[*session], *at) })
        }
        ServerCommand::EndLink { link, ended } => {
            let known = exercise.registry.links.get(link).ok_or(Rejection::UnknownGrant)?;
            Ok(when(known.ended.is_none(), Event::LinkEnded { link: *link, ended: *ended }))
        }
        ServerCommand::UseLink { link, at } => {
            let known = exercise.registry.links.get(link).ok_or(Rejection::UnknownGrant)?;
            if known.ended.is_some() || known.expires.is_some_and(|expires| expires <= *at) {
                return Err(Rejection::UnknownGrant.into());
            }
            let ended = LinkEnd { at: *at, replaced: false };
            Ok(vec![Event::LinkEnded { link: *link, ended }])
        }
        ServerCommand::Invite { seat, person, enrols, at } => {
            invite(exercise, *seat, *person, *enrols, *at)
        }
        ServerCommand::AskInvitation { seat, at } => ask_invitation(exercise, *seat, *at),
        ServerCommand::Vacate { seat, at } => Ok(vacate(exercise, *seat, None, *at)),
        ServerCommand::AmendPerson { person, record } => {
            let before = exercise.registry.people.get(person).ok_or(Rejection::UnknownGrant)?;
            Ok(when(before != record, Event::PersonEnrolled { person: *person, record: *record }))
        }
        ServerCommand::GiveRole { person, enrols, grant, at } => {
            let role = grant.map(|grant| grant.role);
            let known = |mesa| exercise.mesas.contains_key(&mesa);
            if role.is_some_and(|role| Audience::of(role) != Audience::Facilitation)
                || !grant.and_then(|grant| grant.mesa).is_none_or(known)
            {
                return Err(Rejection::UnknownGrant.into());
            }
            let mut events = enrolled(exercise, *person, *enrols)?;
            if role_of(exercise, *person) == *grant {
                return Ok(events);
            }
            events.push(Event::RoleGiven { person: *person, grant: *grant });
            if grant.is_none() {
                let leads =
                    |session: &Session| Audience::of(session.grant.role) == Audience::Facilitation;
                let theirs = exercise.registry.sessions_of(*person);
                let closing: Vec<_> =
                    theirs.filter(|(_, session)| leads(session)).map(|(id, _)| id).collect();
                events.extend(sign_out(exercise, &closing, *at));
            }
            Ok(events)
        }
        ServerCommand::OpenSession { session, opened } => {
            if role_of(exercise, opened.person) != Some(opened.grant) {
                return Err(Rejection::UnknownGrant.into());
            }
            fresh(
                exercise.registry.sessions.contains_key(session),
                Event::SessionOpened { session: *session, opened: opened.clone() },
            )
        }
        ServerCommand::Remove { person, at } => Ok(remove(exercise, *person, *at)),
        ServerCommand::LetFollowersIn { open } => Ok(when(
            exercise.registry.closed_to_followers == *open,
            Event::FollowersLetIn { open: *open },
        )),
        ServerCommand::Anonymise { person, record, at } => {
            record::anonymise(exercise, *person, *record, *at)
        }
        ServerCommand::Correct { mesa, person, record, organisation, at } => {
            record::correct(exercise, *mesa, *person, *record, organisation, *at)
        }
        ServerCommand::Declare { mesa, person, mode, consent, at } => {
            let mesa = exercise.mesa(*mesa).ok_or(Rejection::UnknownGrant)?;
            coming::declare(mesa, *person, *mode, *consent, *at)
        }
    }
}

fn role_of(exercise: &Exercise, person: PersonId) -> Option<Grant> {
    exercise.registry.staff.get(&person).copied().flatten()
}

/// Closes sessions; who has no other one at a mesa leaves it.
fn sign_out(exercise: &Exercise, closing: &[SessionId], at: Millis) -> Vec<Event> {
    let registry = &exercise.registry;
    let mut events: Vec<_> =
        closing.iter().map(|session| Event::SessionClosed { session: *session }).collect();
    let people: BTreeSet<PersonId> = closing
        .iter()
        .filter_map(|session| registry.sessions.get(session))
        .map(|session| session.person)
        .collect();
    for person in people {
        let stays = |mesa: &Mesa| {
            registry
                .sessions_of(person)
                .any(|(id, other)| !closing.contains(&id) && other.grant.is_for(mesa.number))
        };
        let came = |mesa: &Mesa| {
            let theirs = |session| registry.sessions.get(session);
            closing
                .iter()
                .filter_map(theirs)
                .any(|closed| closed.person == person && closed.grant.is_for(mesa.number))
        };
        let there =
            |mesa: &Mesa| mesa.people.attendees.get(&person).is_some_and(Attendee::is_there);
        let left = exercise.mesas.values().filter(|mesa| there(mesa) && came(mesa) && !stays(mesa));
        events.extend(left.map(|mesa| Event::Left { mesa: mesa.number, person, at }));
    }
    events
}

/// The event that stores a new person's record; a person without one has to be known.
fn enrolled(
    exercise: &Exercise,
    person: PersonId,
    enrols: Option<Digest>,
) -> Result<Vec<Event>, crate::Rejection> {
    match enrols {
        Some(record) => Ok(vec![Event::PersonEnrolled { person, record }]),
        None if exercise.registry.people.contains_key(&person) => Ok(Vec::new()),
        None => Err(Rejection::UnknownGrant.into()),
    }
}

fn invite(
    exercise: &Exercise,
    seat: SeatId,
    person: Option<PersonId>,
    enrols: Option<Digest>,
    at: Millis,
) -> Result<Vec<Event>, crate::Rejection> {
    if exercise.actor_of(seat).is_none() {
        return Err(Rejection::UnknownGrant.into());
    }
    let mut events = match person {
        Some(person) => enrolled(exercise, person, enrols)?,
        None => Vec::new(),
    };
    let registry = &exercise.registry;
    let before = registry.invited.get(&seat).copied();
    if before == person {
        return Ok(events);
    }
    events.push(Event::Invited { seat, person });
    events.extend(vacate(exercise, seat, person, at));
    Ok(events)
}

fn ask_invitation(
    exercise: &Exercise,
    seat: SeatId,
    at: Millis,
) -> Result<Vec<Event>, crate::Rejection> {
    let registry = &exercise.registry;
    let person = *registry.invited.get(&seat).ok_or(Rejection::UnknownGrant)?;
    let record = *registry.people.get(&person).ok_or(Rejection::UnknownGrant)?;
    let same = |known: &AskedInvitation| (known.person, known.record) == (person, record);
    let asked = AskedInvitation { person, record, at };
    let known = registry.asked.get(&seat).is_some_and(same);
    Ok(when(!known, Event::InvitationAsked { seat, asked }))
}

/// Ends a seat's links, and the sessions in it of all but one person.
fn vacate(exercise: &Exercise, seat: SeatId, except: Option<PersonId>, at: Millis) -> Vec<Event> {
    let registry = &exercise.registry;
    let ended = LinkEnd { at, replaced: false };
    let mut events: Vec<_> =
        registry.links_of(seat).map(|(link, _)| Event::LinkEnded { link, ended }).collect();
    let sessions: Vec<_> = registry
        .sessions
        .iter()
        .filter(|(_, session)| {
            !session.closed && session.grant.seat == Some(seat) && Some(session.person) != except
        })
        .map(|(id, _)| *id)
        .collect();
    events.extend(sign_out(exercise, &sessions, at));
    events
}

pub(super) fn remove(exercise: &Exercise, person: PersonId, at: Millis) -> Vec<Event> {
    let registry = &exercise.registry;
    let mut events = Vec::new();
    if role_of(exercise, person).is_some() {
        events.push(Event::RoleGiven { person, grant: None });
    }
    // The seats that they were invited to, and those in which they sit.
    let mut seats: BTreeSet<SeatId> =
        registry.sessions_of(person).filter_map(|(_, session)| session.grant.seat).collect();
    for (seat, _) in registry.invited.iter().filter(|(_, invited)| **invited == person) {
        events.push(Event::Invited { seat: *seat, person: None });
        seats.insert(*seat);
    }
    let ended = LinkEnd { at, replaced: false };
    let links = seats.into_iter().flat_map(|seat| registry.links_of(seat));
    events.extend(links.map(|(link, _)| Event::LinkEnded { link, ended }));
    let sessions: Vec<_> = registry.sessions_of(person).map(|(id, _)| id).collect();
    events.extend(sign_out(exercise, &sessions, at));
    events
}

fn let_in(exercise: &Exercise, sign_in: &SignIn) -> Result<Vec<Event>, crate::Rejection> {
    let SignIn { mesa, session, opened, enrols, by_code, link, .. } = sign_in;
    let mesa = exercise.mesa(*mesa).ok_or(Rejection::UnknownGrant)?;
    if *by_code && !mesa.conduct.door_open {
        return Err(Rejection::DoorClosed.into());
    }
    if exercise.registry.sessions.contains_key(session) {
        return Err(crate::Rejection::IdTaken);
    }
    // Since the door was shown the link may have ended, and the seat may be another person's.
    let ended = |link| exercise.registry.links.get(&link).is_none_or(|link| link.ended.is_some());
    if link.is_some_and(ended) {
        return Err(Rejection::UnknownGrant.into());
    }
    let invited = opened.grant.seat.and_then(|seat| exercise.registry.invited.get(&seat));
    if invited.is_some_and(|invited| *invited != opened.person) {
        return Err(Rejection::UnknownGrant.into());
    }
    let mut events = enrolled(exercise, opened.person, *enrols)?;
    events.push(Event::SessionOpened { session: *session, opened: opened.clone() });
    events.extend(coming::come_in(mesa, sign_in));
    Ok(events)
}
