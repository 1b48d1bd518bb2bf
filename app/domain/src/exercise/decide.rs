//! Deciding the server's own commands about an exercise and its mesas.

use super::{Event, Exercise, LOGO_PLACES, NoticeText, PrivacyNotice, ServerCommand};
use crate::judge::when;
use crate::rejection::Rejection;

/// Decides the server's own command.
pub(crate) fn decide_server(
    exercise: &Exercise,
    command: &ServerCommand,
) -> Result<Vec<Event>, Rejection> {
    match command {
        ServerCommand::OpenExercise(card) => {
            fresh(exercise.card.is_some(), Event::ExerciseOpened(card.clone()))
        }
        ServerCommand::OpenMesa { mesa, card } => {
            if exercise.card.is_none() || mesa.0 == 0 {
                return Err(Rejection::UnknownValue);
            }
            fresh(
                exercise.mesas.contains_key(mesa),
                Event::MesaOpened { mesa: *mesa, card: card.clone() },
            )
        }
        ServerCommand::SeatActor(actor) => {
            let taken = exercise
                .actors
                .iter()
                .any(|other| other.number == actor.number || other.id == actor.id);
            fresh(taken, Event::ActorSeated(actor.clone()))
        }
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
    }
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
