//! Verifying one stream: its chain, its events, its derived rows.

use std::collections::BTreeMap;

use domain::codes::Coded;
use domain::event::Redaction;
use domain::{Digest, Event, Exercise, Seq, StreamId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{Check, Difference};
use crate::chain::{self, Head};
use crate::error::StoreError;
use crate::load::PAGE;
use crate::log;
use crate::rows::{Rows, derived_tables};
use crate::snapshot::SNAPSHOT_VERSION;
use crate::tables::{answer, event, job, state_snapshot, stream as stream_table};
use crate::tally;

/// A walk along a stream's log.
struct Walk {
    stream: StreamId,
    /// The last event that was read, with its stored hash.
    reached: Head,
    /// The state there; none after an event that couldn't be read.
    state: Option<Exercise>,
    /// State snapshots at later seqs.
    snapshots: Vec<state_snapshot::Model>,
    /// Events whose payload isn't the one that the chain covers, with the digest of the present
    /// one. Either a redaction later in the chain names them, or somebody changed them.
    unlike: BTreeMap<Seq, Digest>,
}

impl Check<'_> {
    /// Checks a stream to its end, whatever is wrong with it.
    pub(super) async fn stream(&mut self, row: &stream_table::Model) -> Result<(), StoreError> {
        let stream = StreamId(row.id);
        let snapshots = self.counted(stream).await?;
        let mut walk = Walk {
            stream,
            reached: Head::start(stream),
            state: Some(Exercise::default()),
            snapshots,
            unlike: BTreeMap::new(),
        };
        if !self.walk(&mut walk).await? {
            self.incomplete = true;
            return Ok(());
        }
        for seq in std::mem::take(&mut walk.unlike).into_keys() {
            self.differs(Difference::Content { stream, seq });
        }
        for lost in std::mem::take(&mut walk.snapshots) {
            self.differs(Difference::Snapshot {
                stream,
                seq: lost.seq.try_into().unwrap_or_default(),
            });
        }
        if (row.head_seq, &row.head_hash[..])
            != (log::number(walk.reached.seq), &walk.reached.hash.0[..])
        {
            self.differs(Difference::Head { stream });
        }
        let Some(state) = walk.state else {
            self.incomplete = true;
            return Ok(());
        };
        for (person, record) in &state.registry.people {
            self.people.entry(*person).or_default().insert(*record);
        }
        self.derived(stream, &state).await
    }

    /// Counts the rows that aren't derived from the log, and returns the state snapshots.
    async fn counted(
        &mut self,
        stream: StreamId,
    ) -> Result<Vec<state_snapshot::Model>, StoreError> {
        let answers =
            answer::Entity::find().filter(answer::Column::StreamId.eq(stream.0)).all(self.db).await;
        if let Some(answers) = self.readable(tally::ANSWERS, Some(stream), answers)? {
            self.count(tally::ANSWERS, stream, &answers);
        }
        let jobs =
            job::Entity::find().filter(job::Column::StreamId.eq(stream.0)).all(self.db).await;
        if let Some(jobs) = self.readable(tally::JOBS, Some(stream), jobs)? {
            self.count(tally::JOBS, stream, &jobs);
        }
        self.documents(stream).await?;
        let snapshots = state_snapshot::Entity::find()
            .filter(state_snapshot::Column::StreamId.eq(stream.0))
            .order_by_asc(state_snapshot::Column::Seq)
            .all(self.db)
            .await;
        let Some(snapshots) = self.readable(tally::SNAPSHOTS, Some(stream), snapshots)? else {
            return Ok(Vec::new());
        };
        self.count(tally::SNAPSHOTS, stream, &snapshots);
        Ok(snapshots)
    }

    /// Walks the log to its end; returns whether every row could be read.
    async fn walk(&mut self, walk: &mut Walk) -> Result<bool, StoreError> {
        let mut after = i64::MIN;
        loop {
            let rows = event::Entity::find()
                .filter(event::Column::StreamId.eq(walk.stream.0))
                .filter(event::Column::Seq.gt(after))
                .order_by_asc(event::Column::Seq)
                .limit(PAGE)
                .all(self.db)
                .await;
            let Some(rows) = self.readable("event", Some(walk.stream), rows)? else {
                return Ok(false);
            };
            let Some(last) = rows.last() else { return Ok(true) };
            after = last.seq;
            self.report.events += rows.len() as u64;
            for row in &rows {
                self.event(walk, row);
            }
        }
    }

    fn event(&mut self, walk: &mut Walk, row: &event::Model) {
        let stream = walk.stream;
        let seq: Seq = row.seq.try_into().unwrap_or_default();
        if seq != walk.reached.seq + 1 {
            self.differs(Difference::Gap { stream, expected: walk.reached.seq + 1, found: seq });
        }
        let content = chain::content_hash(&row.salt, &row.payload);
        if content.0[..] != row.content_hash[..] {
            walk.unlike.insert(seq, content);
        }
        let content = log::digest(&row.content_hash, "event", "content_hash");
        let chained = match (log::header(row), content) {
            (Some(header), Ok(content)) => Some(chain::hash(walk.reached.hash, &header, content)),
            _ => None,
        };
        if chained.is_none_or(|hash| hash.0[..] != row.hash[..]) {
            self.differs(Difference::Hash { stream, seq });
        }
        // The walk continues from the stored hash, so that one broken link is reported once.
        let hash = log::digest(&row.hash, "event", "hash").unwrap_or(walk.reached.hash);
        walk.reached = Head { seq, hash };
        match log::record(row) {
            Ok(record) => {
                let (item, field) = log::subject(&record.event);
                if item.map(|item| item.0) != row.item_id {
                    self.differs(Difference::Index { stream, seq, column: "item_id" });
                }
                if field.as_ref().map(Coded::code) != row.field.as_deref() {
                    self.differs(Difference::Index { stream, seq, column: "field" });
                }
                if let Event::Redacted { events } = &record.event {
                    walk.unlike.retain(|seq, content| {
                        !events.contains(&Redaction { seq: *seq, content: *content })
                    });
                }
                if let Some(state) = &mut walk.state {
                    state.apply(&record.event);
                }
            }
            Err(_) => {
                self.differs(Difference::Event { stream, seq });
                walk.state = None;
            }
        }
        self.snapshots(walk);
    }

    /// Checks the state snapshots at the seq that the walk has reached.
    fn snapshots(&mut self, walk: &mut Walk) {
        let here = log::number(walk.reached.seq);
        while walk.snapshots.first().is_some_and(|snapshot| snapshot.seq <= here) {
            let snapshot = walk.snapshots.remove(0);
            // One of another version can't be read any more; its tally tells whether it is
            // unchanged.
            let readable = snapshot.version == SNAPSHOT_VERSION;
            let same_state = || match &walk.state {
                Some(state) => serde_json::from_slice::<Exercise>(&snapshot.state)
                    .is_ok_and(|kept| kept == *state),
                None => true,
            };
            let same = snapshot.seq == here
                && snapshot.hash[..] == walk.reached.hash.0[..]
                && (!readable || same_state());
            if !same {
                let seq = snapshot.seq.try_into().unwrap_or_default();
                self.differs(Difference::Snapshot { stream: walk.stream, seq });
            }
        }
    }

    /// Checks the derived rows.
    async fn derived(&mut self, stream: StreamId, state: &Exercise) -> Result<(), StoreError> {
        let rows = Rows::all(stream, state);
        macro_rules! compare {
            ($($table:ident),+) => {
                $({
                    use crate::tables::$table::{Column, Entity};
                    self.compare::<Entity>(stringify!($table), Column::StreamId, stream, rows.$table).await?;
                })+
            };
        }
        derived_tables!(compare);
        Ok(())
    }
}
