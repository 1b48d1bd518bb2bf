//! Redacting a phrase from a stream's record for good: from the log's payloads, the derived rows
//! and the state snapshots. The chain still holds, because it covers payloads only by their digest;
//! an event in the chain names the redacted events and the digests of their new payloads, so that
//! nothing else can be changed under that pretext.

use domain::deliberation;
use domain::event::Redaction;
use domain::text::redact::Trail;
use domain::{CommandId, Event, Millis, Seq, StreamId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, QueryFilter,
};

use crate::append::{self, Append};
use crate::chain;
use crate::error::{AppendError, Damage, StoreError};
use crate::load::{Loaded, PAGE};
use crate::log;
use crate::open::Store;
use crate::record::{NewRecord, Record};
use crate::snapshot;
use crate::tables::event;

/// What was redacted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Redacted {
    /// Events whose payload was redacted.
    pub events: usize,
    /// Texts that still contained the phrase.
    pub texts: usize,
}

impl Store {
    /// Replaces a phrase, in any capitalisation, wherever it ever was in the long texts of a
    /// stream. Nothing is written when it was nowhere. `command`, `salt` and `at` (ms) are those of
    /// the new log entries. Running servers still have the phrase in memory: use it only while none
    /// runs.
    ///
    /// # Errors
    /// [`AppendError::Conflict`] when someone wrote meanwhile, [`StoreError::NotFound`] when there
    /// is no such stream.
    pub async fn redact(
        &self,
        stream: StreamId,
        phrase: &str,
        command: CommandId,
        salt: [u8; 16],
        at: Millis,
    ) -> Result<Redacted, AppendError> {
        let loaded = self.load(stream).await?.ok_or(StoreError::NotFound)?;
        let records = self.all_records(stream).await?;
        let mut trail = Trail::new(phrase, |character, part| {
            unicode_normalization::char::decompose_canonical(character, part)
        });
        records.iter().for_each(|record| trail.follow(record.seq, &record.event));
        if trail.events().next().is_none() {
            return Ok(Redacted::default());
        }
        let transaction = self.begin().await.map_err(StoreError::from)?;
        let written =
            write(&transaction, stream, loaded, &records, &trail, NewEntry { command, salt, at })
                .await;
        match written {
            Ok(redacted) => {
                transaction.commit().await.map_err(StoreError::from)?;
                self.forget_freed_pages().await?;
                Ok(redacted)
            }
            Err(error) => {
                transaction.rollback().await.ok();
                Err(error)
            }
        }
    }

    async fn all_records(&self, stream: StreamId) -> Result<Vec<Record>, StoreError> {
        let mut records: Vec<Record> = Vec::new();
        loop {
            let after = records.last().map_or(0, |last| last.seq);
            let page = self.records(stream, after, PAGE).await?;
            if page.is_empty() {
                return Ok(records);
            }
            records.extend(page);
        }
    }

    /// SQLite keeps overwritten bytes in free pages and in the write-ahead log until those are
    /// reused.
    async fn forget_freed_pages(&self) -> Result<(), StoreError> {
        if self.writer.get_database_backend() == DbBackend::Sqlite {
            self.writer.execute_unprepared("VACUUM").await?;
            self.writer.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
        }
        Ok(())
    }
}

#[derive(Clone, Copy)]
struct NewEntry {
    command: CommandId,
    salt: [u8; 16],
    at: Millis,
}

async fn write(
    transaction: &DatabaseTransaction,
    stream: StreamId,
    loaded: Loaded,
    records: &[Record],
    trail: &Trail,
    entry: NewEntry,
) -> Result<Redacted, AppendError> {
    let mut redactions = Vec::new();
    for seq in trail.events() {
        redactions.push(Redaction {
            seq,
            content: fill(transaction, stream, seq, records, trail).await?,
        });
    }
    let remaining = trail.remaining();
    let redacted = Redacted { events: redactions.len(), texts: remaining.len() };
    let patches = remaining.into_iter().map(|(item, field, patch)| {
        Event::Deliberation(deliberation::Event::TextPatched { item, field, patch })
    });
    let mut after = loaded.state;
    let new: Vec<NewRecord> = (0..)
        .zip(patches.chain([Event::Redacted { events: redactions }]))
        .map(|(part, event)| NewRecord {
            event,
            command: entry.command,
            part,
            at: entry.at,
            person: None,
            seat: None,
            on_behalf: None,
            client_at: None,
            salt: entry.salt,
        })
        .collect();
    new.iter().for_each(|record| after.apply(&record.event));
    let batch = Append {
        stream,
        expected: loaded.head,
        records: &new,
        after: &after,
        people: &[],
        answers: &[],
        jobs: &[],
    };
    append::append(transaction, &batch).await?;
    snapshot::drop_all(transaction, stream).await?;
    Ok(redacted)
}

/// Replaces an event's payload and erases its salt; returns the digest of the new payload.
async fn fill(
    transaction: &DatabaseTransaction,
    stream: StreamId,
    seq: Seq,
    records: &[Record],
    trail: &Trail,
) -> Result<domain::Digest, StoreError> {
    let record =
        records.iter().find(|record| record.seq == seq).ok_or(Damage::Gap { after: seq })?;
    let Event::Deliberation(deliberation::Event::TextPatched { item, field, patch }) =
        &record.event
    else {
        return Err(StoreError::NotFound);
    };
    let filled = trail.filled(seq, patch).ok_or(StoreError::NotFound)?;
    let event = Event::Deliberation(deliberation::Event::TextPatched {
        item: *item,
        field: *field,
        patch: filled,
    });
    let payload = serde_json::to_vec(&event).expect("events are plain data and always serialise");
    let content = chain::content_hash(&[], &payload);
    event::Entity::update_many()
        .col_expr(event::Column::Payload, Expr::value(payload))
        .col_expr(event::Column::Salt, Expr::value(Vec::<u8>::new()))
        .filter(event::Column::StreamId.eq(stream.0))
        .filter(event::Column::Seq.eq(log::number(seq)))
        .exec(transaction)
        .await?;
    Ok(content)
}
