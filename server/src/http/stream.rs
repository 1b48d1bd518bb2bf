//! The live connection for networks that block sockets: the same frames over requests and an event stream.
//!
//! - `POST /frames?mesa=ID&view=table|public&person=ID`, the body a hello: the welcome comes back, and in `x-connection` the name of the
//!   conversation.
//! - `GET /frames/NAME`: what goes out, one frame an event, base64. The last event, `end`, carries the code that a socket
//!   would have been closed with.
//! - `POST /frames/NAME`, the body frames of the device (a postcard list): they are taken in order.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use futures_util::stream::unfold;
use sync::wire::{ServerFrame, decode, encode};
use tokio::sync::{Mutex, mpsc};
use uuid::Uuid;

use super::session;
use super::socket::{Asked, Entrance, entrance};
use crate::app_state::AppState;
use crate::conversation::{Conversation, End, Next, NoWelcome, Speaker, Visitor, heartbeat};
use crate::metrics::{Carrier, Metrics};
use crate::ws::HEARTBEAT_EVERY;

/// How long a device may take from the welcome to fetching the stream.
const FETCH_WITHIN: Duration = Duration::from_secs(15);
/// How long a device may leave an event unfetched.
const SEND_WITHIN: Duration = Duration::from_secs(20);
/// Events on their way to a device.
const QUEUE: usize = 64;
/// Most conversations by stream at one time; the others are told to come back.
const STREAM_LIMIT: usize = 20_000;
const CONNECTION: HeaderName = HeaderName::from_static("x-connection");

/// The conversations that go on by event stream.
#[derive(Clone, Default)]
pub struct Streams(Arc<Mutex<HashMap<Uuid, Slot>>>);

impl std::fmt::Debug for Streams {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Streams").finish_non_exhaustive()
    }
}

struct Slot {
    speaker: Speaker,
    /// Until its stream is fetched.
    conversation: Option<Conversation>,
}

pub(super) async fn begin(State(state): State<AppState>, Query(asked): Query<Asked>, headers: HeaderMap, hello: Bytes) -> Response {
    let (room, visitor) = match entrance(&state, &asked, &headers).await {
        Entrance::Open(room, visitor) => (room, visitor),
        Entrance::SignIn => return StatusCode::UNAUTHORIZED.into_response(),
        Entrance::Closed(status) => return status.into_response(),
    };
    if state.streams.0.lock().await.len() >= STREAM_LIMIT {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let (conversation, welcome) = match Conversation::begin(&hello, false, visitor, room, &state.store, &state.metrics).await {
        Ok(begun) => begun,
        Err(NoWelcome::Refused(refusal)) => return frame(encode(&ServerFrame::Refused(refusal)).into()).into_response(),
        Err(NoWelcome::Unavailable) => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
    };
    let name = Uuid::new_v4();
    let slot = Slot { speaker: conversation.speaker(), conversation: Some(conversation) };
    state.streams.0.lock().await.insert(name, slot);
    let streams = state.streams.clone();
    state.tracker.spawn(async move {
        tokio::select! {
            () = tokio::time::sleep(FETCH_WITHIN) => {}
            () = state.shutdown.cancelled() => {}
        }
        // A device that never fetched its stream is gone.
        let mut open = streams.0.lock().await;
        if open.get(&name).is_some_and(|slot| slot.conversation.is_some())
            && let Some(conversation) = open.remove(&name).and_then(|slot| slot.conversation)
        {
            drop(open);
            conversation.leave().await;
        }
    });
    ([(CONNECTION, name.to_string())], frame(welcome)).into_response()
}

pub(super) async fn follow(State(state): State<AppState>, Path(name): Path<Uuid>, headers: HeaderMap) -> Response {
    let Some(speaker) = speaker(&state, name, &headers).await else { return StatusCode::GONE.into_response() };
    let taken = state.streams.0.lock().await.get_mut(&name).and_then(|slot| slot.conversation.take());
    let Some(mut conversation) = taken else { return StatusCode::GONE.into_response() };
    drop(speaker);
    let (events, queue) = mpsc::channel::<Event>(QUEUE);
    let (streams, metrics, shutdown) = (state.streams.clone(), state.metrics.clone(), state.shutdown.clone());
    state.tracker.spawn(async move {
        let _open = metrics.conversation(Carrier::Stream);
        let end = tokio::select! {
            end = run(&mut conversation, &events, &metrics) => end,
            () = shutdown.cancelled() => Some(End::Restart),
        };
        if end == Some(End::Slow) {
            metrics.was_slow();
        }
        if let Some(end) = end {
            // The peer may be gone; it is forgotten either way.
            let _ = events.try_send(Event::default().event("end").data(end.code().to_string()));
        }
        streams.0.lock().await.remove(&name);
        conversation.leave().await;
    });
    let stream = unfold(queue, async |mut queue| queue.recv().await.map(|event| (Ok::<_, Infallible>(event), queue)));
    let headers = [(header::CACHE_CONTROL, "no-store"), (HeaderName::from_static("x-accel-buffering"), "no")];
    (headers, Sse::new(stream)).into_response()
}

/// Returns how it ends, none when the peer is gone.
async fn run(conversation: &mut Conversation, events: &mpsc::Sender<Event>, metrics: &Metrics) -> Option<End> {
    let mut beat = tokio::time::interval_at(tokio::time::Instant::now() + HEARTBEAT_EVERY, HEARTBEAT_EVERY);
    loop {
        let first = tokio::select! {
            next = conversation.next() => match next {
                Next::Frame(frame) => frame,
                Next::End(end) => return Some(end),
            },
            _ = beat.tick() => heartbeat(),
            () = events.closed() => return None,
        };
        let Some(frames) = conversation.with_queued(first, QUEUE) else { return Some(End::Slow) };
        metrics.sent(frames.len(), frames.iter().map(Bytes::len).sum());
        for frame in frames {
            let event = Event::default().data(BASE64.encode(&frame));
            if !matches!(tokio::time::timeout(SEND_WITHIN, events.send(event)).await, Ok(Ok(()))) {
                return None;
            }
        }
    }
}

pub(super) async fn submit(State(state): State<AppState>, Path(name): Path<Uuid>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(speaker) = speaker(&state, name, &headers).await else { return StatusCode::GONE.into_response() };
    let Ok(frames) = decode::<Vec<Vec<u8>>>(&body) else { return StatusCode::BAD_REQUEST.into_response() };
    for frame in frames {
        if let Err(end) = speaker.submit(&frame).await {
            return match end {
                End::Malformed => StatusCode::BAD_REQUEST,
                End::SignIn => StatusCode::UNAUTHORIZED,
                End::Restart | End::Slow => StatusCode::SERVICE_UNAVAILABLE,
            }
            .into_response();
        }
    }
    StatusCode::NO_CONTENT.into_response()
}

/// The conversation of that name, for the browser that began it: its session's cookie has to be there still.
async fn speaker(state: &AppState, name: Uuid, headers: &HeaderMap) -> Option<Speaker> {
    let speaker = state.streams.0.lock().await.get(&name).map(|slot| slot.speaker.clone())?;
    let Visitor { mesa, signed_in } = speaker.visitor();
    let Some(begun_by) = signed_in else { return Some(speaker) };
    let now = session::signed_in_at(state, headers, *mesa).await.ok().flatten()?;
    (now.session == begun_by.session).then_some(speaker)
}

fn frame(bytes: Bytes) -> Response {
    ([(header::CONTENT_TYPE, "application/octet-stream"), (header::CACHE_CONTROL, "no-store")], bytes).into_response()
}
