//! One task per live exercise: the only place where its commands are decided, in the order in which
//! they arrive.
//!
//! It takes whatever queued while the previous commit ran and never waits for more, nor for any
//! socket: one that doesn't fetch an answer or frame in time loses its connection. Nothing is
//! answered before it is on disk.

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
use crate::service::signing::Bell;
use called::Wrote;
use presence::Presence;

mod batch;
mod called;
mod jobs;
mod presence;
mod publish;
mod resume;
mod withheld;

pub use jobs::{INVITATION, InvitationJob, invitation_key};
pub use presence::{Coming, Heard};
pub(crate) use publish::Published;

/// Requests that may queue before senders have to wait.
const REQUEST_QUEUE: usize = 4_096;
/// Requests taken into one transaction.
const BATCH_LIMIT: usize = 512;
/// Events kept in memory for devices that come back.
const TAIL_LENGTH: usize = 2_048;
/// Patches kept in memory for rebasing late ones; older ones are read from the log.
const PATCHES_LENGTH: usize = 8_192;
/// Answers kept in memory for commands that are sent twice; older ones are read from the store.
const ANSWERS_LENGTH: usize = 8_192;
/// Most commands for which the fence is remembered.
const FENCE_LIMIT: usize = 100_000;
/// Events between state snapshots: the most that a restart has to fold.
const SNAPSHOT_EVERY: Seq = 1_000;
/// How often the room checks whether another process appended to its stream.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Who sent a command.
#[derive(Clone, Copy, Debug)]
pub struct Issuer {
    /// The person.
    pub person: PersonId,
    /// Their session.
    pub session: SessionId,
    /// Their role, seat and mesas.
    pub grant: Grant,
}

impl Issuer {
    /// The context in which a command of theirs at a mesa is decided; `since` are the text's
    /// patches after the state that the command is based on.
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

/// The id of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connection(pub uuid::Uuid);

/// What a connection gets when it joins.
#[derive(Debug)]
pub struct Joined {
    /// The stream's position.
    pub at: Position,
    /// What the device missed: events when it followed this very stream and missed few, otherwise a
    /// snapshot.
    pub resume: Resume,
    /// Frames of all later events, encoded.
    pub frames: broadcast::Receiver<Bytes>,
    /// Frames with who is here and who is writing at the mesa that is shown, encoded; ephemeral.
    pub asides: broadcast::Receiver<Bytes>,
    /// Cancelled when the device was signed out or has another role: it has to say hello again, if
    /// it may. None for the public.
    pub cut: Option<CancellationToken>,
}

/// A request to the room.
#[derive(Debug)]
pub enum Request {
    /// A connection begins.
    Join {
        /// The viewer.
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
    /// Someone is writing: the others at the mesa are told, nothing is kept.
    Writing {
        /// Who.
        person: PersonId,
        /// In which item.
        item: ItemId,
        /// In which text.
        field: TextField,
    },
    /// What someone is called at the mesa, or would be if they came in now.
    Call {
        /// At which mesa.
        mesa: MesaNumber,
        /// Who; a newcomer has a new id.
        person: PersonId,
        /// The name that they typed, unless theirs is known.
        name: String,
        /// The organisation that they come for.
        organisation: String,
        /// Where the answer goes.
        reply: oneshot::Sender<String>,
    },
    /// The server's own commands, all or none.
    Enter {
        /// The commands.
        commands: Vec<ServerCommand>,
        /// Records of the people whom they enrol or change.
        people: Vec<NewPerson>,
        /// Whose decision they are; none: of who they are about, or of nobody.
        by: Option<PersonId>,
        /// What came of them.
        reply: oneshot::Sender<Result<(), Rejection>>,
    },
    /// Another node reports that the stream is at `seq`.
    Moved {
        /// The seq.
        seq: Seq,
    },
    /// The exercise is going to be removed: the room ends, and keeps nothing.
    End,
    /// The present state.
    Look {
        /// Where the answer goes.
        reply: oneshot::Sender<(Arc<Exercise>, Position)>,
    },
}

/// A handle to a room's task.
#[derive(Clone, Debug)]
pub struct RoomHandle {
    requests: mpsc::Sender<Request>,
}

/// The room has ended; a new one can be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the room ended")]
pub struct RoomEnded;

impl RoomHandle {
    /// Sends a request; waits while the queue is full, which slows only the sender down.
    ///
    ///
    /// # Errors
    /// [`RoomEnded`] when the room has ended.
    pub async fn send(&self, request: Request) -> Result<(), RoomEnded> {
        self.requests.send(request).await.map_err(|_| RoomEnded)
    }

    /// Sends a request and waits for its answer.
    ///
    ///
    /// # Errors
    /// [`RoomEnded`] when the room has ended.
    pub async fn ask<T>(
        &self,
        request: impl FnOnce(oneshot::Sender<T>) -> Request,
    ) -> Result<T, RoomEnded> {
        let (reply, answer) = oneshot::channel();
        self.send(request(reply)).await?;
        answer.await.map_err(|_| RoomEnded)
    }

    /// Waits until the room has ended.
    pub async fn ended(&self) {
        self.requests.closed().await;
    }

    /// Whether the room has ended.
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
    #[error("something was redacted from the stream")]
    Redacted,
}

/// An event that a device coming back may have missed.
#[derive(Debug)]
struct Recent {
    seq: Seq,
    /// The chain's hash after it, if a frame ends with it.
    tag: Option<sync::wire::Tag>,
    published: Published,
}

/// Whom a room informs of what happens in it.
#[derive(Clone, Debug)]
pub struct Around {
    /// The other nodes.
    pub teller: Teller,
    /// The operator's metrics.
    pub metrics: Metrics,
    /// Rung when the plan's signing changes.
    pub signings: Bell,
}

struct Room {
    store: Store,
    around: Around,
    /// Counts the room in the metrics.
    _open: Counted,
    queue: Gauge,
    stream: StreamId,
    state: Exercise,
    head: Head,
    requests: mpsc::Receiver<Request>,
    outgoing: Outgoing,
    /// A packed snapshot for each kind of viewer, made on demand, with its seq; it is sent with the
    /// events since.
    packed: BTreeMap<Viewer, (Seq, Vec<u8>)>,
    recent: VecDeque<Recent>,
    /// `(seq, item, field, patch)`: every patch after `patches_since`.
    patches: VecDeque<(Seq, ItemId, TextField, Patch)>,
    patches_since: Seq,
    answers: BTreeMap<CommandId, (PersonId, Outcome)>,
    answer_order: VecDeque<CommandId>,
    /// The connection on which a person will send a command again. A copy that still comes from an
    /// earlier, abandoned connection of theirs is ignored: the device has left that behind, and
    /// would take its own change for someone else's. Whoever else names the command stops nothing.
    fences: BTreeMap<(CommandId, PersonId), Connection>,
    names: BTreeMap<PersonId, String>,
    /// Who is here, mesa by mesa.
    here: BTreeMap<MesaNumber, Here>,
    /// Cancelled when a session is closed or gets another role.
    cuts: BTreeMap<SessionId, CancellationToken>,
    pulse: Pulse,
    snapshot_seq: Seq,
    /// Whether the exercise is going to be removed.
    ends: bool,
}

/// Who is here at a mesa; ephemeral.
#[derive(Default)]
struct Here {
    presence: Presence,
    roster_changed: bool,
    /// What those who are here are called; none when who is here has changed since.
    called: Option<BTreeMap<PersonId, String>>,
    /// The last notification of each person's writing.
    wrote: BTreeMap<PersonId, Wrote>,
}

/// Opens the room of a stream: loads it from the store and runs until the token is cancelled or the
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
        cuts: BTreeMap::new(),
        pulse: Pulse::new(clock::now(), std::time::Instant::now(), clock::since_boot()),
        snapshot_seq,
        ends: false,
    };
    // What a node that ended left undone.
    if room.state.plan.round().is_some_and(|round| round.seal.is_none()) {
        room.around.signings.ring(stream);
    }
    tracker.spawn(room.run(shutdown));
    Ok(RoomHandle { requests: sender })
}

/// A command that is part of the next transaction.
enum Work {
    Command {
        frame: Box<CommandFrame>,
        issuer: Issuer,
        answers: mpsc::Sender<Answer>,
    },
    Enter {
        commands: Vec<ServerCommand>,
        people: Vec<NewPerson>,
        by: Option<PersonId>,
        reply: oneshot::Sender<Result<(), Rejection>>,
    },
}

/// Why the room's task wakes up.
enum Woken {
    /// A request.
    By(Request),
    /// Frames that were held back are due.
    ToFlush,
    /// It is time to poll.
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
            match self.wake(woken).await {
                Ok(()) => {}
                // Its state has what was redacted, and mustn't be kept. The next room reads the log
                // as it is now; devices come back to that, and send again what wasn't answered.
                Err(RoomFailure::Redacted) => {
                    tracing::info!(stream = %self.stream, "a mesa's room begins anew after a redaction");
                    return;
                }
                Err(error) => {
                    // Nobody was answered. The end of the room ends its connections; devices come
                    // back with what they kept.
                    tracing::error!(stream = %self.stream, %error, "a mesa's room ends because its store failed");
                    break;
                }
            }
            self.outgoing.flush(Instant::now());
            self.publish_rosters();
            self.call_anew();
            if self.ends {
                return;
            }
        }
        // What was taken is answered by now; devices send again what is still queued.
        if self.head.seq > self.snapshot_seq
            && let Err(error) = self.store.write_snapshot(self.stream, self.head, &self.state).await
        {
            tracing::warn!(stream = %self.stream, %error, "no state snapshot at the end; the next start folds more events");
        }
    }

    async fn wake(&mut self, woken: Woken) -> Result<(), RoomFailure> {
        // First, because what follows judges how late things are.
        let beat = self.pulse.beat(clock::now(), std::time::Instant::now(), clock::since_boot);
        if let Some(by) = beat.moved {
            self.move_clocks(by).await?;
        }
        if let Some(pause) = beat.pause {
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
                    let fence = self.fences.get(&(frame.id, issuer.person));
                    if fence.is_none_or(|owner| *owner == connection) {
                        work.push(Work::Command { frame, issuer, answers });
                    }
                }
                Request::Enter { commands, people, by, reply } => {
                    work.push(Work::Enter { commands, people, by, reply })
                }
                // There is no such mesa: the requester learns it from the missing answer.
                Request::Join { mesa, .. } if self.state.mesa(mesa).is_none() => {}
                Request::Join { viewer, mesa, coming, at, connection, pending, reply } => {
                    // What an earlier connection of the device sent is dropped: it comes again on
                    // this one.
                    if let Some(Coming { person, .. }) = coming {
                        work.retain(|piece| !piece.is_of(person, &pending));
                        self.fence(person, connection, pending);
                    }
                    let session = coming.as_ref().map(|coming| coming.session);
                    let joined = self.join(viewer, at, session);
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
                    // Fails when the requester has gone.
                    let _ = reply.send(self.would_be_called(mesa, person, &name, &organisation));
                }
                Request::Moved { seq } => moved |= seq > self.head.seq,
                Request::End => self.ends = true,
                Request::Look { reply } => {
                    if std::mem::take(&mut moved) {
                        self.catch_up().await?;
                    }
                    // Fails when the requester has gone.
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

    fn fence(&mut self, person: PersonId, connection: Connection, pending: Vec<CommandId>) {
        if self.fences.len() > FENCE_LIMIT {
            self.fences.clear();
        }
        self.fences.extend(
            pending
                .into_iter()
                .filter(|command| !self.answers.contains_key(command))
                .map(|command| ((command, person), connection)),
        );
    }

    /// Another process (the command line, another node) may have appended.
    async fn look(&mut self) -> Result<(), RoomFailure> {
        match self.store.head(self.stream).await? {
            Some(head) if head != self.head => self.catch_up().await,
            Some(_) => Ok(()),
            None => Err(StoreError::NotFound.into()),
        }
    }
}

/// Waits until a moment; for ever when there is none.
async fn until(moment: Option<Instant>) {
    match moment {
        Some(moment) => tokio::time::sleep_until(moment).await,
        None => std::future::pending().await,
    }
}
