//! Has the seals stamped that are due, one after the other, until the server ends.

use std::time::Duration;

use app::page::verify::StampFault;
use domain::{Digest, Millis};
use seal::{Entry, Line};
use stamp::{Query, accepted};
use store::{Job, StoreError};
use uuid::Uuid;

use super::standing::{kept, of};
use super::{STAMP, StampJob, Stamping, client};
use crate::app_state::AppState;
use crate::clock;

/// Begins to ask, if an authority is named.
pub fn spawn(state: &AppState) {
    let Some(stamping) = state.settings.stamping.clone() else { return };
    let worker = Worker { state: state.clone(), stamping, node: Uuid::new_v4(), failing: None };
    state.tracker.spawn(worker.run());
}

struct Worker {
    state: AppState,
    stamping: Stamping,
    node: Uuid,
    /// What the log says already.
    failing: Option<StampFault>,
}

impl Worker {
    async fn run(mut self) {
        let shutdown = self.state.shutdown.clone();
        let look = self.stamping.0.configuration.pace.look;
        while !shutdown.is_cancelled() {
            let stamped = Box::pin(self.one()).await.unwrap_or_else(|error| {
                tracing::warn!(%error, "the queue of seals to be stamped can't be read");
                false
            });
            // Nothing was due, or what was failed.
            if !stamped {
                tokio::select! {
                    () = tokio::time::sleep(look) => {}
                    () = shutdown.cancelled() => {}
                }
            }
        }
    }

    /// Has a seal stamped that is due; whether one was.
    async fn one(&mut self) -> Result<bool, StoreError> {
        let (store, now) = (self.state.store.clone(), clock::now());
        let pace = self.stamping.0.configuration.pace;
        let until = now + millis(pace.lease());
        let Some(job) = store.claim_job_of(&[STAMP], self.node, now, until).await? else {
            return Ok(false);
        };
        let Ok(StampJob { seal }) = serde_json::from_slice(&job.payload) else {
            tracing::error!(key = job.key, "a seal to be stamped can't be read");
            store.refuse_job(&job, &kept(StampFault::Here), now).await?;
            return Ok(false);
        };
        let shutdown = self.state.shutdown.clone();
        let asked = tokio::select! {
            asked = self.stamp(seal) => asked?,
            () = shutdown.cancelled() => {
                // Whoever is next needn't wait for the end of this claim.
                store.extend_job(&job, clock::now()).await?;
                return Ok(false);
            }
        };
        let now = clock::now();
        match asked {
            Ok(()) => {
                self.failing = None;
                store.finish_job(&job, now).await?;
                Ok(true)
            }
            Err(fault) => {
                self.failed(&job, fault, now).await?;
                Ok(false)
            }
        }
    }

    /// Has a seal stamped, unless it is.
    async fn stamp(&self, seal: seal::Digest) -> Result<Result<(), StampFault>, StoreError> {
        let store = &self.state.store;
        // Kept before a crash, or by another node.
        if store.stamp(Digest(seal.0)).await?.is_some() {
            return Ok(Ok(()));
        }
        let query = Query::new(seal.0, clock::nonce());
        let answer = match client::ask(&self.stamping, query.to_der()).await {
            Ok(answer) => answer,
            Err(fault) => return Ok(Err(fault)),
        };
        let stamp = match accepted(&answer, &query, self.stamping.authorities()) {
            Ok(stamp) => stamp,
            Err(wrong) => return Ok(Err(of(wrong))),
        };
        let (at, answered) = (clock::now(), seal::Digest::of(&answer));
        let entry = Entry::Stamp { seal, answer: answered, stamped_at: stamp.at };
        let line = |last: Option<(u64, &str)>| Line::after(last, at, entry.clone());
        if store.keep_stamp(Digest(seal.0), &answer, line).await? {
            tracing::info!(%seal, "a seal was stamped");
        }
        Ok(Ok(()))
    }

    async fn failed(
        &mut self,
        job: &Job,
        fault: StampFault,
        now: Millis,
    ) -> Result<(), StoreError> {
        if self.failing.replace(fault) != Some(fault) {
            tracing::warn!(?fault, "a seal isn't stamped: the authority is asked again");
        }
        let waited = Duration::from_millis(u64::try_from(now - job.asked_at).unwrap_or_default());
        let pause = self.stamping.0.configuration.pace.pause(waited, fault);
        self.state.store.fail_job(job, &kept(fault), now + millis(pause)).await?;
        Ok(())
    }
}

fn millis(time: Duration) -> Millis {
    Millis::try_from(time.as_millis()).unwrap_or(Millis::MAX)
}
