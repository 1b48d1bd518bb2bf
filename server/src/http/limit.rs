//! Counts requests, all but those for the site's own files and `/healthz`.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::answer::{Refused, is_unknown_link};
use super::session;
use crate::app_state::AppState;
use crate::client::Place;

/// Refuses whoever asks too often, and whoever tries too many links that were never issued.
pub(super) async fn count(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let place = request.extensions().get::<Place>().copied();
    let Some(place) = place else { return next.run(request).await };
    let cookie = session::token(request.headers(), &state.settings);
    if let Err(wait) = state.limits.request(place, cookie) {
        return Refused::TooManyRequests(wait).into_response();
    }
    let response = next.run(request).await;
    match is_unknown_link(&response).then(|| state.limits.wrong_link(place)) {
        Some(Err(wait)) => Refused::TooManyRequests(wait).into_response(),
        Some(Ok(())) | None => response,
    }
}
