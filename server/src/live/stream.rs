//! The live connection for networks that block sockets: the same frames over requests and an event
//! stream. A device that missed too much is asked by a frame to say hello again, as on a socket,
//! and the welcome comes as an event.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::sse::Event;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use bytes::Bytes;
use futures_util::stream::{Stream, unfold};
use sync::wire::{ServerFrame, encode};
use tokio::sync::{Mutex, mpsc, oneshot, watch};
use tokio::time::{Instant, MissedTickBehavior};
use uuid::Uuid;

use super::conversation::{
    Conversation, End, Next, NoWelcome, Speaker, Visitor, heartbeat, is_hello, resync,
};
use super::socket::{HEARTBEAT_EVERY, RESYNC_EVERY, SILENCE, stood_still};
use crate::app_state::AppState;
use crate::metrics::{Carrier, Metrics};
use crate::room::RoomHandle;

/// How long a device may take from the welcome until it fetches the stream.
const FETCH_WITHIN: Duration = Duration::from_secs(15);
/// How long an event may wait for the device to fetch it.
const SEND_WITHIN: Duration = Duration::from_secs(20);
/// How long the last event may wait for the device to fetch it.
const END_WITHIN: Duration = Duration::from_secs(2);
/// Events in flight to a device.
const QUEUE: usize = 64;
/// Most conversations by event stream at one time; further devices are told to retry.
const STREAM_LIMIT: usize = 20_000;

/// The open conversations by event stream.
#[derive(Clone, Default)]
pub struct Streams(Arc<Mutex<HashMap<Uuid, Slot>>>);

impl std::fmt::Debug for Streams {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Streams").finish_non_exhaustive()
    }
}

struct Slot {
    speaker: Speaker,
    /// Until the device fetches its stream.
    conversation: Option<Conversation>,
    /// Receives the hello that the device was asked to repeat.
    asked: Option<oneshot::Sender<Bytes>>,
    /// When the device was last heard.
    heard: watch::Sender<Instant>,
}

/// What came of a hello.
pub enum Begun {
    /// A conversation with this name, and its welcome.
    Welcomed(Uuid, Bytes),
    /// No conversation: the hello is refused, and the device is told why.
    Refused(Bytes),
    /// No conversation at present: the device retries.
    Unavailable,
}

/// Why frames of a device aren't taken.
pub enum NotTaken {
    /// They aren't well-formed.
    Malformed,
    /// The conversation has to end.
    Ended(End),
}

/// Begins a conversation. A device that doesn't fetch its stream soon counts as gone.
pub async fn begin(state: &AppState, room: RoomHandle, visitor: Visitor, hello: &[u8]) -> Begun {
    if state.streams.0.lock().await.len() >= STREAM_LIMIT {
        return Begun::Unavailable;
    }
    let (conversation, welcome) = match Conversation::begin(
        hello,
        false,
        visitor,
        room,
        &state.store,
        &state.metrics,
    )
    .await
    {
        Ok(begun) => begun,
        Err(NoWelcome::Refused(refusal)) => {
            return Begun::Refused(encode(&ServerFrame::Refused(refusal)).into());
        }
        Err(NoWelcome::Unavailable) => return Begun::Unavailable,
    };
    let name = Uuid::new_v4();
    let heard = watch::Sender::new(Instant::now());
    let slot = Slot {
        speaker: conversation.speaker(),
        conversation: Some(conversation),
        asked: None,
        heard,
    };
    state.streams.0.lock().await.insert(name, slot);
    let (streams, shutdown) = (state.streams.clone(), state.shutdown.clone());
    state.tracker.spawn(async move {
        tokio::select! {
            () = tokio::time::sleep(FETCH_WITHIN) => {}
            () = shutdown.cancelled() => {}
        }
        let mut open = streams.0.lock().await;
        if open.get(&name).is_some_and(|slot| slot.conversation.is_some())
            && let Some(conversation) = open.remove(&name).and_then(|slot| slot.conversation)
        {
            drop(open);
            conversation.leave().await;
        }
    });
    Begun::Welcomed(name, welcome)
}

/// The outgoing events of a conversation, once; none when it has ended or is followed already.
pub async fn follow(
    state: &AppState,
    name: Uuid,
) -> Option<impl Stream<Item = Result<Event, Infallible>> + use<>> {
    let (visitor, conversation, heard) = {
        let mut open = state.streams.0.lock().await;
        let slot = open.get_mut(&name)?;
        (slot.speaker.visitor().clone(), slot.conversation.take()?, slot.heard.subscribe())
    };
    let (events, queue) = mpsc::channel::<Event>(QUEUE);
    let outgoing = Outgoing { name, visitor, events, heard };
    state.tracker.spawn(outgoing.carry(state.clone(), conversation));
    Some(unfold(queue, async |mut queue| queue.recv().await.map(|event| (Ok(event), queue))))
}

/// Who is in a conversation; none when it has ended.
pub async fn visitor(state: &AppState, name: Uuid) -> Option<Visitor> {
    state.streams.0.lock().await.get(&name).map(|slot| slot.speaker.visitor().clone())
}

/// Takes frames of a device, in order. An empty list is only a sign of life.
///
/// # Errors
/// [`NotTaken`].
pub async fn receive(state: &AppState, name: Uuid, frames: Vec<Vec<u8>>) -> Result<(), NotTaken> {
    let speaker = match state.streams.0.lock().await.get(&name) {
        Some(slot) => {
            slot.heard.send_replace(Instant::now());
            slot.speaker.clone()
        }
        None => return Err(NotTaken::Ended(End::Restart)),
    };
    speaker.was_heard();
    for frame in frames {
        if is_hello(&frame) {
            let asked =
                state.streams.0.lock().await.get_mut(&name).and_then(|slot| slot.asked.take());
            // Nobody asked for a hello, or the conversation has ended.
            asked
                .ok_or(NotTaken::Malformed)?
                .send(frame.into())
                .map_err(|_| NotTaken::Malformed)?;
        } else {
            speaker.receive(&frame).await.map_err(NotTaken::Ended)?;
        }
    }
    Ok(())
}

struct Outgoing {
    name: Uuid,
    visitor: Visitor,
    events: mpsc::Sender<Event>,
    heard: watch::Receiver<Instant>,
}

impl Outgoing {
    /// Runs a conversation to its end.
    async fn carry(self, state: AppState, conversation: Conversation) {
        let _open = state.metrics.conversation(Carrier::Stream);
        let mut conversation = Some(conversation);
        let end = tokio::select! {
            biased;
            end = self.converse(&state, &mut conversation) => end,
            () = state.shutdown.cancelled() => Some(End::Restart),
        };
        if end == Some(End::Slow) {
            state.metrics.was_slow();
        }
        if let Some(end) = end {
            let last = self.events.send(Event::default().event("end").data(end.code().to_string()));
            // The peer may be gone; the conversation is forgotten either way.
            let _ = tokio::time::timeout(END_WITHIN, last).await;
        }
        state.streams.0.lock().await.remove(&self.name);
        if let Some(conversation) = conversation {
            conversation.leave().await;
        }
    }

    /// Runs one conversation after another: a device that missed too much begins again on its
    /// stream, unless it did so a moment ago. Returns how it ends, none when the peer is gone. The
    /// last conversation stays in `conversation`.
    async fn converse(
        &self,
        state: &AppState,
        conversation: &mut Option<Conversation>,
    ) -> Option<End> {
        let mut again = false;
        loop {
            let since = Instant::now();
            if let Err(end) = self.run(conversation.as_mut()?, &state.metrics).await {
                return end;
            }
            if again && since.elapsed() < RESYNC_EVERY {
                return Some(End::Slow);
            }
            let hello = match self.ask_again(state).await {
                Ok(hello) => hello,
                Err(end) => return end,
            };
            let (visitor, before) = (self.visitor.clone(), conversation.take()?);
            let room = before.room();
            // Boxed for the same reason as a socket's.
            let begun = Box::pin(Conversation::begin(
                &hello,
                true,
                visitor,
                room,
                &state.store,
                &state.metrics,
            ))
            .await;
            before.leave().await;
            let (next, welcome) = match begun {
                Ok(begun) => begun,
                Err(NoWelcome::Refused(refusal)) => {
                    self.send(encode(&ServerFrame::Refused(refusal)).into()).await.ok()?;
                    return Some(End::Malformed);
                }
                Err(NoWelcome::Unavailable) => return Some(End::Restart),
            };
            if let Some(slot) = state.streams.0.lock().await.get_mut(&self.name) {
                slot.speaker = next.speaker();
            }
            *conversation = Some(next);
            state.metrics.sent(1, welcome.len());
            if let Err(end) = self.send(welcome).await {
                return end;
            }
            again = true;
        }
    }

    /// Returns when the device is too far behind.
    ///
    /// # Errors
    /// How it ends, none when the peer is gone.
    async fn run(
        &self,
        conversation: &mut Conversation,
        metrics: &Metrics,
    ) -> Result<(), Option<End>> {
        let mut beat = tokio::time::interval_at(Instant::now() + HEARTBEAT_EVERY, HEARTBEAT_EVERY);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut excused = *self.heard.borrow();
        loop {
            let first = tokio::select! {
                next = conversation.next() => match next {
                    Next::Frame(frame) => frame,
                    Next::End(End::Slow) => return Ok(()),
                    Next::End(end) => return Err(Some(end)),
                },
                due = beat.tick() => {
                    if stood_still(due) {
                        excused = Instant::now();
                    }
                    // Followers send nothing; people at the table do.
                    if self.visitor.signed_in.is_some() && excused.max(*self.heard.borrow()).elapsed() > SILENCE {
                        return Err(None);
                    }
                    heartbeat()
                }
                () = self.events.closed() => return Err(None),
            };
            let Some(frames) = conversation.with_queued(first, QUEUE) else { return Ok(()) };
            metrics.sent(frames.len(), frames.iter().map(Bytes::len).sum());
            for frame in frames {
                self.send(frame).await?;
            }
        }
    }

    /// Asks the device to say hello again and waits for that; frames that it sent before are taken
    /// meanwhile.
    ///
    /// # Errors
    /// How it ends, none when the peer is gone.
    async fn ask_again(&self, state: &AppState) -> Result<Bytes, Option<End>> {
        state.metrics.fell_behind();
        let (asked, hello) = oneshot::channel();
        if let Some(slot) = state.streams.0.lock().await.get_mut(&self.name) {
            slot.asked = Some(asked);
        }
        self.send(resync()).await?;
        tokio::select! {
            hello = tokio::time::timeout(SILENCE, hello) => match hello {
                Ok(Ok(hello)) => Ok(hello),
                Ok(Err(_)) => Err(Some(End::Restart)),
                Err(_) => Err(Some(End::Slow)),
            },
            () = self.events.closed() => Err(None),
        }
    }

    /// Sends a frame.
    ///
    /// # Errors
    /// How it ends when the device doesn't fetch it, none when it is gone.
    async fn send(&self, frame: Bytes) -> Result<(), Option<End>> {
        let event = Event::default().data(BASE64.encode(&frame));
        match tokio::time::timeout(SEND_WITHIN, self.events.send(event)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(None),
            Err(_) => Err(Some(End::Slow)),
        }
    }
}
