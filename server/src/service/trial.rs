//! Trying out whether letters go out, and the page about mail.

use app::page::mail::{MailPage, Sending};
use domain::{Exercise, PersonId, StreamId};
use store::{NewJob, StoreError};

use crate::app_state::AppState;
use crate::clock;
use crate::mail::{self, Configuration, TRIAL, TrialJob, trial_key};

/// How many trials are shown.
const SHOWN: usize = 5;

/// The page; `own` is who reads it.
///
/// # Errors
/// [`StoreError`].
pub async fn page(
    state: &AppState,
    stream: StreamId,
    seen: &Exercise,
    own: PersonId,
) -> Result<MailPage, StoreError> {
    let zone = seen.card.as_deref().map_or("UTC", |card| card.time_zone.as_str());
    let record = state.store.people(&[own]).await?.remove(&own);
    let trials = state.store.jobs(stream, TRIAL).await?;
    // Their keys are in the order in which they were asked for.
    let trials = trials.values().rev().take(SHOWN).map(|job| {
        let asked = job.id.get_timestamp().map(|at| at.to_unix().0);
        let asked = asked.and_then(|seconds| i64::try_from(seconds).ok()).map(|at| at * 1_000);
        (asked.and_then(|at| clock::day_and_time(zone, at)), mail::delivery(job, zone))
    });
    let sending: Option<Sending> = state.mail.configuration().map(Configuration::shown);
    Ok(MailPage {
        sending,
        post: state.mail.post(zone),
        own: record.and_then(|record| record.mail),
        trials: trials.collect(),
        failures: state.mail.failures(zone),
    })
}

/// Asks for a trial to who asks.
///
/// # Errors
/// [`StoreError`].
pub async fn ask(state: &AppState, stream: StreamId, person: PersonId) -> Result<(), StoreError> {
    if state.mail.configuration().is_none() {
        return Ok(());
    }
    let id = clock::new_id();
    let job = NewJob {
        id,
        key: trial_key(id),
        kind: TRIAL.to_owned(),
        payload: serde_json::to_vec(&TrialJob { person }).expect("ids always serialise"),
        due_at: clock::now(),
    };
    state.store.enqueue_jobs(stream, &[job]).await?;
    state.mail.wake();
    Ok(())
}
