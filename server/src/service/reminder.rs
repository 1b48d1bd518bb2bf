//! Reminding by mail those of whom an answer about conformity or a signature is missing: a letter a
//! day for a person and a version, with a new link to their seat.

use app::page::reminder::{Missing, Reminders, Row};
use app::text::date::machine_date;
use domain::agreement::VersionNumber;
use domain::codes::Coded;
use domain::{Actor, ActorNumber, Exercise, MesaId, PersonId, Phase, SeatId, StreamId};
use store::{NewJob, NewPerson, StoreError};

use super::prepare::actors::person_in;
use crate::app_state::AppState;
use crate::clock;
use crate::mail::{self, REMINDER, ReminderJob, reminder_key};

/// What is asked for now, of which version.
pub fn asked_for(seen: &Exercise) -> Option<(Missing, VersionNumber)> {
    let phase = seen.plan_phase()?;
    if phase == Phase::Conformity {
        return seen.plan.open_question().map(|it| (Missing::Answer, it.version));
    }
    let round = seen.plan.round().filter(|round| phase > Phase::Conformity && round.is_open());
    round.map(|round| (Missing::Signature, round.version))
}

/// The organisations of which something is missing.
pub fn missing(seen: &Exercise, what: Missing) -> Vec<ActorNumber> {
    match what {
        Missing::Answer => seen.plan.missing().collect(),
        Missing::Signature => seen.plan.round().map(|it| it.open().collect()).unwrap_or_default(),
    }
}

/// Who acts for an organisation now, and in which seat; none: nobody is known.
pub fn acts(seen: &Exercise, actor: &Actor) -> Option<(SeatId, PersonId)> {
    let seat = actor.seats.iter().find(|seat| actor.acts_by(seat.id))?.id;
    Some((seat, person_in(seen, seat)?))
}

fn actor(seen: &Exercise, number: ActorNumber) -> Option<&Actor> {
    seen.actors.iter().map(AsRef::as_ref).find(|actor: &&Actor| actor.number == number)
}

/// Whether a person, in a seat, is still one of those who are missing.
pub fn is_missing(
    seen: &Exercise,
    what: Missing,
    version: VersionNumber,
    seat: SeatId,
    person: PersonId,
) -> bool {
    asked_for(seen) == Some((what, version))
        && missing(seen, what)
            .into_iter()
            .filter_map(|number| acts(seen, actor(seen, number)?))
            .any(|who| who == (seat, person))
}

/// The day by the exercise's clock.
fn day(seen: &Exercise) -> String {
    let zone = seen.card.as_deref().map_or("UTC", |card| card.time_zone.as_str());
    let today = clock::day_and_time(zone, clock::now()).map(|(day, _)| day);
    machine_date(today.unwrap_or_else(clock::today))
}

/// The page of a mesa's desk.
///
/// # Errors
/// [`StoreError`].
pub async fn page(
    state: &AppState,
    mesa: MesaId,
    seen: &Exercise,
    done: Option<usize>,
) -> Result<Reminders, StoreError> {
    let card = seen.card.as_deref();
    let zone = card.map_or("UTC", |card| card.time_zone.as_str());
    let asked = asked_for(seen);
    let mut rows = Vec::new();
    if let Some((what, version)) = asked {
        let jobs = state.store.jobs(mesa.exercise, REMINDER).await?;
        let day = day(seen);
        for (actor, who, record) in people(state, seen, what).await? {
            let job =
                who.and_then(|(_, person)| jobs.get(&reminder_key(what, version, person, &day)));
            rows.push(Row {
                organisation: actor.organisation.to_string(),
                has_mail: record.as_ref().is_some_and(|record| record.mail.is_some()),
                person: who.map(|(_, person)| {
                    (person, record.map(|record| record.name).unwrap_or_default())
                }),
                delivery: job.map(|job| mail::delivery(job, zone)),
            });
        }
    }
    Ok(Reminders {
        mesa,
        name: card.map(|card| card.name.to_string()).unwrap_or_default(),
        missing: asked,
        post: state.mail.post(&state.store, mesa.exercise, zone).await?,
        rows,
        done,
    })
}

type Missed<'a> = (&'a Actor, Option<(SeatId, PersonId)>, Option<NewPerson>);

/// The organisations of which something is missing, with who acts for them.
async fn people<'a>(
    state: &AppState,
    seen: &'a Exercise,
    what: Missing,
) -> Result<Vec<Missed<'a>>, StoreError> {
    let actors = missing(seen, what).into_iter().filter_map(|number| actor(seen, number));
    let found: Vec<_> = actors.map(|actor| (actor, acts(seen, actor))).collect();
    let ids: Vec<PersonId> = found.iter().filter_map(|(_, who)| Some((*who)?.1)).collect();
    let records = state.store.people(&ids).await?;
    let record = |person: PersonId| records.get(&person).cloned();
    Ok(found
        .into_iter()
        .map(|(actor, who)| (actor, who, who.and_then(|(_, person)| record(person))))
        .collect())
}

/// Asks for the letters: to one person, or to everybody who is missing. The result is how many are
/// new: whoever was written to today isn't written to again.
///
/// # Errors
/// [`StoreError`].
pub async fn ask(
    state: &AppState,
    stream: StreamId,
    seen: &Exercise,
    only: Option<PersonId>,
    by: PersonId,
) -> Result<usize, StoreError> {
    let Some((what, version)) = asked_for(seen) else { return Ok(0) };
    if state.mail.of(&state.store, stream).await?.is_none() {
        return Ok(0);
    }
    let (known, day) = (state.store.jobs(stream, REMINDER).await?, day(seen));
    let at = clock::now();
    let mut jobs: Vec<NewJob> = Vec::new();
    for (_, who, record) in people(state, seen, what).await? {
        let Some((seat, person)) = who else { continue };
        let wanted = only.is_none_or(|only| only == person);
        let key = reminder_key(what, version, person, &day);
        let has_mail = record.is_some_and(|record| record.mail.is_some());
        let new = !known.contains_key(&key) && !jobs.iter().any(|job| job.key == key);
        if wanted && has_mail && new {
            let data = ReminderJob { missing: what.code().to_owned(), version, seat, person, by };
            jobs.push(NewJob {
                id: clock::new_id(),
                key,
                kind: REMINDER.to_owned(),
                payload: serde_json::to_vec(&data).expect("ids always serialise"),
                due_at: at,
            });
        }
    }
    state.store.enqueue_jobs(stream, &jobs).await?;
    state.mail.wake();
    Ok(jobs.len())
}
