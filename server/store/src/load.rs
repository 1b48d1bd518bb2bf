//! Reading a stream: its head, its events, its state.

use domain::{Digest, Exercise, PersonId, Seq, StreamId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::chain::Head;
use crate::error::{Damage, StoreError};
use crate::log;
use crate::open::Store;
use crate::record::Record;
use crate::snapshot;
use crate::tables::{event, stream};

/// Events that are read at a time.
pub(crate) const PAGE: u64 = 1_000;

/// A stream's state, folded from the log.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Its head.
    pub head: Head,
    /// The state there.
    pub state: Exercise,
    /// The seq of the state snapshot that it was loaded from; 0 when it was folded from the first
    /// event.
    pub snapshot_seq: Seq,
}

impl Store {
    /// Whether there is no stream yet.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn is_empty(&self) -> Result<bool, StoreError> {
        Ok(stream::Entity::find().one(&self.reader).await?.is_none())
    }

    /// A stream's state: the newest state snapshot that this program can read, and the events after
    /// it. None: no such stream.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when an event can't be read, or the log doesn't lead to the stream's
    /// head.
    pub async fn load(&self, stream: StreamId) -> Result<Option<Loaded>, StoreError> {
        // One read transaction, or the head might be ahead of the events.
        let reading = self.begin_reading().await?;
        let loaded = load(&reading, stream).await;
        reading.rollback().await.ok();
        loaded
    }

    /// A stream's head. None: no such stream.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Damaged`].
    pub async fn head(&self, stream: StreamId) -> Result<Option<Head>, StoreError> {
        let row = stream::Entity::find_by_id(stream.0).one(&self.reader).await?;
        row.map(|row| head(&row)).transpose()
    }

    /// At most `limit` events after `after`, in order.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when one can't be read.
    pub async fn records(
        &self,
        stream: StreamId,
        after: Seq,
        limit: u64,
    ) -> Result<Vec<Record>, StoreError> {
        let rows = page(&self.reader, stream, log::number(after), limit).await?;
        rows.iter().map(|row| log::record(row).map_err(Into::into)).collect()
    }

    /// The events that somebody caused, in order. It reads the whole stream.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when one can't be read.
    pub async fn records_of(
        &self,
        stream: StreamId,
        person: PersonId,
    ) -> Result<Vec<Record>, StoreError> {
        let query = event::Entity::find()
            .filter(event::Column::StreamId.eq(stream.0))
            .filter(event::Column::PersonId.eq(person.0))
            .order_by_asc(event::Column::Seq);
        let rows = query.all(&self.reader).await?;
        rows.iter().map(|row| log::record(row).map_err(Into::into)).collect()
    }

    /// The chain's hash after an event; at 0 the stream's initial hash. None: no such event.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Damaged`].
    pub async fn hash_at(&self, stream: StreamId, seq: Seq) -> Result<Option<Digest>, StoreError> {
        if seq == 0 {
            return Ok(Some(Head::start(stream).hash));
        }
        hash_at(&self.reader, stream, seq).await
    }
}

pub(crate) async fn load(
    db: &impl ConnectionTrait,
    stream: StreamId,
) -> Result<Option<Loaded>, StoreError> {
    let Some(row) = stream::Entity::find_by_id(stream.0).one(db).await? else { return Ok(None) };
    let head = head(&row)?;
    let (mut reached, mut state) = match snapshot::newest(db, stream, head).await? {
        Some((place, state)) => (place, state),
        None => (Head::start(stream), Exercise::default()),
    };
    let snapshot_seq = reached.seq;
    while reached.seq < head.seq {
        let rows = page(db, stream, log::number(reached.seq), PAGE).await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            let record = log::record(row)?;
            if record.seq != reached.seq + 1 {
                return Err(Damage::Gap { after: reached.seq }.into());
            }
            state.apply(&record.event);
            reached = Head { seq: record.seq, hash: record.hash };
        }
    }
    if reached == head {
        Ok(Some(Loaded { head, state, snapshot_seq }))
    } else {
        Err(Damage::Gap { after: reached.seq }.into())
    }
}

/// Rows of the log after a seq, in order.
pub(crate) async fn page(
    db: &impl ConnectionTrait,
    stream: StreamId,
    after: i64,
    limit: u64,
) -> Result<Vec<event::Model>, StoreError> {
    let query = event::Entity::find()
        .filter(event::Column::StreamId.eq(stream.0))
        .filter(event::Column::Seq.gt(after))
        .order_by_asc(event::Column::Seq)
        .limit(limit);
    Ok(query.all(db).await?)
}

/// The log's hash at a seq.
pub(crate) async fn hash_at(
    db: &impl ConnectionTrait,
    stream: StreamId,
    seq: Seq,
) -> Result<Option<Digest>, StoreError> {
    let hash: Option<Vec<u8>> = event::Entity::find_by_id((stream.0, log::number(seq)))
        .select_only()
        .column(event::Column::Hash)
        .into_tuple()
        .one(db)
        .await?;
    Ok(hash.map(|hash| log::digest(&hash, "event", "hash")).transpose()?)
}

/// The head in a stream's row.
pub(crate) fn head(row: &stream::Model) -> Result<Head, StoreError> {
    Ok(Head {
        seq: log::seq(row.head_seq, "stream", "head_seq")?,
        hash: log::digest(&row.head_hash, "stream", "head_hash")?,
    })
}
