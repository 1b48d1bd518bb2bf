//! Sends the letters that are due, one after the other, until the server ends.

use std::collections::BTreeMap;
use std::future::Future;
use std::time::{Duration, SystemTime};

use app::page::mail::Fault;
use domain::Millis;
use store::{Job, Senders, StoreError};
use tokio::time::Instant;
use uuid::Uuid;

use super::Owner;
use super::address::judged;
use super::compose::{self, Stopped, kind};
use super::configuration::{Configuration, Pace};
use super::fault::kept;
use super::jobs::KINDS;
use super::message::Parts;
use super::session::{Failed, Session};
use crate::app_state::AppState;
use crate::clock;

/// The longest rest while the mail server can't be used.
const LONGEST_REST: Duration = Duration::from_secs(5 * 60);
/// How much longer than a step handing a text over may take, with what is written afterwards.
const HANDING_OVER: u32 = 8;

/// Begins to send.
pub fn spawn(state: &AppState) {
    let worker = Worker {
        state: state.clone(),
        pace: state.mail.pace(),
        node: Uuid::new_v4(),
        session: None,
        rests: BTreeMap::new(),
    };
    state.tracker.spawn(worker.run());
}

struct Worker {
    state: AppState,
    pace: Pace,
    node: Uuid,
    /// With which mail server it is talking.
    session: Option<(Configuration, Session)>,
    /// The mail servers that couldn't be used last time.
    rests: BTreeMap<Owner, Rest>,
}

/// How long a mail server isn't tried.
struct Rest {
    lasts: Duration,
    until: Instant,
}

/// What came of a letter.
enum Outcome {
    Sent,
    Needless,
    Refused(Fault),
    Later(Fault),
    /// The mail server can't be used.
    Down(Fault),
    Uncertain(Fault),
    /// Another node has it.
    Lost,
}

impl Worker {
    async fn run(mut self) {
        let shutdown = self.state.shutdown.clone();
        while !shutdown.is_cancelled() {
            let found = match Box::pin(self.one()).await {
                Ok(found) => found,
                Err(error) => {
                    tracing::warn!(%error, "the queue of letters can't be read");
                    false
                }
            };
            if !found {
                self.hang_up().await;
                self.wait().await;
            }
        }
        self.hang_up().await;
    }

    /// Until it is worth looking again. Who asks for a letter has all mail servers tried.
    async fn wait(&mut self) {
        let now = Instant::now();
        let look = now + self.pace.look;
        let rested = self.rests.values().map(|rest| rest.until).filter(|until| *until > now);
        let until = rested.fold(look, Instant::min);
        tokio::select! {
            () = tokio::time::sleep_until(until) => {}
            () = self.state.mail.0.wake.notified() => {
                self.rests.values_mut().for_each(|rest| rest.until = now);
            }
            () = self.state.shutdown.cancelled() => {}
        }
    }

    async fn hang_up(&mut self) {
        if let Some((_, session)) = self.session.take() {
            session.close().await;
        }
    }

    /// The next letter whose mail server isn't resting.
    async fn claim(&self, now: Millis) -> Result<Option<Job>, StoreError> {
        let at = Instant::now();
        let resting = self.rests.iter().filter(|(_, rest)| rest.until > at);
        let resting: Vec<Owner> = resting.map(|(owner, _)| *owner).collect();
        let except: Vec<_> = resting.iter().copied().flatten().collect();
        let operators = self.state.mail.0.configuration.is_some();
        let senders = Senders { others: operators && !resting.contains(&None), except: &except };
        let until = now + millis(self.pace.lease());
        self.state.store.claim_letter(&KINDS, &senders, self.node, now, until).await
    }

    /// Sends a letter that is due; whether there was one.
    async fn one(&mut self) -> Result<bool, StoreError> {
        let store = self.state.store.clone();
        let Some(job) = self.claim(clock::now()).await? else { return Ok(false) };
        let stream = job.stream;
        let Some((configuration, own)) = self.state.mail.of(&store, stream).await? else {
            // Its mail server was taken away this very moment: the claim expires.
            return Ok(true);
        };
        let owner = own.then_some(stream);
        let outcome = Box::pin(self.deliver(&job, owner, &configuration)).await?;
        let now = clock::now();
        let standing = &self.state.mail.0.standing;
        if !matches!(outcome, Outcome::Down(_)) {
            self.rests.remove(&owner);
        }
        match outcome {
            Outcome::Sent | Outcome::Needless => {
                store.finish_job(&job, now).await?;
            }
            Outcome::Refused(fault) => {
                standing.failed(stream, kind(&job), fault, now);
                store.refuse_job(&job, &kept(fault), now).await?;
            }
            Outcome::Uncertain(fault) => {
                standing.failed(stream, kind(&job), fault, now);
                store.leave_job(&job, &kept(fault)).await?;
            }
            Outcome::Later(fault) => {
                standing.failed(stream, kind(&job), fault, now);
                self.postpone(&job, fault, now).await?;
            }
            Outcome::Down(fault) => {
                let rested = self.rests.get(&owner).map(|rest| rest.lasts);
                if rested.is_none() {
                    tracing::warn!(?fault, own, "a mail server can't be used");
                    standing.failed(stream, kind(&job), fault, now);
                }
                standing.down(owner, fault, now);
                let lasts = rested.map_or(self.pace.first, |rested| rested * 2).min(LONGEST_REST);
                self.rests.insert(owner, Rest { lasts, until: Instant::now() + lasts });
                store.fail_job(&job, &kept(fault), now + millis(lasts)).await?;
            }
            Outcome::Lost => {}
        }
        Ok(true)
    }

    /// Tries a letter again later, unless that went on for too long.
    async fn postpone(&self, job: &Job, fault: Fault, now: Millis) -> Result<(), StoreError> {
        let pace = self.pace;
        let waited = Duration::from_millis(u64::try_from(now - job.asked_at).unwrap_or_default());
        if waited < pace.patience {
            let due = now + millis(pace.pause(waited));
            self.state.store.fail_job(job, &kept(fault), due).await?;
            return Ok(());
        }
        let fault = match fault {
            Fault::Later(reply) => Fault::NeverTaken(reply),
            other => other,
        };
        self.state.store.refuse_job(job, &kept(fault), now).await?;
        Ok(())
    }

    async fn deliver(
        &mut self,
        job: &Job,
        owner: Owner,
        configuration: &Configuration,
    ) -> Result<Outcome, StoreError> {
        let recipient = match compose::recipient(&self.state, job).await {
            Ok(recipient) => recipient,
            Err(stopped) => return Ok(stopped.into()),
        };
        let Some(mail) = recipient.record.mail.as_deref() else {
            return Ok(Outcome::Refused(Fault::NoAddress));
        };
        let Some(to) = judged(mail) else { return Ok(Outcome::Refused(Fault::NotAnAddress)) };
        let from = &configuration.from;
        // A link is made and a document set only for an address that is accepted.
        if let Err(failed) = self.call(owner, configuration, &to).await {
            return Ok(self.failed(failed));
        }
        let state = self.state.clone();
        let writing = Box::pin(compose::letter(&state, job, &recipient, configuration.attached));
        let written = self.held(job, writing).await?;
        let letter = match written {
            None => return Ok(Outcome::Lost),
            Some(Ok(letter)) => letter,
            Some(Err(stopped)) => return Ok(stopped.into()),
        };
        let parts = Parts {
            from,
            to: (&recipient.record.name, &to),
            letter: &letter,
            key: (job.stream, &job.key),
            at: SystemTime::now(),
        };
        let message = match parts.message() {
            Ok(message) => message,
            Err(error) => {
                tracing::error!(%error, "a letter can't be written");
                return Ok(Outcome::Refused(Fault::Here));
            }
        };
        let now = clock::now();
        let until = now + millis(configuration.pace.step * HANDING_OVER);
        if !self.state.store.begin_sending(job, now, until).await? {
            return Ok(Outcome::Lost);
        }
        let Some((_, session)) = &mut self.session else { return Ok(Outcome::Later(Fault::Cut)) };
        let handed = match session.begin().await {
            Ok(()) => session.text(&message).await,
            Err(failed) => Err(failed),
        };
        Ok(match handed {
            Ok(()) => Outcome::Sent,
            Err(failed) => self.failed(failed),
        })
    }

    /// Connects if need be, and says from whom and to whom a letter is. A server may have ended an
    /// earlier conversation meanwhile: then it begins another.
    async fn call(
        &mut self,
        owner: Owner,
        configuration: &Configuration,
        to: &super::Address,
    ) -> Result<(), Failed> {
        if self.session.as_ref().is_some_and(|(other, _)| other != configuration) {
            self.hang_up().await;
        }
        let from = &configuration.from.email;
        if let Some((_, session)) = self.session.as_mut().filter(|(_, session)| session.is_used()) {
            match session.address(from, to).await {
                Err(Failed { over: true, .. }) => self.session = None,
                other => return other,
            }
        }
        let (_, session) = match &mut self.session {
            Some(open) => open,
            None => {
                let session = Session::open(configuration).await?;
                self.state.mail.0.standing.up(owner);
                self.session.insert((configuration.clone(), session))
            }
        };
        session.address(from, to).await
    }

    /// What a failed step means for the letter.
    fn failed(&mut self, failed: Failed) -> Outcome {
        if failed.over {
            self.session = None;
        }
        match failed.fault {
            fault if failed.server => Outcome::Down(fault),
            fault @ Fault::CutWhileSending => Outcome::Uncertain(fault),
            fault @ (Fault::Later(_) | Fault::Cut | Fault::Here) => Outcome::Later(fault),
            fault => Outcome::Refused(fault),
        }
    }

    /// Does something that may take long, and keeps the claim meanwhile; none: it was lost.
    async fn held<T>(
        &self,
        job: &Job,
        mut work: impl Future<Output = T> + Unpin,
    ) -> Result<Option<T>, StoreError> {
        let pace = self.pace;
        loop {
            let until = clock::now() + millis(pace.lease());
            if !self.state.store.extend_job(job, until).await? {
                return Ok(None);
            }
            tokio::select! {
                done = &mut work => return Ok(Some(done)),
                () = tokio::time::sleep(pace.step) => {}
            }
        }
    }
}

impl From<Stopped> for Outcome {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Needless => Self::Needless,
            Stopped::Refused(fault) => Self::Refused(fault),
            Stopped::Later(fault) => Self::Later(fault),
        }
    }
}

fn millis(time: Duration) -> Millis {
    Millis::try_from(time.as_millis()).unwrap_or(Millis::MAX)
}
