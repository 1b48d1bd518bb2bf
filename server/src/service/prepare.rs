//! Preparing an exercise, and changing it while it runs. Every change is a command to the
//! exercise's room, with its author, in the log like all else.

pub mod actors;
pub mod archive;
pub mod cards;
pub mod editing;
pub mod import;
pub mod invitations;
pub mod links;
mod overview;
pub mod sections;
pub mod staff;

use app::page::prepare::{Part, Prepare};
use domain::{Exercise, PersonId, Rejection, ServerCommand, StreamId};
use store::NewPerson;

pub use overview::overview;

use crate::app_state::{AppState, Unexpected};
use crate::room::Request;

/// A page of the preparation.
pub fn page(stream: StreamId, seen: &Exercise, part: Part) -> Prepare {
    let card = seen.card.as_deref();
    let text = |text: Option<&domain::ShortText>| text.map(ToString::to_string).unwrap_or_default();
    let mesas = seen
        .mesas
        .iter()
        .map(|(number, mesa)| (*number, text(mesa.card.as_ref().map(|card| &card.theme))));
    Prepare {
        exercise: stream,
        name: text(card.map(|card| &card.name)),
        municipality: text(card.map(|card| &card.municipality)),
        mesas: mesas.collect(),
        sectors: card.map(|card| card.sectors.clone()).unwrap_or_default(),
        sample: card.is_some_and(|card| card.sample),
        saved: false,
        part,
    }
}

/// Enters commands of somebody who prepares, all or none.
///
/// # Errors
/// [`Unexpected`].
pub async fn enter(
    state: &AppState,
    stream: StreamId,
    by: PersonId,
    commands: Vec<ServerCommand>,
    people: Vec<NewPerson>,
) -> Result<Result<(), Rejection>, Unexpected> {
    if commands.is_empty() {
        return Ok(Ok(()));
    }
    let room = state.rooms.get(stream).await?;
    Ok(room.ask(|reply| Request::Enter { commands, people, by: Some(by), reply }).await?)
}

/// The time zone of an exercise.
fn zone(seen: &Exercise) -> &str {
    seen.card.as_deref().map_or("UTC", |card| card.time_zone.as_str())
}

/// When an id was made, by the clock of a zone: ids have their time in them (UUIDv7).
fn made_at(zone: &str, id: uuid::Uuid) -> Option<(domain::Date, (u8, u8))> {
    let (seconds, nanos) = id.get_timestamp()?.to_unix();
    let at = i64::try_from(seconds).ok()? * 1_000 + i64::from(nanos / 1_000_000);
    crate::clock::day_and_time(zone, at)
}
