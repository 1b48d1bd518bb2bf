//! Jobs whose effect can't be taken back, as a letter's: since when it is being handed over is on
//! disk before it is. If the node dies then, nobody knows whether it arrived: such a job is claimed
//! by nobody any more, and only a person asks for it again.

use domain::{Millis, StreamId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::{Job, JobStatus, NewJob, change, kept, status};
use crate::append;
use crate::error::StoreError;
use crate::open::Store;
use crate::queue;
use crate::tables::job;

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Somebody will do it, perhaps not for the first time.
    Waiting,
    /// Its effect is under way.
    Sending,
    /// Its effect was under way when its node died or lost its connection: it may have happened.
    Uncertain,
    /// It is done.
    Done,
    /// It was refused for good.
    Refused,
}

impl JobStatus {
    /// How far it is at `now`, ms since the epoch.
    pub fn progress(&self, now: Millis) -> Progress {
        let held = self.claimed_until.is_some_and(|until| until > now);
        match (self.refused_at, self.done_at, self.sending_at) {
            (Some(_), _, _) => Progress::Refused,
            (None, Some(_), _) => Progress::Done,
            (None, None, Some(_)) if held => Progress::Sending,
            (None, None, Some(_)) => Progress::Uncertain,
            (None, None, None) => Progress::Waiting,
        }
    }
}

impl Store {
    /// Adds jobs to a stream without an event; one whose key the stream has had already isn't added
    /// again.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such stream, [`StoreError::Unavailable`].
    pub async fn enqueue_jobs(&self, stream: StreamId, jobs: &[NewJob]) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        append::current(&transaction, stream).await?.ok_or(StoreError::NotFound)?;
        queue::enqueue(&transaction, stream, jobs).await?;
        Ok(transaction.commit().await?)
    }

    /// Notes, before it begins, that a job's effect is under way since `at`, and extends the claim
    /// to `until` (ms). From then on nobody else claims it, even when the claim has expired. False:
    /// the claim was lost, and the effect mustn't begin.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn begin_sending(
        &self,
        job: &Job,
        at: Millis,
        until: Millis,
    ) -> Result<bool, StoreError> {
        self.change_claimed(job, |row| {
            row.sending_at = Some(at);
            row.claimed_until = Some(until);
        })
        .await
    }

    /// Reports why a job is refused for good, at a moment (ms). False: the claim was lost.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn refuse_job(&self, job: &Job, error: &str, at: Millis) -> Result<bool, StoreError> {
        self.change_claimed(job, |row| {
            row.last_error = Some(kept(error));
            row.done_at = Some(at);
            row.refused_at = Some(at);
            row.sending_at = None;
            row.claimed_until = None;
        })
        .await
    }

    /// Gives a job up whose effect may have happened: it stays [`Progress::Uncertain`]. False: the
    /// claim was lost.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn leave_job(&self, job: &Job, error: &str) -> Result<bool, StoreError> {
        self.change_claimed(job, |row| {
            row.last_error = Some(kept(error));
            row.claimed_until = None;
        })
        .await
    }

    /// Asks for a job again, because somebody decided so, due at `at` (ms): one that was refused, is
    /// uncertain or waits for its next try. False: there is no such job, it is done, or somebody is
    /// doing it at this moment.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn ask_job_again(
        &self,
        stream: StreamId,
        key: &str,
        at: Millis,
    ) -> Result<bool, StoreError> {
        let transaction = self.begin().await?;
        let found = job::Entity::find()
            .filter(job::Column::StreamId.eq(stream.0))
            .filter(job::Column::Key.eq(key))
            .lock_exclusive()
            .one(&transaction)
            .await?;
        let Some(row) = found else { return Ok(false) };
        let progress = status(row.clone()).1.progress(at);
        let held = row.claimed_until.is_some_and(|until| until > at);
        if held || matches!(progress, Progress::Done | Progress::Sending) {
            return Ok(false);
        }
        let again = job::Model {
            due_at: at,
            asked_at: Some(at),
            last_error: None,
            done_at: None,
            refused_at: None,
            sending_at: None,
            claimed_by: None,
            claimed_until: None,
            ..row.clone()
        };
        change(&transaction, &row, &again).await?;
        transaction.commit().await?;
        Ok(true)
    }
}
