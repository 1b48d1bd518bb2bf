//! What nobody asks for and has to be done now and then: leftovers in the store go, and who is to be
//! reminded of a pack is.

use std::time::Duration;

use domain::Millis;
use store::{Store, StoreError};

use crate::app_state::AppState;
use crate::clock;
use crate::service::pack::reminders;

const HOUR: Millis = 60 * 60 * 1_000;
/// An upload that began so long ago and never ended is nobody's any more. Ms.
const UPLOADS: Millis = 24 * HOUR;
/// Letters that were sent so long ago are forgotten, and with them that they were sent: longer than
/// a plan lasts. Ms.
const JOBS: Millis = 400 * 24 * HOUR;
/// How long after the server's start, and then how often.
const FIRST: Duration = Duration::from_secs(60);
const EVERY: Duration = Duration::from_secs(60 * 60);

/// Does it until the server ends.
pub fn spawn(state: &AppState) {
    let (state, shutdown) = (state.clone(), state.shutdown.clone());
    let tracker = state.tracker.clone();
    tracker.spawn(async move {
        let mut next = FIRST;
        loop {
            tokio::select! {
                () = tokio::time::sleep(next) => {}
                () = shutdown.cancelled() => break,
            }
            next = EVERY;
            if let Err(error) = tidy(&state.store, clock::now()).await {
                tracing::warn!(%error, "leftovers can't be removed now");
            }
            if let Err(error) = reminders::ask(&state, clock::now()).await {
                tracing::warn!(%error, "nobody can be reminded of a pack now");
            }
        }
    });
}

/// Removes what was left at `now`, ms since the epoch: how many uploads, and how many jobs.
///
/// # Errors
/// [`StoreError`].
pub async fn tidy(store: &Store, now: Millis) -> Result<(u64, u64), StoreError> {
    let uploads = store.sweep_uploads(now - UPLOADS).await?;
    let jobs = store.forget_jobs(now - JOBS).await?;
    Ok((uploads, jobs))
}
