//! How letters go out at this moment, and how far one is.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use app::page::mail::{Delivery, Fault, Kind, Post};
use app::page::prepare::Moment;
use domain::{Millis, StreamId};
use store::{JobStatus, Progress};

use super::Owner;
use super::fault::reason;
use crate::clock;

/// Failures that are remembered of an exercise.
const FAILURES: usize = 20;
/// And of all of them.
const ALL_FAILURES: usize = 1_000;

/// What the worker of this node found.
#[derive(Debug, Default)]
pub(super) struct Standing(Mutex<Found>);

#[derive(Debug, Default)]
struct Found {
    /// Why a mail server can't be used, and since when.
    down: BTreeMap<Owner, (Fault, Millis)>,
    failures: VecDeque<(Millis, StreamId, Kind, Fault)>,
}

impl Standing {
    fn found(&self) -> MutexGuard<'_, Found> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A mail server answers.
    pub(super) fn up(&self, owner: Owner) {
        self.found().down.remove(&owner);
    }

    /// It can't be used.
    pub(super) fn down(&self, owner: Owner, fault: Fault, at: Millis) {
        let mut found = self.found();
        let since = found.down.get(&owner).map_or(at, |(_, since)| *since);
        found.down.insert(owner, (fault, since));
    }

    /// A letter of an exercise failed.
    pub(super) fn failed(&self, stream: StreamId, kind: Kind, fault: Fault, at: Millis) {
        let mut found = self.found();
        found.failures.push_front((at, stream, kind, fault));
        let mut left = FAILURES;
        found.failures.retain(|(_, other, ..)| {
            let keeps = *other != stream || left > 0;
            left = left.saturating_sub(usize::from(*other == stream));
            keeps
        });
        found.failures.truncate(ALL_FAILURES);
    }

    pub(super) fn post(&self, owner: Owner, zone: &str) -> Post {
        match self.found().down.get(&owner) {
            None => Post::On,
            Some((fault, since)) => Post::Down(*fault, clock::day_and_time(zone, *since)),
        }
    }

    pub(super) fn failures(
        &self,
        stream: StreamId,
        zone: &str,
    ) -> Vec<(Option<Moment>, Kind, Fault)> {
        let found = self.found();
        let own = found.failures.iter().filter(|(_, other, ..)| *other == stream);
        own.map(|(at, _, kind, fault)| (clock::day_and_time(zone, *at), *kind, *fault)).collect()
    }
}

/// How far the letter of a job is, by the clock of a zone.
pub fn delivery(job: &JobStatus, zone: &str) -> Delivery {
    let why = job.last_error.as_deref().map(reason);
    match job.progress(clock::now()) {
        Progress::Waiting => Delivery::Waiting(why),
        Progress::Sending => Delivery::Sending,
        Progress::Uncertain => Delivery::Uncertain,
        Progress::Refused => Delivery::Refused(why.unwrap_or(Fault::Here)),
        Progress::Done => Delivery::Sent(job.done_at.and_then(|at| clock::day_and_time(zone, at))),
    }
}
