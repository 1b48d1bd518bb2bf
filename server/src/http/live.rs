//! The live connection: `/ws?mesa=EXERCISE/mesa/NUMBER&view=table|public&person=ID`, and the same
//! over requests and an event stream for networks that block sockets:
//!
//! - `POST /frames?…`, the body a hello: the welcome comes back, and in `x-connection` the name of
//!   the conversation.
//! - `GET /frames/NAME`: outgoing frames, one an event, base64. The last event, `end`, carries the
//!   code that a socket would have been closed with.
//! - `POST /frames/NAME`, the body frames of the device (a postcard list): they are taken in order.
//!   Someone at the table sends an empty list every few seconds as a sign of life.

use axum::body::Bytes;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::sse::Sse;
use axum::response::{IntoResponse, Response};
use domain::{MesaId, PersonId};
use serde::Deserialize;
use store::StoreError;
use sync::wire::decode;
use uuid::Uuid;

use crate::app_state::AppState;
use crate::live::conversation::{End, Visitor};
use crate::live::socket;
use crate::live::stream::{self, Begun, NotTaken};
use crate::room::{Request, RoomHandle};
use crate::service::admit::Browser;

/// Small, because there may be thousands of sockets: frames are a few dozen bytes.
const BUFFER: usize = 1024;
/// What may wait unsent in a socket before it counts as too slow, in bytes; a snapshot has to fit.
const UNSENT_LIMIT: usize = 4 * 1024 * 1024;
const CONNECTION: HeaderName = HeaderName::from_static("x-connection");

/// Which mesa, and as whom.
#[derive(Deserialize)]
pub(super) struct Asked {
    mesa: MesaId,
    view: View,
    /// The person whose page asks. Someone else may have signed in since, in another tab of the
    /// same browser.
    person: Option<PersonId>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum View {
    #[serde(rename = "table")]
    Mesa,
    Public,
}

/// Why a live connection is refused.
enum NoEntrance {
    /// Nobody is signed in at that mesa.
    SignIn,
    /// No such exercise, or the store doesn't answer.
    Closed(StatusCode),
}

/// The room, and who joins it.
async fn entrance(
    state: &AppState,
    asked: &Asked,
    browser: &Browser,
) -> Result<(RoomHandle, Visitor), NoEntrance> {
    let mesa = asked.mesa;
    let session = browser
        .session_at(mesa)
        .filter(|session| asked.person.is_none_or(|person| person == session.person));
    let signed_in = match asked.view {
        View::Public => None,
        View::Mesa => Some(session.ok_or(NoEntrance::SignIn)?.clone()),
    };
    match state.rooms.get(mesa.exercise).await {
        Ok(room) => {
            if signed_in.is_none() && !follows(&room, mesa, browser).await {
                return Err(NoEntrance::SignIn);
            }
            let (limits, uses) = (state.limits.clone(), state.uses.clone());
            Ok((room, Visitor { mesa, signed_in, limits, uses }))
        }
        Err(StoreError::NotFound) => Err(NoEntrance::Closed(StatusCode::NOT_FOUND)),
        Err(error) => {
            tracing::error!(%error, "a live connection can't be opened");
            Err(NoEntrance::Closed(StatusCode::SERVICE_UNAVAILABLE))
        }
    }
}

/// Whether somebody may see what the public sees: anybody, unless the public page is off.
async fn follows(room: &RoomHandle, mesa: MesaId, browser: &Browser) -> bool {
    let seen = room.ask(|reply| Request::Look { reply }).await;
    seen.is_ok_and(|(seen, _)| browser.follows(mesa.exercise, &seen))
}

pub(super) async fn open(
    State(state): State<AppState>,
    Query(asked): Query<Asked>,
    browser: Browser,
    upgrade: WebSocketUpgrade,
) -> Response {
    let upgrade = upgrade
        .read_buffer_size(BUFFER)
        .write_buffer_size(BUFFER)
        .max_write_buffer_size(UNSENT_LIMIT)
        .max_message_size(sync::wire::CLIENT_FRAME_LIMIT)
        .max_frame_size(sync::wire::CLIENT_FRAME_LIMIT);
    let (room, visitor) = match entrance(&state, &asked, &browser).await {
        Ok(entrance) => entrance,
        // A browser can't read the status of a refused upgrade: the close code says it.
        Err(NoEntrance::SignIn) => return upgrade.on_upgrade(socket::refuse),
        Err(NoEntrance::Closed(status)) => return status.into_response(),
    };
    let tracker = state.tracker.clone();
    upgrade.on_upgrade(move |socket| {
        tracker.track_future(socket::serve(
            socket,
            visitor,
            room,
            state.store,
            state.metrics,
            state.shutdown,
        ))
    })
}

pub(super) async fn begin(
    State(state): State<AppState>,
    Query(asked): Query<Asked>,
    browser: Browser,
    hello: Bytes,
) -> Response {
    let (room, visitor) = match entrance(&state, &asked, &browser).await {
        Ok(entrance) => entrance,
        Err(NoEntrance::SignIn) => return StatusCode::UNAUTHORIZED.into_response(),
        Err(NoEntrance::Closed(status)) => return status.into_response(),
    };
    match stream::begin(&state, room, visitor, &hello).await {
        Begun::Welcomed(name, welcome) => {
            ([(CONNECTION, name.to_string())], frame(welcome)).into_response()
        }
        Begun::Refused(why) => frame(why),
        Begun::Unavailable => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

pub(super) async fn follow(
    State(state): State<AppState>,
    Path(name): Path<Uuid>,
    browser: Browser,
) -> Response {
    if !is_theirs(&state, name, &browser).await {
        return StatusCode::GONE.into_response();
    }
    let Some(events) = stream::follow(&state, name).await else {
        return StatusCode::GONE.into_response();
    };
    let headers =
        [(header::CACHE_CONTROL, "no-store"), (HeaderName::from_static("x-accel-buffering"), "no")];
    (headers, Sse::new(events)).into_response()
}

pub(super) async fn receive(
    State(state): State<AppState>,
    Path(name): Path<Uuid>,
    browser: Browser,
    body: Bytes,
) -> StatusCode {
    if !is_theirs(&state, name, &browser).await {
        return StatusCode::GONE;
    }
    let Ok(frames) = decode::<Vec<Vec<u8>>>(&body) else { return StatusCode::BAD_REQUEST };
    match stream::receive(&state, name, frames).await {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(NotTaken::Malformed | NotTaken::Ended(End::Malformed)) => StatusCode::BAD_REQUEST,
        Err(NotTaken::Ended(End::SignIn)) => StatusCode::UNAUTHORIZED,
        Err(NotTaken::Ended(End::Restart | End::Slow)) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// Whether the conversation is still open and this browser began it: its session's cookie has to be
/// there still.
async fn is_theirs(state: &AppState, name: Uuid, browser: &Browser) -> bool {
    let Some(Visitor { mesa, signed_in, .. }) = stream::visitor(state, name).await else {
        return false;
    };
    signed_in.is_none_or(|begun_by| {
        browser.session_at(mesa).is_some_and(|now| now.session == begun_by.session)
    })
}

fn frame(bytes: Bytes) -> Response {
    (
        [(header::CONTENT_TYPE, "application/octet-stream"), (header::CACHE_CONTROL, "no-store")],
        bytes,
    )
        .into_response()
}
