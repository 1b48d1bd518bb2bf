//! What is to be done outside (mail, reminders): asked for in the transaction of the events that
//! want it, done by whichever node claims it first.
//!
//! A claim is a lease: a node that dies loses it when its time is over, and another one tries. So a
//! job is done at least once, and exactly once where nobody dies or outlasts its lease; what it
//! does outside should bear being done twice, and the event that tells its end can carry the job's
//! id as its command, for a command is taken once. A job's key keeps it from being asked for twice
//! in its stream, also after it is done.
//!
//! Time comes in as an argument; who calls computes when to try again, and when to give up.

use std::collections::BTreeSet;

use domain::{Millis, StreamId};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, DbErr, EntityTrait, Iterable, ModelTrait,
    QueryFilter, QueryOrder, QuerySelect, Select,
};

use crate::error::StoreError;
use crate::open::Store;
use crate::tables::job;
use crate::tally;
use crate::write;

/// Most keys in one query, and most rows dropped in one transaction.
const PER_STATEMENT: usize = 500;
/// Most letters kept of what went wrong.
const ERROR_LETTERS: usize = 1_000;

/// Something to be done outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewJob {
    /// One that was never used.
    pub id: Uuid,
    /// What keeps it from being asked for twice in its stream.
    pub key: String,
    /// What is to be done: a word of whoever does it.
    pub kind: String,
    /// With what: bytes of whoever does it. Names, mails and phones stand in a person's record
    /// only, and never here.
    pub payload: Vec<u8>,
    /// Not before, ms since the epoch.
    pub due_at: Millis,
}

/// A job that was claimed, and the claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// The stream that asked for it.
    pub stream: StreamId,
    /// Its id.
    pub id: Uuid,
    /// Its key in the stream.
    pub key: String,
    /// What is to be done.
    pub kind: String,
    /// With what.
    pub payload: Vec<u8>,
    /// When it was due, ms since the epoch.
    pub due_at: Millis,
    /// How often it was claimed, this time included.
    pub attempts: i64,
    /// What went wrong the last time it was told.
    pub last_error: Option<String>,
    node: Uuid,
}

/// How a job stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobStatus {
    /// Its id.
    pub id: Uuid,
    /// What is to be done.
    pub kind: String,
    /// Not before, ms since the epoch; after a failure: when to try again.
    pub due_at: Millis,
    /// How often it was claimed.
    pub attempts: i64,
    /// Until when somebody has it, ms since the epoch.
    pub claimed_until: Option<Millis>,
    /// What went wrong the last time it was told.
    pub last_error: Option<String>,
    /// When it was done, ms since the epoch.
    pub done_at: Option<Millis>,
}

impl Store {
    /// Claims the job that has been due longest at `now` and that nobody has, until `until` (ms
    /// both). `node` is who claims: random, made anew at each start. None: there is nothing to do,
    /// or others are just claiming it.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Damaged`].
    pub async fn claim_job(
        &self,
        node: Uuid,
        now: Millis,
        until: Millis,
    ) -> Result<Option<Job>, StoreError> {
        // Looking costs nobody a lock; most of the time nothing is due.
        if claimable(now)
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
        let found = claimable(now)
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
            node,
        }))
    }

    /// Keeps a claim until another moment (ms). False: it was lost, and somebody else may be doing
    /// the job.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn extend_job(&self, job: &Job, until: Millis) -> Result<bool, StoreError> {
        self.change_claimed(job, |row| row.claimed_until = Some(until)).await
    }

    /// Says that a job was done at a moment (ms). False: the claim was lost, and somebody else is
    /// doing it, or did.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn finish_job(&self, job: &Job, at: Millis) -> Result<bool, StoreError> {
        self.change_claimed(job, |row| {
            row.done_at = Some(at);
            row.claimed_until = None;
        })
        .await
    }

    /// Says what went wrong (its first 1 000 letters are kept) and when to try again (ms). False:
    /// the claim was lost.
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
            // PostgreSQL takes no zeros in a text.
            row.last_error =
                Some(error.chars().filter(|letter| *letter != '\0').take(ERROR_LETTERS).collect());
            row.due_at = due_at;
            row.claimed_by = None;
            row.claimed_until = None;
        })
        .await
    }

    /// How the job of a key stands. None: the stream never asked for it, or it was forgotten.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Damaged`].
    pub async fn job(&self, stream: StreamId, key: &str) -> Result<Option<JobStatus>, StoreError> {
        let of_key = job::Entity::find()
            .filter(job::Column::StreamId.eq(stream.0))
            .filter(job::Column::Key.eq(key));
        let found = of_key.one(&self.reader).await?;
        Ok(found.map(|row| JobStatus {
            id: row.id,
            kind: row.kind,
            due_at: row.due_at,
            attempts: row.attempts,
            claimed_until: row.claimed_until,
            last_error: row.last_error,
            done_at: row.done_at,
        }))
    }

    /// Drops the jobs that were done before a moment (ms); returns how many. Their keys are free
    /// again: the moment has to be so long ago that nobody asks for them any more.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn forget_jobs(&self, done_before: Millis) -> Result<u64, StoreError> {
        let old = || job::Entity::find().filter(job::Column::DoneAt.lt(done_before));
        let mut forgotten = 0;
        while let Some(stream) = old()
            .select_only()
            .column(job::Column::StreamId)
            .into_tuple::<Uuid>()
            .one(&self.reader)
            .await?
        {
            let transaction = self.begin().await?;
            let rows = old()
                .filter(job::Column::StreamId.eq(stream))
                .order_by_asc(job::Column::Id)
                .limit(PER_STATEMENT as u64)
                .lock_exclusive()
                .all(&transaction)
                .await?;
            if !rows.is_empty() {
                job::Entity::delete_many()
                    .filter(job::Column::StreamId.eq(stream))
                    .filter(job::Column::Id.is_in(rows.iter().map(|row| row.id)))
                    .exec(&transaction)
                    .await?;
                tally::change(&transaction, tally::JOBS, StreamId(stream), |tally| {
                    rows.iter().for_each(|row| tally.remove(row))
                })
                .await?;
            }
            transaction.commit().await?;
            forgotten += rows.len() as u64;
        }
        Ok(forgotten)
    }

    /// Changes a job that is still claimed as it was; whether it is. A node that lost its claim and
    /// has the job again is told apart by the number of attempts.
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
    }
}

/// What is due and nobody has, longest due first.
fn claimable(now: Millis) -> Select<job::Entity> {
    let nobody_s = Condition::any()
        .add(job::Column::ClaimedUntil.is_null())
        .add(job::Column::ClaimedUntil.lte(now));
    job::Entity::find()
        .filter(job::Column::DoneAt.is_null())
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
