//! A conversation over a socket. It waits only for its own peer: a device that missed too much is
//! asked once to say hello again and then gets a snapshot; if it can't fetch that in time it loses
//! its connection, and the room isn't held up.

use std::task::Poll;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use bytes::Bytes;
use futures_util::SinkExt;
use store::Store;
use sync::wire::{ServerFrame, encode};
use tokio::time::{Instant, MissedTickBehavior};
use tokio_util::sync::CancellationToken;

use super::conversation::{
    Conversation, End, Next, NoWelcome, Speaker, Visitor, heartbeat, is_hello, resync,
};
use crate::metrics::{Carrier, Metrics};
use crate::room::RoomHandle;

/// How long a device may take to say hello.
const HELLO_WITHIN: Duration = Duration::from_secs(10);
/// How long a device may take to fetch a frame.
const SEND_WITHIN: Duration = Duration::from_secs(20);
/// How often a quiet connection sends a sign of life.
pub(crate) const HEARTBEAT_EVERY: Duration = Duration::from_secs(10);
/// How long a device may be silent (it answers pings) before it counts as gone.
pub(crate) const SILENCE: Duration = Duration::from_secs(60);
/// A device that falls behind again within this time is too slow for this connection.
pub(crate) const RESYNC_EVERY: Duration = Duration::from_secs(30);
/// Longest part of a first frame, in bytes.
const PART: usize = 960;
/// Frames joined into one write.
const WRITE_BATCH: usize = 64;

/// Closes a socket that asked for a mesa at which nobody is signed in.
pub async fn refuse(mut socket: WebSocket) {
    close(&mut socket, End::SignIn).await;
}

/// Serves a socket until either side ends.
pub async fn serve(
    mut socket: WebSocket,
    visitor: Visitor,
    room: RoomHandle,
    store: Store,
    metrics: Metrics,
    shutdown: CancellationToken,
) {
    let _open = metrics.conversation(Carrier::Socket);
    let first = tokio::select! {
        biased;
        () = shutdown.cancelled() => return close(&mut socket, End::Restart).await,
        first = tokio::time::timeout(HELLO_WITHIN, socket.recv()) => first,
    };
    let first = first.ok().flatten().and_then(Result::ok);
    let mut hello = match first {
        Some(Message::Binary(bytes)) => bytes,
        _ => Bytes::new(),
    };
    let mut before: Option<Conversation> = None;
    let end = loop {
        // Boxed: otherwise every connection would hold the stack space of its beginning for hours.
        let begun = Box::pin(Conversation::begin(
            &hello,
            before.is_some(),
            visitor.clone(),
            room.clone(),
            &store,
            &metrics,
        ))
        .await;
        let again = before.is_some();
        if let Some(before) = before.take() {
            before.leave().await;
        }
        let (mut conversation, welcome) = match begun {
            Ok(begun) => begun,
            Err(NoWelcome::Refused(refusal)) => {
                // The peer may be gone; the socket is closed either way.
                let _ = within(
                    &shutdown,
                    socket.send(Message::Binary(encode(&ServerFrame::Refused(refusal)).into())),
                )
                .await;
                break Some(End::Malformed);
            }
            Err(NoWelcome::Unavailable) => break Some(End::Restart),
        };
        let ended =
            match welcome_and_run(&mut socket, &mut conversation, welcome, &metrics, &shutdown)
                .await
            {
                Ok(kept_up) if again && kept_up < RESYNC_EVERY => Err(Some(End::Slow)),
                Ok(_) => hello_again(&mut socket, &conversation, &metrics, &shutdown).await,
                Err(end) => Err(end),
            };
        match ended {
            Ok(once_more) => (hello, before) = (once_more, Some(conversation)),
            Err(end) => {
                conversation.leave().await;
                break end;
            }
        }
    };
    if end == Some(End::Slow) {
        metrics.was_slow();
    }
    if let Some(end) = end {
        close(&mut socket, end).await;
    }
}

/// Returns how long the device kept up, once it is too far behind.
///
/// # Errors
/// What to close with; none when the peer is gone.
async fn welcome_and_run(
    socket: &mut WebSocket,
    conversation: &mut Conversation,
    welcome: Bytes,
    metrics: &Metrics,
    shutdown: &CancellationToken,
) -> Result<Duration, Option<End>> {
    let size = welcome.len();
    send_in_parts(socket, welcome, shutdown).await.map_err(Unsent::end)?;
    metrics.sent(1, size);
    let (speaker, since) = (conversation.speaker(), Instant::now());
    run(socket, conversation, &speaker, metrics, shutdown).await?;
    Ok(since.elapsed())
}

/// Asks a device that missed too much to say hello again, and takes the frames that it sent before
/// it got the request.
///
/// # Errors
/// What to close with; none when the peer is gone.
async fn hello_again(
    socket: &mut WebSocket,
    conversation: &Conversation,
    metrics: &Metrics,
    shutdown: &CancellationToken,
) -> Result<Bytes, Option<End>> {
    metrics.fell_behind();
    let speaker = conversation.speaker();
    let asked = async {
        within(shutdown, socket.send(Message::Binary(resync()))).await.map_err(Unsent::end)?;
        loop {
            match socket.recv().await {
                Some(Ok(Message::Binary(bytes))) if is_hello(&bytes) => return Ok(bytes),
                Some(Ok(Message::Binary(bytes))) => speaker.receive(&bytes).await.map_err(Some)?,
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Text(_))) => return Err(Some(End::Malformed)),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return Err(None),
            }
        }
    };
    tokio::select! {
        biased;
        () = shutdown.cancelled() => Err(Some(End::Restart)),
        asked = tokio::time::timeout(SILENCE, asked) => asked.unwrap_or(Err(Some(End::Slow))),
    }
}

/// Returns when the device is too far behind.
///
/// # Errors
/// What to close with; none when the peer is gone.
async fn run(
    socket: &mut WebSocket,
    conversation: &mut Conversation,
    speaker: &Speaker,
    metrics: &Metrics,
    shutdown: &CancellationToken,
) -> Result<(), Option<End>> {
    let mut beat = tokio::time::interval_at(Instant::now() + HEARTBEAT_EVERY, HEARTBEAT_EVERY);
    // After a delay one heartbeat is enough.
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut heard = Instant::now();
    loop {
        // At shutdown the rooms end, and so do their frames.
        let out = tokio::select! {
            biased;
            next = conversation.next() => match next {
                Next::Frame(frame) => Some(frame),
                Next::End(End::Slow) => return Ok(()),
                Next::End(end) => return Err(Some(end)),
            },
            message = socket.recv() => {
                heard = Instant::now();
                speaker.was_heard();
                match message {
                    Some(Ok(Message::Binary(bytes))) => {
                        speaker.receive(&bytes).await.map_err(Some)?;
                        None
                    }
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => None,
                    Some(Ok(Message::Text(_))) => return Err(Some(End::Malformed)),
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return Err(None),
                }
            }
            due = beat.tick() => {
                if stood_still(due) {
                    heard = Instant::now();
                }
                if heard.elapsed() > SILENCE {
                    return Err(None);
                }
                within(shutdown, socket.feed(Message::Ping(Bytes::new()))).await.map_err(Unsent::end)?;
                Some(heartbeat())
            }
        };
        let Some(first) = out else { continue };
        let Some(frames) = conversation.with_queued(first, WRITE_BATCH) else { return Ok(()) };
        metrics.sent(frames.len(), frames.iter().map(Bytes::len).sum());
        within(shutdown, write(socket, frames)).await.map_err(Unsent::end)?;
    }
}

/// Whether the server itself stood still when a heartbeat was due: nobody could be heard meanwhile,
/// so everybody gets their time anew.
pub(crate) fn stood_still(due: Instant) -> bool {
    due.elapsed() > HEARTBEAT_EVERY / 2
}

/// Sends the first frame, which may be long, in parts: a socket's buffer grows with the longest
/// message and never shrinks, and there may be thousands of sockets.
async fn send_in_parts(
    socket: &mut WebSocket,
    frame: Bytes,
    shutdown: &CancellationToken,
) -> Result<(), Unsent> {
    if frame.len() <= PART {
        return within(shutdown, socket.send(Message::Binary(frame))).await;
    }
    let mut parts = frame.chunks(PART).peekable();
    while let Some(part) = parts.next() {
        let part = ServerFrame::Part { more: parts.peek().is_some(), bytes: part.to_vec() };
        within(shutdown, socket.send(Message::Binary(encode(&part).into()))).await?;
    }
    Ok(())
}

async fn write(socket: &mut WebSocket, frames: Vec<Bytes>) -> Result<(), axum::Error> {
    for bytes in frames {
        socket.feed(Message::Binary(bytes)).await?;
    }
    socket.flush().await
}

/// Why something wasn't sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unsent {
    /// The peer is gone.
    Gone,
    /// The peer doesn't fetch what was sent before.
    Slow,
    /// The server is shutting down.
    Ending,
}

impl Unsent {
    /// The code to close with; none when the peer is gone.
    fn end(self) -> Option<End> {
        match self {
            Self::Gone => None,
            Self::Slow => Some(End::Slow),
            Self::Ending => Some(End::Restart),
        }
    }
}

async fn within(
    shutdown: &CancellationToken,
    sending: impl Future<Output = Result<(), axum::Error>>,
) -> Result<(), Unsent> {
    let mut sending = std::pin::pin!(sending);
    // Nearly always the write is ready at once, and no timer or token has to be registered.
    let sent = match futures_util::poll!(sending.as_mut()) {
        Poll::Ready(sent) => sent,
        Poll::Pending => tokio::select! {
            biased;
            () = shutdown.cancelled() => return Err(Unsent::Ending),
            sent = tokio::time::timeout(SEND_WITHIN, sending) => sent.map_err(|_| Unsent::Slow)?,
        },
    };
    sent.map_err(|_| Unsent::Gone)
}

async fn close(socket: &mut WebSocket, end: End) {
    let frame = Message::Close(Some(CloseFrame { code: end.code(), reason: end.reason().into() }));
    // The peer may be gone already.
    let _ = tokio::time::timeout(Duration::from_secs(2), socket.send(frame)).await;
}
