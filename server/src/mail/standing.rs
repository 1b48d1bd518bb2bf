//! How letters go out at this moment, and how far one is.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use app::page::mail::{Delivery, Fault, Kind, Post};
use app::page::prepare::Moment;
use domain::Millis;
use store::{JobStatus, Progress};

use super::fault::reason;
use crate::clock;

/// Failures that are remembered.
const FAILURES: usize = 20;

/// What the worker of this node found.
#[derive(Debug, Default)]
pub(super) struct Standing(Mutex<Found>);

#[derive(Debug, Default)]
struct Found {
    /// Why the mail server can't be used, and since when.
    down: Option<(Fault, Millis)>,
    failures: VecDeque<(Millis, Kind, Fault)>,
}

impl Standing {
    fn found(&self) -> MutexGuard<'_, Found> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The mail server answers.
    pub(super) fn up(&self) {
        self.found().down = None;
    }

    /// It can't be used.
    pub(super) fn down(&self, fault: Fault, at: Millis) {
        let mut found = self.found();
        let since = found.down.map_or(at, |(_, since)| since);
        found.down = Some((fault, since));
    }

    /// A letter failed.
    pub(super) fn failed(&self, kind: Kind, fault: Fault, at: Millis) {
        let mut found = self.found();
        found.failures.push_front((at, kind, fault));
        found.failures.truncate(FAILURES);
    }

    pub(super) fn post(&self, zone: &str) -> Post {
        match self.found().down {
            None => Post::On,
            Some((fault, since)) => Post::Down(fault, clock::day_and_time(zone, since)),
        }
    }

    pub(super) fn failures(&self, zone: &str) -> Vec<(Option<Moment>, Kind, Fault)> {
        let found = self.found();
        let failures = found.failures.iter();
        failures.map(|(at, kind, fault)| (clock::day_and_time(zone, *at), *kind, *fault)).collect()
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
