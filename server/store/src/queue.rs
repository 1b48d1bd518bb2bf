//! A queue of jobs to be done outside (mail, reminders): added in the transaction of the events
//! that cause them, done by whichever node claims them first.
//!
//! A claim is a lease: a node that dies loses it when it expires, and another one retries. So a job
//! is done at least once, and exactly once when no node dies or outlasts its lease. Its effect
//! should be idempotent; the event that reports its end can use the job's id as its command's id,
//! because a command is taken once. A job's key keeps it from being added twice in its stream, also
//! after it is done. An effect that isn't idempotent is announced first (`sending.rs`): such a job
//! is done at most once.
//!
//! Time is an argument; the caller computes when to retry and when to give up.

mod forgetting;
mod sending;

use std::collections::{BTreeMap, BTreeSet};

use domain::{Millis, StreamId};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, LockBehavior, LockType, Query};
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, DbErr, EntityTrait, Iterable, ModelTrait,
    QueryFilter, QueryOrder, QuerySelect, Select,
};

use crate::error::StoreError;
use crate::open::Store;
use crate::tables::{job, mail_server};
use crate::tally;
use crate::write;

pub use sending::Progress;

/// Most keys in one query, and most rows deleted in one transaction.
const PER_STATEMENT: usize = 500;
/// Most letters kept of an error.
const ERROR_LETTERS: usize = 1_000;

/// A job to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewJob {
    /// A new id.
    pub id: Uuid,
    /// The idempotency key within its stream.
    pub key: String,
    /// What is to be done, in the worker's own words.
    pub kind: String,
    /// The worker's own data. Never a name, mail address or phone number: those are only in a
    /// person's record.
    pub payload: Vec<u8>,
    /// When to start at the earliest, ms since the epoch.
    pub due_at: Millis,
}

/// A claimed job, with the claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// The stream that added it.
    pub stream: StreamId,
    /// Its id.
    pub id: Uuid,
    /// Its key in the stream.
    pub key: String,
    /// What is to be done.
    pub kind: String,
    /// The worker's own data.
    pub payload: Vec<u8>,
    /// When it was due, ms since the epoch.
    pub due_at: Millis,
    /// How often it was claimed, this time included.
    pub attempts: i64,
    /// The last reported error.
    pub last_error: Option<String>,
    /// When it was added or somebody asked for it again, ms since the epoch.
    pub asked_at: Millis,
    node: Uuid,
}

/// The exercises whose letters can be sent now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Senders<'a> {
    /// Whether those without a mail server of their own are among them.
    pub others: bool,
    /// Which are left out.
    pub except: &'a [StreamId],
}

/// The status of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobStatus {
    /// Its id.
    pub id: Uuid,
    /// What is to be done.
    pub kind: String,
    /// When to start at the earliest, ms since the epoch; after a failure, when to retry.
    pub due_at: Millis,
    /// How often it was claimed.
    pub attempts: i64,
    /// When the present claim expires, ms since the epoch.
    pub claimed_until: Option<Millis>,
    /// The last reported error.
    pub last_error: Option<String>,
    /// When it was done or refused, ms since the epoch.
    pub done_at: Option<Millis>,
    /// Since when its effect is under way, ms since the epoch.
    pub sending_at: Option<Millis>,
    /// When it was refused for good, ms since the epoch.
    pub refused_at: Option<Millis>,
}

impl Store {
    /// Claims, until `until`, the job that has been due longest at `now` and isn't claimed (both
    /// ms). `node` identifies the claimer: random, new at each start. None: no job is due, or
    /// others are claiming it at this moment.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Damaged`].
    pub async fn claim_job(
        &self,
        node: Uuid,
        now: Millis,
        until: Millis,
    ) -> Result<Option<Job>, StoreError> {
        self.claim(claimable(now), node, until).await
    }

    /// The same, of these kinds alone.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Damaged`].
    pub async fn claim_job_of(
        &self,
        kinds: &[&str],
        node: Uuid,
        now: Millis,
        until: Millis,
    ) -> Result<Option<Job>, StoreError> {
        let of_kinds = claimable(now).filter(job::Column::Kind.is_in(kinds.iter().copied()));
        self.claim(of_kinds, node, until).await
    }

    /// The same, of the exercises whose letters can be sent now.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Damaged`].
    pub async fn claim_letter(
        &self,
        kinds: &[&str],
        senders: &Senders<'_>,
        node: Uuid,
        now: Millis,
        until: Millis,
    ) -> Result<Option<Job>, StoreError> {
        let mut letters = claimable(now).filter(job::Column::Kind.is_in(kinds.iter().copied()));
        if !senders.others {
            let own = Query::select()
                .column(mail_server::Column::StreamId)
                .from(mail_server::Entity)
                .take();
            letters = letters.filter(job::Column::StreamId.in_subquery(own));
        }
        if !senders.except.is_empty() {
            let except = senders.except.iter().map(|stream| stream.0);
            letters = letters.filter(job::Column::StreamId.is_not_in(except));
        }
        self.claim(letters, node, until).await
    }

    async fn claim(
        &self,
        claimable: Select<job::Entity>,
        node: Uuid,
        until: Millis,
    ) -> Result<Option<Job>, StoreError> {
        // Looking takes no lock; most of the time nothing is due.
        if claimable
            .clone()
            .select_only()
            .column(job::Column::Id)
            .into_tuple::<Uuid>()
            .one(&self.reader)
            .await?
            .is_none()
        {
            return Ok(None);
        }
        let transaction = self.begin().await?;
        // SQLite has no such lock and needs none: nobody else writes.
        let found = claimable
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .one(&transaction)
            .await?;
        let Some(row) = found else { return Ok(None) };
        let claimed = job::Model {
            attempts: row.attempts.saturating_add(1),
            claimed_by: Some(node),
            claimed_until: Some(until),
            ..row.clone()
        };
        change(&transaction, &row, &claimed).await?;
        transaction.commit().await?;
        Ok(Some(Job {
            stream: StreamId(claimed.stream_id),
            id: claimed.id,
            key: claimed.key,
            kind: claimed.kind,
            payload: claimed.payload,
            due_at: claimed.due_at,
            attempts: claimed.attempts,
            last_error: claimed.last_error,
            asked_at: claimed.asked_at.unwrap_or(claimed.due_at),
            node,
        }))
    }

    /// Extends a claim to a later moment (ms). False: it was lost, and somebody else may be doing
    /// the job.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn extend_job(&self, job: &Job, until: Millis) -> Result<bool, StoreError> {
        self.change_claimed(job, |row| row.claimed_until = Some(until)).await
    }

    /// Marks a job as done at a moment (ms). False: the claim was lost, and somebody else is doing
    /// the job or did it.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn finish_job(&self, job: &Job, at: Millis) -> Result<bool, StoreError> {
        self.change_claimed(job, |row| {
            row.done_at = Some(at);
            row.sending_at = None;
            row.claimed_until = None;
        })
        .await
    }

    /// Reports an error (its first 1 000 letters are kept) and when to retry (ms). False: the claim
    /// was lost.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn fail_job(
        &self,
        job: &Job,
        error: &str,
        due_at: Millis,
    ) -> Result<bool, StoreError> {
        self.change_claimed(job, |row| {
            row.last_error = Some(kept(error));
            row.due_at = due_at;
            row.sending_at = None;
            row.claimed_by = None;
            row.claimed_until = None;
        })
        .await
    }

    /// The status of the job with a key. None: the stream never added it, or it was forgotten.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Damaged`].
    pub async fn job(&self, stream: StreamId, key: &str) -> Result<Option<JobStatus>, StoreError> {
        let of_key = job::Entity::find()
            .filter(job::Column::StreamId.eq(stream.0))
            .filter(job::Column::Key.eq(key));
        let found = of_key.one(&self.reader).await?;
        Ok(found.map(|row| status(row).1))
    }

    /// The status of a stream's jobs of a kind, by their keys.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn jobs(
        &self,
        stream: StreamId,
        kind: &str,
    ) -> Result<BTreeMap<String, JobStatus>, StoreError> {
        let of_kind = job::Entity::find()
            .filter(job::Column::StreamId.eq(stream.0))
            .filter(job::Column::Kind.eq(kind));
        Ok(of_kind.all(&self.reader).await?.into_iter().map(status).collect())
    }

    /// Changes a job if the claim still holds; returns whether it does. The number of attempts
    /// tells this claim from a later one of the same node.
    async fn change_claimed(
        &self,
        job: &Job,
        edit: impl FnOnce(&mut job::Model),
    ) -> Result<bool, StoreError> {
        let transaction = self.begin().await?;
        let found = job::Entity::find_by_id((job.stream.0, job.id))
            .filter(job::Column::ClaimedBy.eq(job.node))
            .filter(job::Column::Attempts.eq(job.attempts))
            .filter(job::Column::DoneAt.is_null())
            .lock_exclusive()
            .one(&transaction)
            .await?;
        let Some(row) = found else { return Ok(false) };
        let mut changed = row.clone();
        edit(&mut changed);
        change(&transaction, &row, &changed).await?;
        transaction.commit().await?;
        Ok(true)
    }
}

/// Adds the jobs whose keys the stream hasn't had. The stream is locked.
pub(crate) async fn enqueue(
    transaction: &DatabaseTransaction,
    stream: StreamId,
    jobs: &[NewJob],
) -> Result<(), DbErr> {
    let mut known: BTreeSet<String> = BTreeSet::new();
    for jobs in jobs.chunks(PER_STATEMENT) {
        let found: Vec<String> = job::Entity::find()
            .select_only()
            .column(job::Column::Key)
            .filter(job::Column::StreamId.eq(stream.0))
            .filter(job::Column::Key.is_in(jobs.iter().map(|job| job.key.as_str())))
            .into_tuple()
            .all(transaction)
            .await?;
        known.extend(found);
    }
    let added: Vec<job::Model> = jobs
        .iter()
        .filter(|job| known.insert(job.key.clone()))
        .map(|job| row(stream, job))
        .collect();
    if added.is_empty() {
        return Ok(());
    }
    write::insert::<job::Entity>(transaction, &added).await?;
    tally::change(transaction, tally::JOBS, stream, |tally| {
        added.iter().for_each(|row| tally.add(row))
    })
    .await
}

fn row(stream: StreamId, job: &NewJob) -> job::Model {
    job::Model {
        stream_id: stream.0,
        id: job.id,
        key: job.key.clone(),
        kind: job.kind.clone(),
        payload: job.payload.clone(),
        due_at: job.due_at,
        attempts: 0,
        claimed_by: None,
        claimed_until: None,
        last_error: None,
        done_at: None,
        sending_at: None,
        refused_at: None,
        asked_at: Some(job.due_at),
    }
}

/// What is kept of an error. PostgreSQL accepts no zeros in a text.
fn kept(error: &str) -> String {
    error.chars().filter(|letter| *letter != '\0').take(ERROR_LETTERS).collect()
}

/// A row's key and status.
fn status(row: job::Model) -> (String, JobStatus) {
    let status = JobStatus {
        id: row.id,
        kind: row.kind,
        due_at: row.due_at,
        attempts: row.attempts,
        claimed_until: row.claimed_until,
        last_error: row.last_error,
        done_at: row.done_at,
        sending_at: row.sending_at,
        refused_at: row.refused_at,
    };
    (row.key, status)
}

/// The jobs that are due and unclaimed and whose effect isn't under way, longest due first.
fn claimable(now: Millis) -> Select<job::Entity> {
    let nobody_s = Condition::any()
        .add(job::Column::ClaimedUntil.is_null())
        .add(job::Column::ClaimedUntil.lte(now));
    job::Entity::find()
        .filter(job::Column::DoneAt.is_null())
        .filter(job::Column::SendingAt.is_null())
        .filter(job::Column::DueAt.lte(now))
        .filter(nobody_s)
        .order_by_asc(job::Column::DueAt)
        .order_by_asc(job::Column::StreamId)
        .order_by_asc(job::Column::Id)
}

/// Changes a job's row, which is locked.
async fn change(
    transaction: &DatabaseTransaction,
    old: &job::Model,
    new: &job::Model,
) -> Result<(), DbErr> {
    let of_row = job::Entity::update_many()
        .filter(job::Column::StreamId.eq(old.stream_id))
        .filter(job::Column::Id.eq(old.id));
    let columns = job::Column::iter().filter(|column| old.get(*column) != new.get(*column));
    let update = columns
        .fold(of_row, |update, column| update.col_expr(column, Expr::value(new.get(column))));
    update.exec(transaction).await?;
    tally::change(transaction, tally::JOBS, StreamId(old.stream_id), |tally| {
        tally.remove(old);
        tally.add(new);
    })
    .await
}
