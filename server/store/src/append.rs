//! The only write path: a batch of events, with everything derived from them, in one transaction.

use std::collections::BTreeSet;

use domain::{CommandId, Exercise, StreamId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QuerySelect, SqlErr,
};

use crate::answer::{self, NewAnswer, Outcome};
use crate::chain::Head;
use crate::document;
use crate::error::{AppendError, StoreError};
use crate::log;
use crate::open::Store;
use crate::person::{self, NewPerson};
use crate::queue::{self, NewJob};
use crate::record::NewRecord;
use crate::rows::Rows;
use crate::tables::{answer as answers, event, stream};
use crate::tally;
use crate::write;

/// What to append to a stream.
#[derive(Clone, Copy, Debug)]
pub struct Append<'a> {
    /// The stream.
    pub stream: StreamId,
    /// The head that the batch was decided on; [`Head::start`] creates the stream.
    pub expected: Head,
    /// The events, in order. May be empty when only answers are stored.
    pub records: &'a [NewRecord],
    /// The stream's state after the events.
    pub after: &'a Exercise,
    /// Records of the people enrolled by the events, or corrected by them.
    pub people: &'a [NewPerson],
    /// Answers to commands that left no event. If such a command is in the log, or was answered
    /// before, the batch fails with [`AppendError::Duplicate`].
    pub answers: &'a [NewAnswer],
    /// Jobs to be done outside because of the events. A job whose key the stream has had already
    /// isn't added again.
    pub jobs: &'a [NewJob],
}

impl Store {
    /// Appends a batch, all or nothing, and returns the new head when it is on disk. The cost
    /// doesn't grow with the length of the log.
    ///
    ///
    /// # Errors
    /// [`AppendError`]. After [`StoreError::Unavailable`] it isn't known whether the batch was
    /// written, nor after the future was dropped.
    pub async fn append(&self, batch: Append<'_>) -> Result<Head, AppendError> {
        let transaction = self.begin().await.map_err(StoreError::from)?;
        match append(&transaction, &batch).await {
            Ok(head) => {
                transaction.commit().await.map_err(StoreError::from)?;
                if batch.records.iter().any(|record| person::is_erased_by(&record.event)) {
                    self.forget_freed_pages().await?;
                }
                Ok(head)
            }
            Err(error) => {
                // If this fails, the connection is rolled back before its next use.
                transaction.rollback().await.ok();
                Err(error)
            }
        }
    }
}

/// Appends a batch within a transaction; returns the new head.
pub(crate) async fn append(
    transaction: &DatabaseTransaction,
    batch: &Append<'_>,
) -> Result<Head, AppendError> {
    let (records, head) = log::rows(batch.stream, batch.expected, batch.records);
    let rows =
        Rows::touched(batch.stream, batch.after, batch.records.iter().map(|record| &record.event));
    advance(transaction, batch, head).await?;
    if !records.is_empty() {
        write::insert::<event::Entity>(transaction, &records).await.map_err(duplicate)?;
        refuse_answered(transaction, batch).await?;
    }
    write::save(transaction, &rows).await?;
    let events = batch.records.iter().map(|record| &record.event);
    person::write(transaction, events.clone(), batch.people).await?;
    if events.into_iter().any(person::is_erased_by) {
        document::forget(transaction, batch.stream).await?;
    }
    // The stream is locked, so nobody else adds jobs to it.
    queue::enqueue(transaction, batch.stream, batch.jobs).await?;
    if !batch.answers.is_empty() {
        refuse_logged(transaction, batch).await?;
        answer::keep(transaction, batch.stream, batch.answers).await.map_err(duplicate)?;
    }
    Ok(head)
}

/// Moves the stream's head, which locks the stream until the commit.
async fn advance(
    transaction: &DatabaseTransaction,
    batch: &Append<'_>,
    head: Head,
) -> Result<(), AppendError> {
    let advanced = if batch.records.is_empty() {
        current(transaction, batch.stream).await? == Some(batch.expected)
    } else if batch.expected.seq == 0 {
        let row = stream::Model {
            id: batch.stream.0,
            head_seq: log::number(head.seq),
            head_hash: head.hash.0.to_vec(),
        };
        let begun = batch.expected == Head::start(batch.stream)
            && write::insert_new::<stream::Entity>(transaction, &row).await?;
        if begun {
            tally::change(transaction, tally::STREAMS, tally::NO_STREAM, |tally| {
                tally.add(&tally::of_stream(&row))
            })
            .await
            .map_err(StoreError::from)?;
        }
        begun
    } else {
        let moved = stream::Entity::update_many()
            .col_expr(stream::Column::HeadSeq, Expr::value(log::number(head.seq)))
            .col_expr(stream::Column::HeadHash, Expr::value(head.hash.0.to_vec()))
            .filter(stream::Column::Id.eq(batch.stream.0))
            .filter(stream::Column::HeadSeq.eq(log::number(batch.expected.seq)))
            .filter(stream::Column::HeadHash.eq(batch.expected.hash.0.to_vec()))
            .exec(transaction)
            .await?;
        moved.rows_affected == 1
    };
    if advanced {
        return Ok(());
    }
    match current(transaction, batch.stream).await? {
        Some(head) => Err(AppendError::Conflict(head)),
        None => Err(StoreError::NotFound.into()),
    }
}

/// The stream's head; locks the stream.
pub(crate) async fn current(
    transaction: &DatabaseTransaction,
    id: StreamId,
) -> Result<Option<Head>, StoreError> {
    let row = stream::Entity::find_by_id(id.0).lock_exclusive().one(transaction).await?;
    row.map(|row| crate::load::head(&row)).transpose()
}

fn duplicate(error: DbErr) -> AppendError {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => AppendError::Duplicate,
        _ => AppendError::Store(error.into()),
    }
}

/// A command that was answered without an event, perhaps by another node, mustn't be applied
/// afterwards.
async fn refuse_answered(
    transaction: &DatabaseTransaction,
    batch: &Append<'_>,
) -> Result<(), AppendError> {
    let commands: BTreeSet<CommandId> = batch.records.iter().map(|record| record.command).collect();
    let found = answers::Entity::find()
        .select_only()
        .column(answers::Column::CommandId)
        .filter(answers::Column::StreamId.eq(batch.stream.0))
        .filter(answers::Column::CommandId.is_in(commands.iter().map(|command| command.0)))
        .into_tuple::<sea_orm::prelude::Uuid>()
        .one(transaction)
        .await?;
    if found.is_some() { Err(AppendError::Duplicate) } else { Ok(()) }
}

/// The answer to a command that is in the log is there.
async fn refuse_logged(
    transaction: &DatabaseTransaction,
    batch: &Append<'_>,
) -> Result<(), AppendError> {
    let kept =
        batch.answers.iter().filter(|answer| !matches!(answer.outcome, Outcome::Applied { .. }));
    let commands: BTreeSet<CommandId> = kept.map(|answer| answer.command).collect();
    let found = event::Entity::find()
        .select_only()
        .column(event::Column::Seq)
        .filter(event::Column::StreamId.eq(batch.stream.0))
        .filter(event::Column::CommandId.is_in(commands.iter().map(|command| command.0)))
        .into_tuple::<i64>()
        .one(transaction)
        .await?;
    if found.is_some() { Err(AppendError::Duplicate) } else { Ok(()) }
}
