//! State snapshots: a cache for faster restarts. The log alone gives the same state.

use domain::{Event, Exercise, StreamId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder,
};

use crate::append::current;
use crate::chain::Head;
use crate::error::StoreError;
use crate::load::hash_at;
use crate::log;
use crate::open::Store;
use crate::tables::{event, state_snapshot};
use crate::tally;
use crate::write;

/// Version of the serialised [`Exercise`]. Raise it with every change of its shape or of how events
/// are applied: snapshots of other versions are ignored.
pub(crate) const SNAPSHOT_VERSION: i64 = 1;
/// How many are kept of each stream.
const KEPT: usize = 2;

impl Store {
    /// Stores a stream's state at a position of its log; the newest two are kept. One from before a
    /// redaction isn't stored: it would have what was redacted.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when `head` isn't a position of the stream's chain.
    pub async fn write_snapshot(
        &self,
        stream: StreamId,
        head: Head,
        state: &Exercise,
    ) -> Result<(), StoreError> {
        let row = state_snapshot::Model {
            stream_id: stream.0,
            seq: log::number(head.seq),
            hash: head.hash.0.to_vec(),
            version: SNAPSHOT_VERSION,
            state: serde_json::to_vec(state).expect("states are plain data and always serialise"),
        };
        let transaction = self.begin().await?;
        match keep(&transaction, stream, head, row).await {
            Ok(()) => Ok(transaction.commit().await?),
            Err(error) => {
                transaction.rollback().await.ok();
                Err(error)
            }
        }
    }
}

/// Deletes a stream's state snapshots: they contain what was redacted from its log.
pub(crate) async fn drop_all(
    transaction: &DatabaseTransaction,
    stream: StreamId,
) -> Result<(), StoreError> {
    let dropped = of_stream(transaction, stream).await?;
    state_snapshot::Entity::delete_many()
        .filter(state_snapshot::Column::StreamId.eq(stream.0))
        .exec(transaction)
        .await?;
    tally::change(transaction, tally::SNAPSHOTS, stream, |tally| {
        dropped.iter().for_each(|old| tally.remove(old))
    })
    .await?;
    Ok(())
}

async fn keep(
    transaction: &DatabaseTransaction,
    stream: StreamId,
    head: Head,
    row: state_snapshot::Model,
) -> Result<(), StoreError> {
    // The stream's lock also guards its tallies.
    current(transaction, stream).await?;
    if hash_at(transaction, stream, head.seq).await? != Some(head.hash) {
        return Err(StoreError::NotFound);
    }
    let redacted = event::Entity::find()
        .filter(event::Column::StreamId.eq(stream.0))
        .filter(event::Column::Seq.gt(row.seq))
        .filter(event::Column::Name.eq(Event::Redacted { events: Vec::new() }.name()))
        .count(transaction)
        .await?;
    if redacted > 0 {
        return Ok(());
    }
    let mut dropped = of_stream(transaction, stream).await?;
    if dropped.iter().any(|kept| kept.seq >= row.seq && kept.version == row.version) {
        return Ok(());
    }
    // A snapshot at the same seq is another version's, and is deleted too.
    let kept: Vec<i64> =
        dropped.iter().map(|kept| kept.seq).filter(|seq| *seq != row.seq).take(KEPT - 1).collect();
    dropped.retain(|old| !kept.contains(&old.seq));
    if !dropped.is_empty() {
        state_snapshot::Entity::delete_many()
            .filter(state_snapshot::Column::StreamId.eq(stream.0))
            .filter(state_snapshot::Column::Seq.is_in(dropped.iter().map(|old| old.seq)))
            .exec(transaction)
            .await?;
    }
    write::insert::<state_snapshot::Entity>(transaction, std::slice::from_ref(&row)).await?;
    tally::change(transaction, tally::SNAPSHOTS, stream, |tally| {
        tally.add(&row);
        dropped.iter().for_each(|old| tally.remove(old));
    })
    .await?;
    Ok(())
}

/// A stream's snapshots, newest first.
async fn of_stream(
    db: &impl ConnectionTrait,
    stream: StreamId,
) -> Result<Vec<state_snapshot::Model>, StoreError> {
    let query = state_snapshot::Entity::find()
        .filter(state_snapshot::Column::StreamId.eq(stream.0))
        .order_by_desc(state_snapshot::Column::Seq);
    Ok(query.all(db).await?)
}

/// The newest state of a stream that this program can read and that lies on the stream's chain.
pub(crate) async fn newest(
    db: &impl ConnectionTrait,
    stream: StreamId,
    head: Head,
) -> Result<Option<(Head, Exercise)>, StoreError> {
    for row in of_stream(db, stream).await? {
        if row.version != SNAPSHOT_VERSION || row.seq > log::number(head.seq) {
            continue;
        }
        let place = Head {
            seq: log::seq(row.seq, "state_snapshot", "seq")?,
            hash: log::digest(&row.hash, "state_snapshot", "hash")?,
        };
        let state = serde_json::from_slice(&row.state);
        match state {
            Ok(state) if hash_at(db, stream, place.seq).await? == Some(place.hash) => {
                return Ok(Some((place, state)));
            }
            Ok(_) | Err(_) => {
                tracing::warn!(seq = place.seq, "a state snapshot can't be used and is passed over")
            }
        }
    }
    Ok(None)
}
