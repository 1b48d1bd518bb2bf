//! What nodes on one database notify each other of: a stream reached a seq. Only a hint; every room
//! also polls.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use domain::{Seq, StreamId};
use store::{Store, StoreError};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::rooms::Rooms;

/// The pause between two notifications; what happens meanwhile is coalesced.
const TELL_EVERY: Duration = Duration::from_millis(10);
/// How long until a lost connection is retried.
const RETRY_AFTER: Duration = Duration::from_secs(2);

/// The sending side; it never blocks.
#[derive(Clone, Debug, Default)]
pub struct Teller {
    heads: Arc<std::sync::Mutex<BTreeMap<StreamId, Seq>>>,
    told: Arc<Notify>,
}

impl Teller {
    /// Notifies the others that a stream is at `seq`.
    pub fn tell(&self, stream: StreamId, seq: Seq) {
        self.locked().insert(stream, seq);
        self.told.notify_one();
    }

    fn take(&self) -> Vec<(StreamId, Seq)> {
        std::mem::take(&mut *self.locked()).into_iter().collect()
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, BTreeMap<StreamId, Seq>> {
        // A panic while it was held leaves the map valid.
        self.heads.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Sends and listens until the token is cancelled. Does nothing on SQLite, where there is one node.
pub fn spawn(
    store: &Store,
    rooms: &Rooms,
    teller: Teller,
    shutdown: &CancellationToken,
    tracker: &TaskTracker,
) {
    if !store.is_shared() {
        return;
    }
    let telling = tell(store.clone(), teller);
    let listening = listen(store.clone(), rooms.clone());
    for task in [
        futures_util::future::Either::Left(telling),
        futures_util::future::Either::Right(listening),
    ] {
        let shutdown = shutdown.clone();
        tracker.spawn(async move { shutdown.run_until_cancelled(task).await });
    }
}

async fn tell(store: Store, teller: Teller) {
    loop {
        teller.told.notified().await;
        if let Err(error) = store.tell(&teller.take()).await {
            tracing::debug!(%error, "other nodes weren't told; they find out by themselves");
        }
        tokio::time::sleep(TELL_EVERY).await;
    }
}

async fn listen(store: Store, rooms: Rooms) {
    loop {
        if let Err(error) = follow(&store, &rooms).await {
            tracing::warn!(%error, "other nodes can't be heard; their edits are found half a second later");
        }
        tokio::time::sleep(RETRY_AFTER).await;
    }
}

async fn follow(store: &Store, rooms: &Rooms) -> Result<(), StoreError> {
    let Some(mut news) = store.news().await? else { return Ok(()) };
    loop {
        if let Some((stream, seq)) = news.next().await? {
            rooms.moved(stream, seq).await;
        }
    }
}
