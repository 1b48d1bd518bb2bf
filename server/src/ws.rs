//! One socket: a hello, a welcome, then answers and frames out and commands in. It waits for its own peer only: what it
//! can't send in time costs it its connection, never the room's time.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use bytes::Bytes;
use domain::{Audience, StreamId};
use futures_util::SinkExt;
use store::{SignedIn, Store};
use sync::wire::{
    Answer, ClientFrame, HelloRefusal, History, PENDING_LIMIT, Resume, ServerFrame, Snapshot, VERSIONS, Welcome, decode, encode,
};
use tokio::sync::{broadcast, mpsc};
use tokio_util::sync::CancellationToken;

use crate::clock;
use crate::room::{self, Issuer, Joined, Request, RoomHandle};

/// How long a device may take to say hello.
const HELLO_WITHIN: Duration = Duration::from_secs(10);
/// How long a device may take to fetch what is sent to it.
const SEND_WITHIN: Duration = Duration::from_secs(20);
/// How often a quiet connection shows that it lives.
const HEARTBEAT_EVERY: Duration = Duration::from_secs(10);
/// How long a device may be silent (it answers pings) before it counts as gone.
const SILENCE: Duration = Duration::from_secs(60);
/// Answers that a socket may leave unfetched.
const ANSWER_QUEUE: usize = 1_024;
/// Frames joined into one write.
const WRITE_BATCH: usize = 64;

/// Close codes: the server restarts; the device is too slow; the frame isn't one; nobody is signed in.
mod code {
    pub const RESTART: u16 = 1012;
    pub const SLOW: u16 = 4000;
    pub const SIGN_IN: u16 = 4001;
    pub const MALFORMED: u16 = 4002;
}

/// Whose socket it is.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The mesa that it asks for.
    pub mesa: StreamId,
    /// Who is signed in there; none: the public.
    pub signed_in: Option<SignedIn>,
}

impl Visitor {
    fn audience(&self) -> Audience {
        self.signed_in.as_ref().map_or(Audience::Public, |signed_in| Audience::of(signed_in.role))
    }
}

/// Closes a socket that asked for a table where nobody is signed in.
pub async fn refuse(mut socket: WebSocket) {
    close(&mut socket, code::SIGN_IN, "sin sesión").await;
}

/// Serves a socket until either side ends.
pub async fn serve(mut socket: WebSocket, visitor: Visitor, room: RoomHandle, store: Store, shutdown: CancellationToken) {
    let mut connection = match welcome(&mut socket, &visitor, &room, &store).await {
        Ok(connection) => connection,
        Err(Some(refusal)) => {
            // The peer may be gone; it is closed either way.
            let _ = send(&mut socket, encode(&ServerFrame::Refused(refusal)).into()).await;
            return close(&mut socket, code::MALFORMED, "saludo").await;
        }
        Err(None) => return close(&mut socket, code::RESTART, "reinicio").await,
    };
    let (end, reason) = connection.run(&mut socket, &visitor, &room, &shutdown).await;
    if let Some(signed_in) = &visitor.signed_in {
        // A room that ended has no list of who is here.
        let _ = room.send(Request::Leave { person: signed_in.person }).await;
    }
    if let Some(end) = end {
        close(&mut socket, end, reason).await;
    }
}

struct Connection {
    id: room::Connection,
    answers: mpsc::Receiver<Bytes>,
    answer_to: mpsc::Sender<Bytes>,
    frames: broadcast::Receiver<Bytes>,
}

/// Hello and welcome: answers to what the device waits for come first, then what it missed.
async fn welcome(socket: &mut WebSocket, visitor: &Visitor, room: &RoomHandle, store: &Store) -> Result<Connection, Option<HelloRefusal>> {
    let first = tokio::time::timeout(HELLO_WITHIN, socket.recv()).await.ok().flatten().and_then(Result::ok);
    let Some(Message::Binary(bytes)) = first else { return Err(Some(HelloRefusal::Malformed)) };
    let Ok(ClientFrame::Hello(hello)) = decode::<ClientFrame>(&bytes) else { return Err(Some(HelloRefusal::Malformed)) };
    let Some(version) = VERSIONS.iter().copied().find(|version| hello.versions.contains(version)) else {
        return Err(Some(HelloRefusal::Version));
    };
    if hello.stream != visitor.mesa {
        return Err(Some(HelloRefusal::Stream));
    }
    if hello.pending.len() > PENDING_LIMIT {
        return Err(Some(HelloRefusal::Malformed));
    }
    let person = visitor.signed_in.as_ref().map(|signed_in| signed_in.person);
    let audience = visitor.audience();
    let id = room::Connection(clock::new_id());
    let pending = if person.is_some() { hello.pending.iter().map(|pending| pending.command).collect() } else { Vec::new() };
    let join = |reply| Request::Join { audience, person, at: hello.at, connection: id, pending, reply };
    let joined = room.ask(join).await.map_err(|_| None)?;
    let Joined { state, at, tail, frames } = joined;
    let mut answers = Vec::new();
    let mut histories: Vec<History> = Vec::new();
    if let Some(person) = person {
        let ids: Vec<_> = hello.pending.iter().map(|pending| pending.command).collect();
        let recorded = if ids.is_empty() { Vec::new() } else { store.answers(visitor.mesa, &ids).await.map_err(|_| None)? };
        answers.extend(
            recorded
                .into_iter()
                .filter(|recorded| recorded.person == Some(person))
                .map(|recorded| Answer { command: recorded.command, outcome: crate::answer::to_wire(recorded.outcome) }),
        );
        // How the texts changed since the oldest of the device's own waiting changes to them.
        let placed_from = hello.at.filter(|_| tail.is_some()).map_or(0, |at| at.seq);
        for (item, field, base) in hello.pending.iter().filter_map(|pending| pending.text) {
            let oldest = hello.pending.iter().filter_map(|p| p.text).filter(|t| (t.0, t.1) == (item, field)).map(|t| t.2).min();
            if (tail.is_some() && base >= placed_from) || histories.iter().any(|h| h.item == item && h.field == field) {
                continue;
            }
            let patches = store.patches(visitor.mesa, item, field, oldest.unwrap_or(base)).await.map_err(|_| None)?;
            let patches = patches.into_iter().filter(|(seq, ..)| *seq <= at.seq).map(|(seq, _, patch)| (seq, patch)).collect();
            histories.push(History { item, field, patches });
        }
    }
    let resume = match tail {
        Some(tail) => Resume::Tail(tail),
        None => Resume::Snapshot(Box::new(Snapshot { at, state: state.as_ref().clone() })),
    };
    let welcome = Welcome { version, now: clock::now(), answers, resume, histories };
    let (answer_to, answers) = mpsc::channel(ANSWER_QUEUE);
    let connection = Connection { id, answers, answer_to, frames };
    match send(socket, encode(&ServerFrame::Welcome(Box::new(welcome))).into()).await {
        Ok(()) => Ok(connection),
        Err(()) => {
            if let Some(person) = person {
                // The room counted the connection in.
                let _ = room.send(Request::Leave { person }).await;
            }
            Err(None)
        }
    }
}

impl Connection {
    /// Returns the close code to end with, none when the peer is gone.
    async fn run(
        &mut self,
        socket: &mut WebSocket,
        visitor: &Visitor,
        room: &RoomHandle,
        shutdown: &CancellationToken,
    ) -> (Option<u16>, &'static str) {
        let mut heartbeat = tokio::time::interval_at(tokio::time::Instant::now() + HEARTBEAT_EVERY, HEARTBEAT_EVERY);
        let mut heard = tokio::time::Instant::now();
        loop {
            let out = tokio::select! {
                biased;
                () = shutdown.cancelled() => return (Some(code::RESTART), "reinicio"),
                Some(answer) = self.answers.recv() => Some(answer),
                frame = self.frames.recv() => match frame {
                    Ok(frame) => Some(frame),
                    Err(broadcast::error::RecvError::Lagged(_)) => return (Some(code::SLOW), "lento"),
                    Err(broadcast::error::RecvError::Closed) => return (Some(code::RESTART), "reinicio"),
                },
                message = socket.recv() => {
                    heard = tokio::time::Instant::now();
                    match message {
                        Some(Ok(Message::Binary(bytes))) => match self.submit(&bytes, visitor, room).await {
                            Ok(()) => None,
                            Err(end) => return end,
                        },
                        Some(Ok(Message::Ping(_) | Message::Pong(_))) => None,
                        Some(Ok(Message::Text(_))) => return (Some(code::MALFORMED), "texto"),
                        Some(Ok(Message::Close(_)) | Err(_)) | None => return (None, ""),
                    }
                }
                _ = heartbeat.tick() => {
                    if heard.elapsed() > SILENCE || !within(socket.feed(Message::Ping(Bytes::new()))).await {
                        return (None, "");
                    }
                    Some(encode(&ServerFrame::Heartbeat { now: clock::now() }).into())
                }
            };
            if let Some(first) = out
                && !self.write(socket, first).await
            {
                return (None, "");
            }
        }
    }

    async fn submit(&self, bytes: &[u8], visitor: &Visitor, room: &RoomHandle) -> Result<(), (Option<u16>, &'static str)> {
        let Some(signed_in) = &visitor.signed_in else { return Err((Some(code::SIGN_IN), "sin sesión")) };
        let Ok(ClientFrame::Submit(submit)) = decode::<ClientFrame>(bytes) else { return Err((Some(code::MALFORMED), "mensaje")) };
        let issuer = Issuer { person: signed_in.person, session: signed_in.session, role: signed_in.role, seat: signed_in.seat };
        let answers = self.answer_to.clone();
        let request = Request::Submit { submit: Box::new(submit), issuer, connection: self.id, answers };
        room.send(request).await.map_err(|_| (Some(code::RESTART), "reinicio"))
    }

    /// Writes a frame and all that queued behind it in one go. An answer stands before the frame that it answers: the room
    /// queued it first, so once the frame is seen the answer is there to be fetched.
    async fn write(&mut self, socket: &mut WebSocket, first: Bytes) -> bool {
        let mut frames = Vec::new();
        while frames.len() < WRITE_BATCH {
            match self.frames.try_recv() {
                Ok(frame) => frames.push(frame),
                // Too slow: the device comes back and gets what it missed as a whole.
                Err(broadcast::error::TryRecvError::Lagged(_)) => return false,
                Err(broadcast::error::TryRecvError::Empty | broadcast::error::TryRecvError::Closed) => break,
            }
        }
        let mut answers = Vec::new();
        while let Ok(answer) = self.answers.try_recv() {
            answers.push(answer);
        }
        for bytes in answers.into_iter().chain(std::iter::once(first)).chain(frames) {
            if !within(socket.feed(Message::Binary(bytes))).await {
                return false;
            }
        }
        within(socket.flush()).await
    }
}

async fn send(socket: &mut WebSocket, bytes: Bytes) -> Result<(), ()> {
    if within(socket.send(Message::Binary(bytes))).await { Ok(()) } else { Err(()) }
}

async fn within<E>(sending: impl Future<Output = Result<(), E>>) -> bool {
    matches!(tokio::time::timeout(SEND_WITHIN, sending).await, Ok(Ok(())))
}

async fn close(socket: &mut WebSocket, code: u16, reason: &'static str) {
    let frame = Message::Close(Some(CloseFrame { code, reason: reason.into() }));
    // The peer may be gone already.
    let _ = tokio::time::timeout(Duration::from_secs(2), socket.send(frame)).await;
}
