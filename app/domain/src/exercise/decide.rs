//! Deciding the server's own commands about an exercise and its mesas.

use std::sync::Arc;

use super::sector::is_possible;
use super::{
    Actor, Event, Exercise, ExerciseCard, LOGO_PLACES, NoticeText, PrivacyNotice, Seat, Sections,
    ServerCommand,
};
use crate::judge::when;
use crate::pack::NoticeRule;
use crate::permission::Role;
use crate::rejection::Rejection;

/// Decides the server's own command.
pub(crate) fn decide_server(
    exercise: &Exercise,
    command: &ServerCommand,
) -> Result<Vec<Event>, Rejection> {
    match command {
        ServerCommand::OpenExercise(card) => {
            if !is_possible(&card.sectors) || !can_be_kept(card) {
                return Err(Rejection::UnknownValue);
            }
            fresh(exercise.card.is_some(), Event::ExerciseDescribed(card.clone()))
        }
        ServerCommand::OpenMesa { mesa, card } => {
            if exercise.card.is_none() || mesa.0 == 0 {
                return Err(Rejection::UnknownValue);
            }
            fresh(
                exercise.mesas.contains_key(mesa),
                Event::MesaDescribed { mesa: *mesa, card: card.clone() },
            )
        }
        ServerCommand::SeatActor(actor) => {
            let taken = exercise
                .actors
                .iter()
                .any(|other| other.number == actor.number || other.id == actor.id);
            in_its_sector(exercise, actor)?;
            fresh(taken, Event::ActorDescribed(actor.clone()))
        }
        ServerCommand::AmendExercise(card) => amend_exercise(exercise, card),
        ServerCommand::AmendMesa { mesa, card } => {
            let before = exercise.mesa(*mesa).ok_or(Rejection::UnknownMesa)?;
            Ok(when(
                before.card.as_deref() != Some(card.as_ref()),
                Event::MesaDescribed { mesa: *mesa, card: card.clone() },
            ))
        }
        ServerCommand::AmendActor(actor) => amend_actor(exercise, actor),
        ServerCommand::PublishNotice { short, full } => publish_notice(exercise, short, full),
        ServerCommand::SetLogo { place, logo } => {
            if exercise.card.is_none() || *place == 0 || *place > LOGO_PLACES {
                return Err(Rejection::UnknownValue);
            }
            let before = exercise.logos.get(place).and_then(Option::as_deref);
            Ok(when(
                before != logo.as_deref(),
                Event::LogoSet { place: *place, logo: logo.clone() },
            ))
        }
        ServerCommand::WriteSections(sections) => write_sections(exercise, sections),
    }
}

/// An organisation that takes part has one of the exercise's sectors.
fn in_its_sector(exercise: &Exercise, actor: &Actor) -> Result<(), Rejection> {
    let named = exercise.card.as_ref().and_then(|card| card.sector_name(actor.sector));
    if named.is_some() || actor.withdrawn { Ok(()) } else { Err(Rejection::UnknownValue) }
}

fn amend_exercise(exercise: &Exercise, card: &ExerciseCard) -> Result<Vec<Event>, Rejection> {
    let before = exercise.card.as_deref().ok_or(Rejection::UnknownValue)?;
    // A sector goes when no organisation has it any more.
    let mut taking_part = exercise.actors.iter().filter(|actor| !actor.withdrawn);
    if !is_possible(&card.sectors)
        || !can_be_kept(card)
        || !taking_part.all(|actor| card.sector_name(actor.sector).is_some())
    {
        return Err(Rejection::UnknownValue);
    }
    if !card.agrees_on(before) {
        before_the_read_out(exercise)?;
    }
    Ok(when(card != before, Event::ExerciseDescribed(Box::new(card.clone()))))
}

fn can_be_kept(card: &ExerciseCard) -> bool {
    card.notice.is_none_or(NoticeRule::is_possible)
}

/// What is agreed on beforehand, and what is frozen, stays once the plan's read-out has begun.
fn before_the_read_out(exercise: &Exercise) -> Result<(), Rejection> {
    let mut phases = exercise.mesas.values().map(|mesa| mesa.conduct.phase);
    match phases.find(|phase| phase.is_of_the_plan()) {
        Some(phase) => Err(Rejection::NotAllowed { role: Role::Administrator, phase }),
        None => Ok(()),
    }
}

fn write_sections(exercise: &Exercise, sections: &Sections) -> Result<Vec<Event>, Rejection> {
    if exercise.card.is_none() || !sections.is_possible() {
        return Err(Rejection::UnknownValue);
    }
    if exercise.sections.as_ref() == sections {
        return Ok(Vec::new());
    }
    before_the_read_out(exercise)?;
    Ok(vec![Event::SectionsWritten(Box::new(sections.clone()))])
}

fn amend_actor(exercise: &Exercise, actor: &Actor) -> Result<Vec<Event>, Rejection> {
    let same = |other: &&Arc<Actor>| other.id == actor.id && other.number == actor.number;
    let before = exercise.actors.iter().find(same).ok_or(Rejection::UnknownValue)?;
    let keeps_its_seats = before.seats.iter().all(|seat| actor.seats.contains(seat));
    let once = |seat: &Seat| actor.seats.iter().filter(|other| other.id == seat.id).count() == 1;
    let free = |seat: &Seat| {
        exercise.actor_of(seat.id).is_none_or(|owner| owner.id == actor.id) && once(seat)
    };
    let own = |acting| actor.seats.iter().any(|seat| seat.id == acting);
    let acts = actor.acting.is_none_or(own);
    in_its_sector(exercise, actor)?;
    if !keeps_its_seats || !actor.seats.iter().all(free) || !acts {
        return Err(Rejection::UnknownValue);
    }
    Ok(when(before.as_ref() != actor, Event::ActorDescribed(Box::new(actor.clone()))))
}

fn publish_notice(
    exercise: &Exercise,
    short: &NoticeText,
    full: &NoticeText,
) -> Result<Vec<Event>, Rejection> {
    if exercise.card.is_none() {
        return Err(Rejection::UnknownValue);
    }
    let last = exercise.notices.last();
    let version = last.map_or(1, |last| last.version.saturating_add(1));
    let same = last.is_some_and(|last| last.short == *short && last.full == *full);
    let notice = PrivacyNotice { version, short: short.clone(), full: full.clone() };
    Ok(when(!same, Event::NoticePublished(Box::new(notice))))
}

/// The event, or a rejection when the id is taken.
pub(crate) fn fresh<E>(taken: bool, event: E) -> Result<Vec<E>, Rejection> {
    if taken { Err(Rejection::IdTaken) } else { Ok(vec![event]) }
}
