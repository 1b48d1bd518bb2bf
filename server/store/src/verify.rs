//! Verifying the store against the log: the chains, the derived rows, the people, the files against
//! their digests, and the tallies of what isn't derived from the log.

mod blob;
mod difference;
mod document;
mod stream;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use domain::{Digest, PersonId, StreamId};
use sea_orm::{DatabaseTransaction, DbErr, EntityTrait};

pub use difference::Difference;

use crate::error::StoreError;
use crate::open::Store;
use crate::person::digest_of;
use crate::rows::derived_tables;
use crate::tables::{
    answer, document as documents, event, job, migration, person, state_snapshot,
    stream as stream_table, tally as tally_table,
};
use crate::tally::{self, NO_STREAM, Tally};

/// What [`Store::verify`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How many streams there are.
    pub streams: u64,
    /// How many events were read.
    pub events: u64,
    /// How many rows were compared: relational rows, people, answers, jobs, state snapshots, documents,
    /// keys, seals and stamps, files and their pieces, migrations.
    pub rows: u64,
    /// The differences; empty when all is well.
    pub differences: Vec<Difference>,
}

impl Store {
    /// Walks every chain, rebuilds every relational row, and compares; as of one moment, while
    /// others may write. It reads everything, with one stream's state or one piece of a file in
    /// memory at a time.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], and [`StoreError::Outdated`] when that is because the tables
    /// are an earlier program's. What is wrong with the rows isn't an error but a [`Difference`].
    pub async fn verify(&self) -> Result<Report, StoreError> {
        let reading = self.begin_reading().await?;
        let mut check = Check::new(&reading);
        let checked = check.everything().await;
        let report = check.report;
        reading.rollback().await.ok();
        match checked {
            Ok(()) => Ok(report),
            Err(StoreError::Unavailable(_)) if self.is_outdated().await => {
                Err(StoreError::Outdated)
            }
            Err(error) => Err(error),
        }
    }
}

/// A check in progress.
struct Check<'a> {
    db: &'a DatabaseTransaction,
    report: Report,
    /// Who was enrolled, with the digests of their record.
    people: BTreeMap<PersonId, BTreeSet<Digest>>,
    /// Whether a stream's state couldn't be rebuilt: then not everything that should exist is
    /// known.
    incomplete: bool,
    /// The tallies of the rows that were read.
    tallies: BTreeMap<(&'static str, StreamId), Tally>,
}

impl<'a> Check<'a> {
    fn new(db: &'a DatabaseTransaction) -> Self {
        Self {
            db,
            report: Report::default(),
            people: BTreeMap::new(),
            incomplete: false,
            tallies: BTreeMap::new(),
        }
    }

    fn differs(&mut self, difference: Difference) {
        self.report.differences.push(difference);
    }

    /// The rows of a query; a row that can't be read is a difference.
    fn readable<T>(
        &mut self,
        table: &'static str,
        stream: Option<StreamId>,
        rows: Result<T, DbErr>,
    ) -> Result<Option<T>, StoreError> {
        match rows.map_err(StoreError::from) {
            Ok(rows) => Ok(Some(rows)),
            Err(StoreError::Damaged(_)) => {
                self.differs(Difference::Unreadable { table, stream });
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    async fn everything(&mut self) -> Result<(), StoreError> {
        let rows = stream_table::Entity::find().all(self.db).await;
        let rows = self.readable("stream", None, rows)?.unwrap_or_default();
        self.report.streams = rows.len() as u64;
        self.count(
            tally::STREAMS,
            NO_STREAM,
            &rows.iter().map(tally::of_stream).collect::<Vec<_>>(),
        );
        for row in &rows {
            self.stream(row).await?;
        }
        self.orphans().await?;
        self.persons().await?;
        self.blobs().await?;
        self.migrations().await?;
        self.seals().await?;
        self.tallies().await
    }

    /// Finds rows of streams that don't exist.
    async fn orphans(&mut self) -> Result<(), StoreError> {
        self.orphans_of::<event::Entity>("event", event::Column::StreamId).await?;
        self.orphans_of::<answer::Entity>("answer", answer::Column::StreamId).await?;
        self.orphans_of::<state_snapshot::Entity>(
            "state_snapshot",
            state_snapshot::Column::StreamId,
        )
        .await?;
        self.orphans_of::<job::Entity>("job", job::Column::StreamId).await?;
        self.orphans_of::<documents::Entity>("document", documents::Column::StreamId).await?;
        macro_rules! orphans {
            ($($table:ident),+) => {
                $({
                    use crate::tables::$table::{Column, Entity};
                    self.orphans_of::<Entity>(stringify!($table), Column::StreamId).await?;
                })+
            };
        }
        derived_tables!(orphans);
        Ok(())
    }

    /// Compares people's records with the digests in the log, both ways.
    async fn persons(&mut self) -> Result<(), StoreError> {
        let rows = person::Entity::find().all(self.db).await;
        let Some(rows) = self.readable("person", None, rows)? else { return Ok(()) };
        self.report.rows += rows.len() as u64;
        let mut enrolled = std::mem::take(&mut self.people);
        for row in rows {
            let person = PersonId(row.id);
            match enrolled.remove(&person) {
                None if self.incomplete => {}
                None => {
                    self.differs(Difference::ExtraRow { table: "person", key: person.to_string() })
                }
                Some(digests) if digests.iter().all(|digest| *digest == digest_of(&row)) => {}
                Some(_) => self.differs(Difference::Person { person }),
            }
        }
        for person in enrolled.into_keys() {
            self.differs(Difference::MissingRow { table: "person", key: person.to_string() });
        }
        Ok(())
    }

    async fn migrations(&mut self) -> Result<(), StoreError> {
        let rows = migration::Entity::find().all(self.db).await;
        if let Some(rows) = self.readable(tally::MIGRATIONS, None, rows)? {
            self.count(tally::MIGRATIONS, NO_STREAM, &rows);
        }
        Ok(())
    }

    /// Compares the stored tallies with those of the rows that were read, both ways.
    async fn tallies(&mut self) -> Result<(), StoreError> {
        let rows = tally_table::Entity::find().all(self.db).await;
        let Some(rows) = self.readable("tally", None, rows)? else { return Ok(()) };
        let mut taken = std::mem::take(&mut self.tallies);
        for row in rows {
            let stream = StreamId(row.stream_id);
            let known = tally::COUNTED.into_iter().find(|table| *table == row.table_name);
            // Unreadable rows were reported and aren't in the new tally; that is a difference too.
            let now = known.and_then(|table| taken.remove(&(table, stream)));
            let same =
                now.is_some_and(|now| now.count == row.row_count && now.sum[..] == row.sum[..]);
            if !same {
                self.differs(Difference::Tally {
                    table: row.table_name,
                    stream: (stream != NO_STREAM).then_some(stream),
                });
            }
        }
        for ((table, stream), tally) in taken {
            if tally.count > 0 {
                self.differs(Difference::Tally {
                    table: table.to_owned(),
                    stream: (stream != NO_STREAM).then_some(stream),
                });
            }
        }
        Ok(())
    }
}
