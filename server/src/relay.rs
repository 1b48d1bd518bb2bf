//! Passing on between the mesas of a plan: how each stands is told to the plan, and what the plan says to each of its mesas.
//!
//! Rooms only say that there may be something to pass on, and never wait. What it is follows from the streams as they stand: it
//! is looked up, compared and entered through the rooms' own queues, where the rules take only what is news. So it doesn't
//! matter how often it is done, by how many nodes, or what was under way when a server ended; when nothing is news, nothing
//! more happens.

use domain::exercise;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use domain::decide::register;
use domain::{Seq, ServerCommand, Standing, State, StreamId};
use store::{Store, StoreError};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::app_state::Unexpected;
use crate::room::{Request, RoomEnded, RoomHandle};
use crate::rooms::Rooms;

/// After one round, how long until the next: what happens meanwhile is passed on together.
const PASS_EVERY: Duration = Duration::from_millis(10);
/// How long the rooms of one plan may take; the others' next round waits for it.
const ROUND_LIMIT: Duration = Duration::from_secs(5);
/// How long until what failed is tried again.
const RETRY_AFTER: Duration = Duration::from_secs(2);

/// Plans, and the streams because of which they are looked at.
type Plans = BTreeMap<StreamId, BTreeSet<StreamId>>;

/// Takes word that there may be something to pass on, and never waits.
#[derive(Clone, Debug, Default)]
pub struct Relay {
    plans: Arc<std::sync::Mutex<Plans>>,
    told: Arc<Notify>,
}

impl Relay {
    /// Something happened in a stream of a plan.
    pub fn tell(&self, plan: StreamId, stream: StreamId) {
        self.locked().entry(plan).or_default().insert(stream);
        self.told.notify_one();
    }

    fn take(&self) -> Plans {
        std::mem::take(&mut *self.locked())
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, Plans> {
        // A panic while it was held leaves a list as good as any.
        self.plans.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Passes on until the token is cancelled.
pub fn spawn(store: &Store, rooms: &Rooms, relay: Relay, shutdown: &CancellationToken, tracker: &TaskTracker) {
    let passing = pass_on(store.clone(), rooms.clone(), relay);
    let shutdown = shutdown.clone();
    tracker.spawn(async move { shutdown.run_until_cancelled(passing).await });
}

async fn pass_on(store: Store, rooms: Rooms, relay: Relay) {
    let mut failed = Plans::new();
    loop {
        if failed.is_empty() {
            relay.told.notified().await;
        } else if tokio::time::timeout(RETRY_AFTER, relay.told.notified()).await.is_err() {
            for (plan, streams) in std::mem::take(&mut failed) {
                relay.locked().entry(plan).or_default().extend(streams);
            }
        }
        let rounds = relay.take().into_iter().map(|(plan, streams)| {
            let (store, rooms) = (&store, &rooms);
            async move {
                let round = tokio::time::timeout(ROUND_LIMIT, bring_together(store, rooms, plan, &streams)).await;
                match round {
                    Ok(Ok(())) => None,
                    Ok(Err(error)) => {
                        tracing::warn!(%plan, %error, "the mesas of a plan weren't told of each other; it is tried again");
                        Some((plan, streams))
                    }
                    Err(_) => {
                        tracing::warn!(%plan, "the mesas of a plan take long to be told of each other; it is tried again");
                        Some((plan, streams))
                    }
                }
            }
        });
        failed.extend(futures_util::future::join_all(rounds).await.into_iter().flatten());
        tokio::time::sleep(PASS_EVERY).await;
    }
}

/// A mesa as it was looked at.
struct Looked {
    mesa: StreamId,
    room: RoomHandle,
    state: Arc<State>,
    seq: Seq,
}

/// One round: tells the plan how its mesas stand and where their people took it, then tells the mesas what the plan says.
async fn bring_together(store: &Store, rooms: &Rooms, plan: StreamId, because: &BTreeSet<StreamId>) -> Result<(), Unexpected> {
    let room = match rooms.get(plan).await {
        Ok(room) => room,
        // A mesa names a plan that isn't there: verify tells of it, and no plan is to be told.
        Err(StoreError::NotFound) => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    let (book, _) = look(&room).await?;
    let mut mesas = Vec::new();
    let strangers = because.iter().filter(|stream| **stream != plan && !book.mesas.contains(stream));
    for mesa in book.mesas.iter().chain(strangers) {
        mesas.extend(look_at_mesa(rooms, plan, *mesa).await?);
    }
    let news = told_by_mesas(store, &book, &mesas).await?;
    if !news.is_empty() {
        enter(&room, news).await?;
    }
    let (book, seq) = look(&room).await?;
    for looked in mesas {
        let follow = ServerCommand::Exercise(exercise::ServerCommand::Follow {
            siblings: book.siblings_of(looked.mesa),
            seq,
            last: book.course.plan_move(),
            taken: book.course.taken.get(&looked.mesa).copied().unwrap_or(0),
        });
        if is_news(&looked.state, &follow) {
            enter(&looked.room, vec![follow]).await?;
        }
    }
    Ok(())
}

/// A mesa of the plan; none when it can't be read, which doesn't keep the others from each other.
async fn look_at_mesa(rooms: &Rooms, plan: StreamId, mesa: StreamId) -> Result<Option<Looked>, RoomEnded> {
    let room = match rooms.get(mesa).await {
        Ok(room) => room,
        Err(error) => {
            tracing::warn!(%plan, %mesa, %error, "a mesa of a plan can't be read; the plan's other mesas go on without it");
            return Ok(None);
        }
    };
    let (state, seq) = look(&room).await?;
    let feeds = state.mesa.as_ref().is_some_and(|card| card.plan == plan);
    Ok(feeds.then_some(Looked { mesa, room, state, seq }))
}

/// What is news to the plan: mesas that name it and that it doesn't know, how they stand, and then the moves made at them, the
/// earliest first.
async fn told_by_mesas(store: &Store, book: &State, mesas: &[Looked]) -> Result<Vec<ServerCommand>, StoreError> {
    let mut news = Vec::new();
    let mut known = book.clone();
    let mut tell = |registration: ServerCommand| {
        let events = register(&known, &registration).unwrap_or_default();
        events.iter().for_each(|event| known.apply(event));
        if !events.is_empty() {
            news.push(registration);
        }
    };
    let mut moves = Vec::new();
    for looked in mesas {
        if !book.mesas.contains(&looked.mesa) {
            tell(ServerCommand::Exercise(exercise::ServerCommand::GatherMesa(looked.mesa)));
        }
        if let Some(standing) = Standing::of(&looked.state, looked.mesa) {
            tell(ServerCommand::Exercise(exercise::ServerCommand::NoteStanding { standing: Box::new(standing), seq: looked.seq }));
        }
        let (number, taken) = (looked.state.course.moves, book.course.taken.get(&looked.mesa).copied().unwrap_or(0));
        if let Some(last) = looked.state.course.last.filter(|_| number > taken) {
            let by = store.who_changed_phase(looked.mesa, last.at, looked.seq).await?;
            moves.push(ServerCommand::Exercise(exercise::ServerCommand::TakeMove {
                mesa: looked.mesa,
                number,
                to: last.phase,
                at: last.at,
                by,
            }));
        }
    }
    moves.sort_by_key(|made| if let ServerCommand::Exercise(exercise::ServerCommand::TakeMove { at, .. }) = made { *at } else { 0 });
    moves.into_iter().for_each(tell);
    Ok(news)
}

fn is_news(state: &State, registration: &ServerCommand) -> bool {
    register(state, registration).is_ok_and(|events| !events.is_empty())
}

async fn look(room: &RoomHandle) -> Result<(Arc<State>, Seq), RoomEnded> {
    let (state, at) = room.ask(|reply| Request::Look { reply }).await?;
    Ok((state, at.seq))
}

/// What is refused was no news any more.
async fn enter(room: &RoomHandle, registrations: Vec<ServerCommand>) -> Result<(), RoomEnded> {
    let entered = room.ask(|reply| Request::Register { registrations, people: Vec::new(), reply }).await?;
    if let Err(rejection) = entered {
        tracing::debug!(%rejection, "somebody else passed it on first");
    }
    Ok(())
}
