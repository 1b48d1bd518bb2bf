//! `/ws?mesa=EXERCISE/mesa/NUMBER&view=table|public&person=ID`: the live connection.

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::{MesaId, PersonId};
use serde::Deserialize;
use store::StoreError;

use super::session;
use crate::app_state::AppState;
use crate::conversation::Visitor;
use crate::room::RoomHandle;
use crate::ws;

/// Small, for there may be thousands: frames are a few dozen bytes.
const BUFFER: usize = 1024;
/// What may wait unsent in a socket before it counts as too slow, in bytes; a snapshot has to fit.
const UNSENT_LIMIT: usize = 4 * 1024 * 1024;

/// Which mesa, and as whom.
#[derive(Deserialize)]
pub(super) struct Asked {
    mesa: MesaId,
    view: View,
    /// Whose page it is that asks. In another tab of the same browser someone else may have come in since.
    person: Option<PersonId>,
}

/// Whether a connection may begin.
pub(super) enum Entrance {
    /// It may.
    Open(RoomHandle, Visitor),
    /// Nobody is signed in at that table.
    SignIn,
    /// No such mesa, or the store doesn't answer.
    Closed(StatusCode),
}

/// Who comes in, by their cookie.
pub(super) async fn entrance(state: &AppState, asked: &Asked, headers: &HeaderMap) -> Entrance {
    let mesa = asked.mesa;
    let room = match state.rooms.get(mesa.exercise).await {
        Ok(room) => room,
        Err(StoreError::NotFound) => return Entrance::Closed(StatusCode::NOT_FOUND),
        Err(error) => return unavailable(&error),
    };
    let signed_in = match asked.view {
        View::Public => None,
        View::Table => match session::signed_in_at(state, headers, mesa).await {
            Ok(Some(signed_in)) if asked.person.is_none_or(|person| person == signed_in.person) => Some(signed_in),
            Ok(_) => return Entrance::SignIn,
            Err(error) => return unavailable(&error),
        },
    };
    Entrance::Open(room, Visitor { mesa, signed_in })
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
    let (room, visitor) = match entrance(&state, &asked, &headers).await {
        Entrance::Open(room, visitor) => (room, visitor),
        // A browser can't read the status of a refused upgrade: it is told by a close code.
        Entrance::SignIn => return upgrade.on_upgrade(ws::refuse),
        Entrance::Closed(status) => return status.into_response(),
    };
    let tracker = state.tracker.clone();
    upgrade.on_upgrade(move |socket| tracker.track_future(ws::serve(socket, visitor, room, state.store, state.metrics, state.shutdown)))
}

fn unavailable(error: &StoreError) -> Entrance {
    tracing::error!(%error, "a live connection can't be opened");
    Entrance::Closed(StatusCode::SERVICE_UNAVAILABLE)
}
