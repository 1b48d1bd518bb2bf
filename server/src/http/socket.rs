//! `/ws?mesa=ID&view=table|public`: the live connection.

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::StreamId;
use serde::Deserialize;
use store::StoreError;

use super::session;
use crate::app_state::AppState;
use crate::ws::{self, Visitor};

/// Small, for there may be thousands: frames are a few dozen bytes.
const BUFFER: usize = 2 * 1024;
/// What may wait unsent in a socket before it counts as too slow, in bytes; a snapshot has to fit.
const UNSENT_LIMIT: usize = 4 * 1024 * 1024;

#[derive(Deserialize)]
pub(super) struct Asked {
    mesa: StreamId,
    view: View,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum View {
    Table,
    Public,
}

pub(super) async fn open(
    State(state): State<AppState>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    let upgrade = upgrade
        .read_buffer_size(BUFFER)
        .write_buffer_size(BUFFER)
        .max_write_buffer_size(UNSENT_LIMIT)
        .max_message_size(sync::wire::CLIENT_FRAME_LIMIT)
        .max_frame_size(sync::wire::CLIENT_FRAME_LIMIT);
    let room = match state.rooms.get(asked.mesa).await {
        Ok(room) => room,
        Err(StoreError::NotFound) => return StatusCode::NOT_FOUND.into_response(),
        Err(error) => return unavailable(&error),
    };
    let signed_in = match asked.view {
        View::Public => None,
        View::Table => match session::signed_in_at(&state, &headers, asked.mesa).await {
            // A browser can't read the status of a refused upgrade: it is told by a close code.
            Ok(None) => return upgrade.on_upgrade(ws::refuse),
            Ok(some) => some,
            Err(error) => return unavailable(&error),
        },
    };
    let visitor = Visitor { mesa: asked.mesa, signed_in };
    let tracker = state.tracker.clone();
    upgrade.on_upgrade(move |socket| tracker.track_future(ws::serve(socket, visitor, room, state.store, state.shutdown)))
}

fn unavailable(error: &StoreError) -> Response {
    tracing::error!(%error, "a socket can't be opened");
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}
