//! The open rooms, by stream. A room is opened on first use and stays open until shutdown.

use std::collections::HashMap;
use std::sync::Arc;

use domain::{Exercise, MesaId, Seq, StreamId};
use store::{Store, StoreError};
use sync::wire::Position;
use tokio::sync::{Mutex, OnceCell};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::app_state::Unexpected;
use crate::metrics::Metrics;
use crate::news::{self, Teller};
use crate::room::{self, Around, Request, RoomHandle};
use crate::service::signing::Bell;

type Slot = Arc<OnceCell<RoomHandle>>;

/// The open rooms.
#[derive(Clone, Debug)]
pub struct Rooms {
    store: Store,
    shutdown: CancellationToken,
    tracker: TaskTracker,
    teller: Teller,
    metrics: Metrics,
    /// Rung when a plan's signing changes.
    pub signings: Bell,
    open: Arc<Mutex<HashMap<StreamId, Slot>>>,
}

impl Rooms {
    /// No rooms yet. On PostgreSQL it begins to listen to the other nodes.
    pub fn new(
        store: Store,
        metrics: Metrics,
        shutdown: CancellationToken,
        tracker: TaskTracker,
    ) -> Self {
        let teller = Teller::default();
        let signings = Bell::default();
        let rooms =
            Self { store, shutdown, tracker, teller, metrics, signings, open: Arc::default() };
        news::spawn(&rooms.store, &rooms, rooms.teller.clone(), &rooms.shutdown, &rooms.tracker);
        rooms
    }

    /// Another node reports that a stream is at `seq`. If its room isn't open here, there is nobody
    /// to tell.
    pub async fn moved(&self, stream: StreamId, seq: Seq) {
        let slot = self.open.lock().await.get(&stream).cloned();
        if let Some(room) = slot.as_ref().and_then(|slot| slot.get()) {
            // If the room has ended, the next one loads everything.
            let _ = room.send(Request::Moved { seq }).await;
        }
    }

    /// A stream's present state and position; none when there is no such stream.
    ///
    /// # Errors
    /// What the store says, or that the room ended meanwhile.
    pub async fn look(
        &self,
        stream: StreamId,
    ) -> Result<Option<(Arc<Exercise>, Position)>, Unexpected> {
        match self.get(stream).await {
            Ok(room) => Ok(Some(room.ask(|reply| Request::Look { reply }).await?)),
            Err(StoreError::NotFound) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The same once the room has what others wrote: another program or node may have a moment ago.
    ///
    /// # Errors
    /// What the store says, or that the room ended meanwhile.
    pub async fn look_anew(
        &self,
        stream: StreamId,
    ) -> Result<Option<(Arc<Exercise>, Position)>, Unexpected> {
        match self.get(stream).await {
            Ok(room) => room.send(Request::Moved { seq: Seq::MAX }).await?,
            Err(StoreError::NotFound) => return Ok(None),
            Err(error) => return Err(error.into()),
        }
        self.look(stream).await
    }

    /// The same for a mesa; none when there is no such mesa. Another program may have opened it a
    /// moment ago: then the store has it, and the room catches up.
    ///
    /// # Errors
    /// What the store says, or that the room ended meanwhile.
    pub async fn look_at(
        &self,
        mesa: MesaId,
    ) -> Result<Option<(Arc<Exercise>, Position)>, Unexpected> {
        let Some((seen, at)) = self.look(mesa.exercise).await? else { return Ok(None) };
        if seen.mesa(mesa.number).is_some() {
            return Ok(Some((seen, at)));
        }
        if !self.store.mesas().await?.iter().any(|known| known.mesa == mesa) {
            return Ok(None);
        }
        let looked = self.look_anew(mesa.exercise).await?;
        Ok(looked.filter(|(seen, _)| seen.mesa(mesa.number).is_some()))
    }

    /// Removes an exercise for good: its room ends, and with it all its connections.
    ///
    /// # Errors
    /// What the store says.
    pub async fn remove(&self, stream: StreamId) -> Result<(), Unexpected> {
        // Nobody opens the room again meanwhile.
        let mut open = self.open.lock().await;
        if let Some(room) = open.remove(&stream).as_ref().and_then(|slot| slot.get()) {
            // Fails when it has ended already.
            let _ = room.send(Request::End).await;
            room.ended().await;
        }
        Ok(self.store.remove(stream).await?)
    }

    /// The room of a stream. Opening one doesn't block the others.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such stream; otherwise what the store says.
    pub async fn get(&self, stream: StreamId) -> Result<RoomHandle, StoreError> {
        let slot = {
            let mut open = self.open.lock().await;
            let slot = open.entry(stream).or_default();
            if slot.get().is_some_and(RoomHandle::has_ended) {
                *slot = Slot::default();
            }
            Arc::clone(slot)
        };
        let opened = slot
            .get_or_try_init(|| {
                let around = Around {
                    teller: self.teller.clone(),
                    metrics: self.metrics.clone(),
                    signings: self.signings.clone(),
                };
                room::open(self.store.clone(), stream, around, self.shutdown.clone(), &self.tracker)
            })
            .await;
        match opened {
            Ok(room) => Ok(room.clone()),
            Err(error) => {
                // Requests for unknown streams leave nothing behind, however many there are.
                let mut open = self.open.lock().await;
                if open.get(&stream).is_some_and(|slot| slot.get().is_none()) {
                    open.remove(&stream);
                }
                Err(error)
            }
        }
    }
}
