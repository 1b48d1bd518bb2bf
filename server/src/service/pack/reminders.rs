//! Reminding by mail of the pack, without anybody asking for it: two days before it is due who is to send
//! something, when it is due and three days before the mesa who hasn't opened all of it. Nobody is
//! reminded of what is over a day old: a server that was off doesn't write to a town about last week.

use std::collections::BTreeSet;

use app::page::mail::Delivery;
use app::page::pack::About;
use domain::codes::Coded;
use domain::pack::{DayKind, NoticeRule, Sender};
use domain::{Actor, Exercise, Mesa, MesaNumber, Millis, PersonId, Phase, StreamId};
use store::{NewJob, StoreError};

use super::{actors, due, reader};
use crate::app_state::{AppState, Unexpected};
use crate::clock;
use crate::mail::{self, PACK, PackJob, pack_key};
use crate::service::reminder::acts;

const DAY: Millis = 24 * 60 * 60 * 1_000;
/// How long before the pack is due its senders are reminded, ms.
const BEFORE: Millis = 2 * DAY;
/// How many days before the mesa those who read are reminded for the last time.
const SOON: NoticeRule = NoticeRule { days: 3, kind: DayKind::Calendar };

/// When who is reminded of what of a mesa's pack, in order; nothing once the mesa began.
pub fn moments(seen: &Exercise, mesa: &Mesa) -> Vec<(About, Millis)> {
    let Some(card) = seen.card.as_deref().filter(|_| mesa.conduct.phase == Phase::Preparation)
    else {
        return Vec::new();
    };
    let starts = mesa.card.as_deref().map(|card| card.starts_at);
    let soon = starts.and_then(|at| clock::days_before(card.time_zone.as_str(), at, SOON));
    let due = due(seen, mesa.number);
    let mut moments: Vec<_> = [
        due.map(|due| (About::Sending, due - BEFORE)),
        due.filter(|due| soon.is_none_or(|soon| *due < soon)).map(|due| (About::Reading, due)),
        soon.map(|soon| (About::ReadingSoon, soon)),
    ]
    .into_iter()
    .flatten()
    .collect();
    moments.sort_by_key(|(_, at)| *at);
    moments
}

/// What is reminded of at a moment: the latest that came less than a day before.
pub fn due_at(seen: &Exercise, mesa: &Mesa, now: Millis) -> Option<(About, Millis)> {
    moments(seen, mesa).into_iter().rfind(|(_, at)| (*at..*at + DAY).contains(&now))
}

/// Of what an organisation still misses something: entries to send, or files to open.
pub fn misses(seen: &Exercise, about: About, actor: &Actor) -> usize {
    match about {
        About::Sending => {
            let own = Sender::ALL.into_iter().filter(|sender| sender.sector() == actor.sector);
            own.flat_map(Sender::entries).filter(|entry| !seen.pack.answers(*entry)).count()
        }
        About::Reading | About::ReadingSoon => {
            let reader = reader(seen, actor, ("UTC", Millis::MAX));
            reader.of.saturating_sub(reader.opened)
        }
    }
}

/// Whether a person, in a seat, is still to be reminded when the letter's turn comes.
pub fn is_needed(seen: &Exercise, job: &PackJob, about: About) -> bool {
    let mesa = seen.mesa(job.mesa).filter(|mesa| mesa.conduct.phase == Phase::Preparation);
    let actor = seen.actor_of(job.seat).filter(|actor| !actor.withdrawn);
    let (Some(mesa), Some(actor)) = (mesa, actor) else { return false };
    moments(seen, mesa).contains(&(about, job.at))
        && acts(seen, actor) == Some((job.seat, job.person))
        && misses(seen, about, actor) > 0
}

/// Puts the letters that are due at `now` into the queue; how many are new. What was put there before
/// isn't again, by whichever node.
///
/// # Errors
/// [`Unexpected`].
pub async fn ask(state: &AppState, now: Millis) -> Result<usize, Unexpected> {
    let mesas = state.store.mesas().await?;
    let streams: BTreeSet<StreamId> = mesas.iter().map(|mesa| mesa.mesa.exercise).collect();
    let mut asked = 0;
    for stream in streams {
        if state.mail.of(&state.store, stream).await?.is_none() {
            continue;
        }
        if let Some((seen, _)) = state.rooms.look(stream).await? {
            asked += ask_of(state, stream, &seen, now).await?;
        }
    }
    if asked > 0 {
        state.mail.wake();
    }
    Ok(asked)
}

async fn ask_of(
    state: &AppState,
    stream: StreamId,
    seen: &Exercise,
    now: Millis,
) -> Result<usize, StoreError> {
    let mut jobs = Vec::new();
    for mesa in seen.mesas.values() {
        let Some((about, at)) = due_at(seen, mesa, now) else { continue };
        let missing = actors(seen).filter(|actor| misses(seen, about, actor) > 0);
        for (seat, person) in missing.filter_map(|actor| acts(seen, actor)) {
            jobs.push(job(
                PackJob { mesa: mesa.number, about: about.code().to_owned(), at, seat, person },
                now,
            ));
        }
    }
    if jobs.is_empty() {
        return Ok(0);
    }
    let people: Vec<PersonId> = jobs.iter().map(|(_, person)| *person).collect();
    let records = state.store.people(&people).await?;
    let known = state.store.jobs(stream, PACK).await?;
    let has_mail =
        |person: &PersonId| records.get(person).is_some_and(|record| record.mail.is_some());
    let new =
        jobs.into_iter().filter(|(job, person)| has_mail(person) && !known.contains_key(&job.key));
    let new: Vec<NewJob> = new.map(|(job, _)| job).collect();
    state.store.enqueue_jobs(stream, &new).await?;
    Ok(new.len())
}

fn job(data: PackJob, now: Millis) -> (NewJob, PersonId) {
    let job = NewJob {
        id: clock::new_id(),
        key: pack_key(&data),
        kind: PACK.to_owned(),
        payload: serde_json::to_vec(&data).expect("ids always serialise"),
        due_at: now,
    };
    (job, data.person)
}

/// How far the last reminder of each organisation is, in the order of [`actors`].
///
/// # Errors
/// [`StoreError`].
pub async fn standing(
    state: &AppState,
    stream: StreamId,
    seen: &Exercise,
    mesa: MesaNumber,
) -> Result<Vec<Option<Delivery>>, StoreError> {
    let jobs = state.store.jobs(stream, PACK).await?;
    let zone = seen.card.as_deref().map_or("UTC", |card| card.time_zone.as_str());
    let moments = seen.mesa(mesa).map(|mesa| moments(seen, mesa)).unwrap_or_default();
    let last = |actor: &Actor| {
        let (seat, person) = acts(seen, actor)?;
        let job = moments.iter().rev().find_map(|(about, at)| {
            let about = about.code().to_owned();
            jobs.get(&pack_key(&PackJob { mesa, about, at: *at, seat, person }))
        });
        job.map(|job| mail::delivery(job, zone))
    };
    Ok(actors(seen).map(last).collect())
}
