//! Redacting a phrase from a stream's record for good: from the log's payloads, the derived rows
//! and the state snapshots. The chain still holds, because it covers payloads only by their digest;
//! an event in the chain names the redacted events and the digests of their new payloads, so that
//! nothing else can be changed under that pretext.

use std::collections::BTreeMap;

use domain::deliberation;
use domain::event::Redaction;
use domain::text::free::Part;
use domain::text::redact::{Phrase, Trail};
use domain::{CommandId, Event, Millis, PersonId, Seq, StreamId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, QueryFilter,
};

use crate::append::{self, Append};
use crate::chain;
use crate::document;
use crate::error::{AppendError, Damage, StoreError};
use crate::load::{Loaded, PAGE};
use crate::log;
use crate::open::Store;
use crate::person::NewPerson;
use crate::record::{NewRecord, Record};
use crate::snapshot;
use crate::tables::{event, job};

/// What was redacted, and where else the phrase stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Redacted {
    /// Events whose payload was redacted.
    pub events: usize,
    /// Texts that still contained the phrase.
    pub texts: usize,
    /// In how many events it stood apart from long texts, by what it is part of. What
    /// [`Part::stays`] wasn't touched.
    pub parts: BTreeMap<Part, usize>,
    /// Records of people of the stream whose name, mail or phone has it; not touched.
    pub people: usize,
    /// Jobs of the stream that have it; not touched.
    pub jobs: usize,
}

impl Store {
    /// Replaces a phrase, in any spelling ([`Phrase`]), wherever it ever was in the texts, short
    /// values, contributions and reasons of a stream. Nothing is written when it was nowhere. Documents
    /// that aren't sealed lose their bytes, because it may stand in them.
    /// `command`, `salt` and `at` (ms) are those of the new log entries. Whoever folded the stream
    /// before has to fold it anew.
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
        let mut trail = Trail::new(phrase, decompose);
        records.iter().for_each(|record| trail.follow(record.seq, &record.event));
        let stays = Redacted {
            parts: trail.parts().clone(),
            ..self.beside_the_log(stream, &loaded, &Phrase::new(phrase, decompose)).await?
        };
        if trail.events().next().is_none() {
            return Ok(stays);
        }
        let transaction = self.begin().await.map_err(StoreError::from)?;
        let written =
            write(&transaction, stream, loaded, &records, &trail, NewEntry { command, salt, at })
                .await;
        match written {
            Ok((events, texts)) => {
                transaction.commit().await.map_err(StoreError::from)?;
                self.forget_freed_pages().await?;
                Ok(Redacted { events, texts, ..stays })
            }
            Err(error) => {
                transaction.rollback().await.ok();
                Err(error)
            }
        }
    }

    /// In how many events of a stream a phrase stands, in any spelling.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Damaged`].
    pub async fn count_phrase(&self, stream: StreamId, phrase: &str) -> Result<usize, StoreError> {
        let mut trail = Trail::new(phrase, decompose);
        let records = self.all_records(stream).await?;
        records.iter().for_each(|record| trail.follow(record.seq, &record.event));
        Ok(trail.events().count())
    }

    /// Where a phrase stands in tables that aren't the log.
    async fn beside_the_log(
        &self,
        stream: StreamId,
        loaded: &Loaded,
        phrase: &Phrase,
    ) -> Result<Redacted, StoreError> {
        let enrolled: Vec<PersonId> = loaded.state.registry.people.keys().copied().collect();
        let people = self.people(&enrolled).await?;
        let has_it = |row: &&NewPerson| {
            let texts = [Some(&row.name), row.mail.as_ref(), row.phone.as_ref()];
            texts.into_iter().flatten().any(|text| phrase.stands_in(text))
        };
        let jobs = job::Entity::find()
            .filter(job::Column::StreamId.eq(stream.0))
            .all(&self.reader)
            .await?;
        let says_it = |row: &&job::Model| {
            phrase.stands_in(&row.key)
                || phrase.stands_in(&String::from_utf8_lossy(&row.payload))
                || row.last_error.as_deref().is_some_and(|error| phrase.stands_in(error))
        };
        Ok(Redacted {
            people: people.values().filter(has_it).count(),
            jobs: jobs.iter().filter(says_it).count(),
            ..Redacted::default()
        })
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
    pub(crate) async fn forget_freed_pages(&self) -> Result<(), StoreError> {
        if self.writer.get_database_backend() == DbBackend::Sqlite {
            self.writer.execute_unprepared("VACUUM").await?;
            self.writer.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
        }
        Ok(())
    }
}

/// By compatibility (NFKD): a space that doesn't break is a space, a ligature its letters.
fn decompose(character: char, part: &mut dyn FnMut(char)) {
    unicode_normalization::char::decompose_compatible(character, part);
}

#[derive(Clone, Copy)]
struct NewEntry {
    command: CommandId,
    salt: [u8; 16],
    at: Millis,
}

/// Redacts; returns how many events, and how many texts that still contained the phrase.
async fn write(
    transaction: &DatabaseTransaction,
    stream: StreamId,
    loaded: Loaded,
    records: &[Record],
    trail: &Trail,
    entry: NewEntry,
) -> Result<(usize, usize), AppendError> {
    let mut redactions = Vec::new();
    for seq in trail.events() {
        redactions.push(Redaction {
            seq,
            content: fill(transaction, stream, seq, records, trail).await?,
        });
    }
    let remaining = trail.remaining();
    let count = (redactions.len(), remaining.len());
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
    document::forget(transaction, stream).await?;
    Ok(count)
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
    let event = trail.filled(seq, &record.event).ok_or(StoreError::NotFound)?;
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
