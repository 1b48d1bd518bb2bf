//! Sends the letters that are due, one after the other, until the server ends.

use std::future::Future;
use std::time::{Duration, SystemTime};

use app::page::mail::Fault;
use domain::Millis;
use store::{Job, StoreError};
use tokio::time::Instant;
use uuid::Uuid;

use super::address::judged;
use super::compose::{self, Stopped, kind};
use super::configuration::Configuration;
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

/// Begins to send, if a mail server is configured.
pub fn spawn(state: &AppState) {
    let Some(configuration) = state.mail.configuration().cloned() else { return };
    let worker = Worker {
        state: state.clone(),
        configuration,
        node: Uuid::new_v4(),
        session: None,
        rest: None,
    };
    state.tracker.spawn(worker.run());
}

struct Worker {
    state: AppState,
    configuration: Configuration,
    node: Uuid,
    session: Option<Session>,
    /// How long it rests, when the mail server couldn't be used last time.
    rest: Option<Duration>,
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
            let idle = match Box::pin(self.one()).await {
                Ok(found) => !found || self.rest.is_some(),
                Err(error) => {
                    tracing::warn!(%error, "the queue of letters can't be read");
                    true
                }
            };
            if idle {
                self.hang_up().await;
                self.wait().await;
            }
        }
        self.hang_up().await;
    }

    /// Until it is worth looking again.
    async fn wait(&mut self) {
        let pace = self.configuration.pace;
        let until = Instant::now() + self.rest.unwrap_or(pace.look);
        tokio::select! {
            () = tokio::time::sleep_until(until) => {}
            () = self.state.mail.0.wake.notified() => {}
            () = self.state.shutdown.cancelled() => {}
        }
    }

    async fn hang_up(&mut self) {
        if let Some(session) = self.session.take() {
            session.close().await;
        }
    }

    /// Sends a letter that is due; whether there was one.
    async fn one(&mut self) -> Result<bool, StoreError> {
        let (store, now) = (self.state.store.clone(), clock::now());
        let until = now + millis(self.configuration.pace.lease());
        let Some(job) = store.claim_job_of(&KINDS, self.node, now, until).await? else {
            return Ok(false);
        };
        let outcome = Box::pin(self.deliver(&job)).await?;
        let now = clock::now();
        let standing = &self.state.mail.0.standing;
        if !matches!(outcome, Outcome::Down(_)) {
            self.rest = None;
        }
        match outcome {
            Outcome::Sent | Outcome::Needless => {
                store.finish_job(&job, now).await?;
            }
            Outcome::Refused(fault) => {
                standing.failed(kind(&job), fault, now);
                store.refuse_job(&job, &kept(fault), now).await?;
            }
            Outcome::Uncertain(fault) => {
                standing.failed(kind(&job), fault, now);
                store.leave_job(&job, &kept(fault)).await?;
            }
            Outcome::Later(fault) => {
                standing.failed(kind(&job), fault, now);
                self.postpone(&job, fault, now).await?;
            }
            Outcome::Down(fault) => {
                if self.rest.is_none() {
                    tracing::warn!(?fault, "the mail server can't be used");
                    standing.failed(kind(&job), fault, now);
                }
                standing.down(fault, now);
                let rest = self.rest.map_or(self.configuration.pace.first, |rest| rest * 2);
                let rest = rest.min(LONGEST_REST);
                self.rest = Some(rest);
                store.fail_job(&job, &kept(fault), now + millis(rest)).await?;
            }
            Outcome::Lost => {}
        }
        Ok(true)
    }

    /// Tries a letter again later, unless that went on for too long.
    async fn postpone(&self, job: &Job, fault: Fault, now: Millis) -> Result<(), StoreError> {
        let pace = self.configuration.pace;
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

    async fn deliver(&mut self, job: &Job) -> Result<Outcome, StoreError> {
        let recipient = match compose::recipient(&self.state, job).await {
            Ok(recipient) => recipient,
            Err(stopped) => return Ok(stopped.into()),
        };
        let Some(mail) = recipient.record.mail.as_deref() else {
            return Ok(Outcome::Refused(Fault::NoAddress));
        };
        let Some(to) = judged(mail) else { return Ok(Outcome::Refused(Fault::NotAnAddress)) };
        let from = self.configuration.from.clone();
        // A link is made and a document set only for an address that is accepted.
        if let Err(failed) = self.call(&from.email, &to).await {
            return Ok(self.failed(failed));
        }
        let state = self.state.clone();
        let writing = Box::pin(compose::letter(&state, job, &recipient));
        let written = self.held(job, writing).await?;
        let letter = match written {
            None => return Ok(Outcome::Lost),
            Some(Ok(letter)) => letter,
            Some(Err(stopped)) => return Ok(stopped.into()),
        };
        let parts = Parts {
            from: &from,
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
        let until = now + millis(self.configuration.pace.step * HANDING_OVER);
        if !self.state.store.begin_sending(job, now, until).await? {
            return Ok(Outcome::Lost);
        }
        let Some(session) = &mut self.session else { return Ok(Outcome::Later(Fault::Cut)) };
        let handed = match session.begin().await {
            Ok(()) => session.text(&message).await,
            Err(failed) => Err(failed),
        };
        Ok(match handed {
            Ok(()) => Outcome::Sent,
            Err(failed) => self.failed(failed),
        })
    }

    /// Connects if need be, and says to whom a letter is. A server may have ended an earlier
    /// conversation meanwhile: then it begins another.
    async fn call(&mut self, from: &lettre::Address, to: &super::Address) -> Result<(), Failed> {
        if let Some(session) = self.session.as_mut().filter(|session| session.is_used()) {
            match session.address(from, to).await {
                Err(Failed { over: true, .. }) => self.session = None,
                other => return other,
            }
        }
        let mut session = match self.session.take() {
            Some(session) => session,
            None => {
                let session = Session::open(&self.configuration).await?;
                self.state.mail.0.standing.up();
                session
            }
        };
        let addressed = session.address(from, to).await;
        self.session = Some(session);
        addressed
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
        let pace = self.configuration.pace;
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
