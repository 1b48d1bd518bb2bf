//! Trying out whether letters go out.

use app::page::mail::Delivery;
use app::page::prepare::Moment;
use domain::{PersonId, StreamId};
use store::{NewJob, StoreError};

use crate::app_state::AppState;
use crate::clock;
use crate::mail::{self, TRIAL, TrialJob, trial_key};

/// How many trials are shown.
const SHOWN: usize = 5;

/// The trials of an exercise, the latest first, with when they were asked for by the clock of a zone.
///
/// # Errors
/// [`StoreError`].
pub async fn list(
    state: &AppState,
    stream: StreamId,
    zone: &str,
) -> Result<Vec<(Option<Moment>, Delivery)>, StoreError> {
    let trials = state.store.jobs(stream, TRIAL).await?;
    // Their keys are in the order in which they were asked for.
    let trials = trials.values().rev().take(SHOWN).map(|job| {
        let asked = job.id.get_timestamp().map(|at| at.to_unix().0);
        let asked = asked.and_then(|seconds| i64::try_from(seconds).ok()).map(|at| at * 1_000);
        (asked.and_then(|at| clock::day_and_time(zone, at)), mail::delivery(job, zone))
    });
    Ok(trials.collect())
}

/// Asks for a trial to who asks.
///
/// # Errors
/// [`StoreError`].
pub async fn ask(state: &AppState, stream: StreamId, person: PersonId) -> Result<(), StoreError> {
    if state.mail.of(&state.store, stream).await?.is_none() {
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
