//! One task per live exercise: the only place where its commands are decided, in the order in which
//! they came.
//!
//! It takes whatever queued while the previous commit ran and never waits for more, nor for any
//! socket: an answer or frame that a socket doesn't fetch in time costs that socket its connection.
//! Nothing is answered before it is on disk.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use domain::judge::Context;
use domain::people::registry::Grant;
use domain::{
    CommandId, Exercise, ItemId, MesaNumber, Millis, Patch, PersonId, Rejection, Seq,
    ServerCommand, SessionId, StreamId, TextField, Viewer,
};
use prometheus_client::metrics::gauge::Gauge;
use store::{Head, Loaded, NewPerson, Store, StoreError};
use sync::wire::{Answer, CommandFrame, Outcome, Position, Resume};
use tokio::sync::{broadcast, mpsc, oneshot};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::clock;
use crate::live::Outgoing;
use crate::metrics::{Counted, Metrics};
use crate::news::Teller;
use crate::pulse::Pulse;
use called::Wrote;
use presence::Presence;

mod batch;
mod called;
mod presence;
mod publish;
mod resume;

pub use presence::{Coming, Heard};
pub(crate) use publish::Published;

/// Requests that may queue before senders wait.
const REQUEST_QUEUE: usize = 4_096;
/// Requests taken into one transaction.
const BATCH_LIMIT: usize = 512;
/// Events kept in memory for devices that come back.
const TAIL_LENGTH: usize = 2_048;
/// Patches kept in memory for late ones; older ones are read from the log.
const PATCHES_LENGTH: usize = 8_192;
/// Answers kept in memory for commands sent twice; older ones are read from the store.
const ANSWERS_LENGTH: usize = 8_192;
/// Commands for which a connection is remembered.
const FENCE_LIMIT: usize = 100_000;
/// Events between state snapshots: what a restart folds at most.
const SNAPSHOT_EVERY: Seq = 1_000;
/// How often the room looks whether another process appended to its stream.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Who sent a command.
#[derive(Clone, Copy, Debug)]
pub struct Issuer {
    /// The person.
    pub person: PersonId,
    /// Their session.
    pub session: SessionId,
    /// What they are, and at which mesas.
    pub grant: Grant,
}

impl Issuer {
    /// What a command of theirs at a mesa is judged by; `since` are the text's changes after the
    /// state that it was made on.
    fn context<'a>(&self, mesa: MesaNumber, now: Millis, since: &'a [Patch]) -> Context<'a> {
        Context {
            person: self.person,
            seat: self.grant.seat,
            role: self.grant.role_at(mesa),
            now,
            since,
        }
    }
}

/// One connection, told from every other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connection(pub uuid::Uuid);

/// A connection as the room sees it.
#[derive(Debug)]
pub struct Joined {
    /// Where the stream stands.
    pub at: Position,
    /// What the device missed: some events when it follows this very stream and missed little,
    /// otherwise all there is.
    pub resume: Resume,
    /// Everything from here on, encoded.
    pub frames: broadcast::Receiver<Bytes>,
    /// Who is here and who is writing at the mesa that is shown, encoded; nothing of it lasts.
    pub asides: broadcast::Receiver<Bytes>,
}

/// What the room is asked.
#[derive(Debug)]
pub enum Request {
    /// A connection begins.
    Join {
        /// Who looks.
        viewer: Viewer,
        /// The mesa that is shown.
        mesa: MesaNumber,
        /// Whose device it is; none: a follower's or projector's.
        coming: Option<Coming>,
        /// How far the device followed.
        at: Option<Position>,
        /// This connection.
        connection: Connection,
        /// The commands that the device waits for and will send again here.
        pending: Vec<CommandId>,
        /// Where the answer goes.
        reply: oneshot::Sender<Joined>,
    },
    /// A connection of this person ended.
    Leave {
        /// At which mesa.
        mesa: MesaNumber,
        /// Whose.
        person: PersonId,
        /// Which.
        connection: Connection,
    },
    /// A command.
    Command {
        /// The command.
        frame: Box<CommandFrame>,
        /// Who sent it.
        issuer: Issuer,
        /// On which connection.
        connection: Connection,
        /// Where its answer goes.
        answers: mpsc::Sender<Answer>,
    },
    /// Someone is writing: the others at the here are told, nothing is kept.
    Writing {
        /// Who.
        person: PersonId,
        /// In which item.
        item: ItemId,
        /// In which text.
        field: TextField,
    },
    /// What someone is called at the here, or would be if they came in now.
    Call {
        /// At which mesa.
        mesa: MesaNumber,
        /// Who; someone new has a new id.
        person: PersonId,
        /// The name that they write, unless theirs is known.
        name: String,
        /// The organisation that they come for.
        organisation: String,
        /// Where the answer goes.
        reply: oneshot::Sender<String>,
    },
    /// The server's own entries, all or none.
    Enter {
        /// The entries.
        commands: Vec<ServerCommand>,
        /// Records of the people whom they enrol.
        people: Vec<NewPerson>,
        /// What became of them.
        reply: oneshot::Sender<Result<(), Rejection>>,
    },
    /// Another node says that the stream stands at `seq`.
    Moved {
        /// Where.
        seq: Seq,
    },
    /// What is true now.
    Look {
        /// Where the answer goes.
        reply: oneshot::Sender<(Arc<Exercise>, Position)>,
    },
}

/// The way to a room.
#[derive(Clone, Debug)]
pub struct RoomHandle {
    requests: mpsc::Sender<Request>,
}

/// The room ended; a new one can be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the room ended")]
pub struct RoomEnded;

impl RoomHandle {
    /// Sends a request; waits while the queue is full, which slows down only who asks.
    ///
    /// # Errors
    /// [`RoomEnded`] when the room stopped.
    pub async fn send(&self, request: Request) -> Result<(), RoomEnded> {
        self.requests.send(request).await.map_err(|_| RoomEnded)
    }

    /// Sends a request that is answered.
    ///
    /// # Errors
    /// [`RoomEnded`] when the room stopped.
    pub async fn ask<T>(
        &self,
        request: impl FnOnce(oneshot::Sender<T>) -> Request,
    ) -> Result<T, RoomEnded> {
        let (reply, answer) = oneshot::channel();
        self.send(request(reply)).await?;
        answer.await.map_err(|_| RoomEnded)
    }

    /// Whether the room stopped.
    pub fn has_ended(&self) -> bool {
        self.requests.is_closed()
    }
}

/// Why a room ends before the server does.
#[derive(Debug, thiserror::Error)]
enum RoomFailure {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("other processes append to the stream faster than this one can")]
    Contended,
}

/// An event that devices coming back may have missed.
#[derive(Debug)]
struct Recent {
    seq: Seq,
    /// The chain's hash after it, where a frame ends with it.
    tag: Option<sync::wire::Tag>,
    published: Published,
}

/// What a room tells of what happens in it.
#[derive(Clone, Debug)]
pub struct Around {
    /// The other nodes.
    pub teller: Teller,
    /// Who operates the server.
    pub metrics: Metrics,
}

struct Room {
    store: Store,
    around: Around,
    /// Counts the room among those that are live.
    _open: Counted,
    queue: Gauge,
    stream: StreamId,
    state: Exercise,
    head: Head,
    requests: mpsc::Receiver<Request>,
    outgoing: Outgoing,
    /// The stream as each kind of viewer sees it at some seq, packed when asked for, and sent with
    /// what happened since.
    packed: BTreeMap<Viewer, (Seq, Vec<u8>)>,
    recent: VecDeque<Recent>,
    /// `(seq, item, field, patch)`, and the seq after which all patches are in it.
    patches: VecDeque<(Seq, ItemId, TextField, Patch)>,
    patches_since: Seq,
    answers: BTreeMap<CommandId, (PersonId, Outcome)>,
    answer_order: VecDeque<CommandId>,
    /// Which connection will send a command again. What still comes from one that was given up is
    /// not taken: the device has moved on from it, and would take its own change for someone
    /// else's.
    fences: BTreeMap<CommandId, Connection>,
    names: BTreeMap<PersonId, String>,
    /// Who is here, mesa by mesa.
    here: BTreeMap<MesaNumber, Here>,
    pulse: Pulse,
    snapshot_seq: Seq,
}

/// Who is here at a mesa; nothing of it is kept.
#[derive(Default)]
struct Here {
    presence: Presence,
    roster_changed: bool,
    /// What those who are here are called; none: who is here changed since.
    called: Option<BTreeMap<PersonId, String>>,
    /// What was last told of each person's writing.
    wrote: BTreeMap<PersonId, Wrote>,
}

/// Opens the room of a stream: reads it from the store and runs until the token is cancelled or the
/// store fails.
///
/// # Errors
/// [`StoreError`] when the stream can't be read; [`StoreError::NotFound`] when there is none.
pub async fn open(
    store: Store,
    stream: StreamId,
    around: Around,
    shutdown: CancellationToken,
    tracker: &tokio_util::task::TaskTracker,
) -> Result<RoomHandle, StoreError> {
    let Loaded { head, state, snapshot_seq } =
        store.load(stream).await?.ok_or(StoreError::NotFound)?;
    let people: Vec<_> = state.registry.people.keys().copied().collect();
    let names = store.names(&people).await?;
    let (sender, requests) = mpsc::channel(REQUEST_QUEUE);
    let (open, queue) = (around.metrics.room(), around.metrics.queue(stream));
    let room = Room {
        store,
        around,
        _open: open,
        queue,
        stream,
        state,
        head,
        requests,
        outgoing: Outgoing::new(),
        packed: BTreeMap::new(),
        recent: VecDeque::new(),
        patches: VecDeque::new(),
        patches_since: head.seq,
        answers: BTreeMap::new(),
        answer_order: VecDeque::new(),
        fences: BTreeMap::new(),
        names,
        here: BTreeMap::new(),
        pulse: Pulse::new(clock::now(), std::time::Instant::now()),
        snapshot_seq,
    };
    tracker.spawn(room.run(shutdown));
    Ok(RoomHandle { requests: sender })
}

/// A command that waits for the next transaction.
enum Work {
    Command {
        frame: Box<CommandFrame>,
        issuer: Issuer,
        answers: mpsc::Sender<Answer>,
    },
    Enter {
        commands: Vec<ServerCommand>,
        people: Vec<NewPerson>,
        reply: oneshot::Sender<Result<(), Rejection>>,
    },
}

/// Why a room's task goes on.
enum Woken {
    /// It is asked something.
    By(Request),
    /// Something held back has to go out.
    ToFlush,
    /// It is time to look around.
    ToLook,
}

impl Room {
    async fn run(mut self, shutdown: CancellationToken) {
        let mut look = tokio::time::interval(LOOK_EVERY);
        look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            let woken = tokio::select! {
                biased;
                () = shutdown.cancelled() => break,
                request = self.requests.recv() => match request {
                    Some(request) => Woken::By(request),
                    None => break,
                },
                () = until(self.outgoing.due(Instant::now())) => Woken::ToFlush,
                _ = look.tick() => Woken::ToLook,
            };
            if let Err(error) = self.wake(woken).await {
                // Nobody was answered. Ending the room ends its connections; devices come back with
                // what they hold.
                tracing::error!(stream = %self.stream, %error, "a mesa's room ends because its store failed");
                break;
            }
            self.outgoing.flush(Instant::now());
            self.publish_rosters();
            self.call_anew();
        }
        // What was taken is answered by now; what still queues is sent again by its devices.
        if self.head.seq > self.snapshot_seq
            && let Err(error) = self.store.write_snapshot(self.stream, self.head, &self.state).await
        {
            tracing::warn!(stream = %self.stream, %error, "no state snapshot at the end; the next start folds more events");
        }
    }

    async fn wake(&mut self, woken: Woken) -> Result<(), RoomFailure> {
        // Before anything is made of how late it is.
        if let Some(pause) = self.pulse.beat(clock::now(), std::time::Instant::now()) {
            self.go_on_after(pause).await?;
        }
        match woken {
            Woken::By(request) => self.take(request).await,
            Woken::ToFlush => Ok(()),
            Woken::ToLook => {
                self.look_who_is_here();
                self.look().await
            }
        }
    }

    async fn take(&mut self, first: Request) -> Result<(), RoomFailure> {
        self.queue.set(i64::try_from(self.requests.len() + 1).unwrap_or(i64::MAX));
        let mut work: Vec<Work> = Vec::new();
        let mut next = Some(first);
        let mut moved = false;
        while let Some(request) = next {
            match request {
                Request::Command { frame, issuer, connection, answers } => {
                    if self.fences.get(&frame.id).is_none_or(|owner| *owner == connection) {
                        work.push(Work::Command { frame, issuer, answers });
                    }
                }
                Request::Enter { commands, people, reply } => {
                    work.push(Work::Enter { commands, people, reply })
                }
                // Whoever asks is told by the answer that doesn't come; nothing is kept of a mesa
                // that there isn't.
                Request::Join { mesa, .. } if self.state.mesa(mesa).is_none() => {}
                Request::Join { viewer, mesa, coming, at, connection, pending, reply } => {
                    // What an earlier connection of the device sent isn't taken any more: it will
                    // come again on this one.
                    work.retain(|piece| {
                        piece.frame().is_none_or(|frame| !pending.contains(&frame.id))
                    });
                    self.fence(connection, pending);
                    let joined = self.join(viewer, at);
                    if reply.send(joined).is_ok() {
                        let here = self.here.entry(mesa).or_default();
                        if let Some(coming) = coming {
                            here.presence.come(coming, connection);
                            here.called = None;
                        }
                        here.roster_changed = true;
                    }
                }
                Request::Leave { mesa, person, connection } => {
                    if let Some(here) = self.here.get_mut(&mesa) {
                        here.presence.leave(person, connection);
                        here.called = None;
                        here.roster_changed = true;
                    }
                }
                Request::Writing { person, item, field } => self.tell_writing(person, item, field),
                Request::Call { mesa, person, name, organisation, reply } => {
                    // Nobody waits for the answer any more: nothing to do.
                    let _ = reply.send(self.would_be_called(mesa, person, &name, &organisation));
                }
                Request::Moved { seq } => moved |= seq > self.head.seq,
                Request::Look { reply } => {
                    if std::mem::take(&mut moved) {
                        self.catch_up().await?;
                    }
                    // Nobody waits for the answer any more: nothing to do.
                    let _ = reply.send((Arc::new(self.state.clone()), self.position()));
                }
            }
            next = if work.len() < BATCH_LIMIT { self.requests.try_recv().ok() } else { None };
        }
        if moved {
            self.catch_up().await?;
        }
        if work.is_empty() { Ok(()) } else { self.commit(work).await }
    }

    fn position(&self) -> Position {
        Position { seq: self.head.seq, tag: self.head.hash.into() }
    }

    fn fence(&mut self, connection: Connection, pending: Vec<CommandId>) {
        if self.fences.len() > FENCE_LIMIT {
            self.fences.clear();
        }
        self.fences.extend(
            pending
                .into_iter()
                .filter(|command| !self.answers.contains_key(command))
                .map(|command| (command, connection)),
        );
    }

    /// Another process (a command line, another node) may have appended.
    async fn look(&mut self) -> Result<(), RoomFailure> {
        match self.store.head(self.stream).await? {
            Some(head) if head != self.head => Ok(self.catch_up().await?),
            Some(_) => Ok(()),
            None => Err(StoreError::NotFound.into()),
        }
    }
}

/// Waits for a moment; for ever when there is none.
async fn until(moment: Option<Instant>) {
    match moment {
        Some(moment) => tokio::time::sleep_until(moment).await,
        None => std::future::pending().await,
    }
}
