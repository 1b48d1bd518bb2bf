//! Counts requests, all but those for the site's own files and `/healthz`, and sends the cookie of
//! the facilitation again, which browsers keep for a week only.

use std::sync::{Arc, OnceLock};

use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::answer::{Refused, is_unknown_link};
use super::session;
use crate::app_state::AppState;
use crate::client::Place;

/// The session cookie to be sent with the answer, once somebody looked who is signed in.
#[derive(Clone, Default)]
pub(super) struct Renewal(pub(super) Arc<OnceLock<HeaderValue>>);

/// Refuses whoever asks too often, and whoever tries too many links that were never issued.
pub(super) async fn count(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    let place = request.extensions().get::<Place>().copied();
    let Some(place) = place else { return next.run(request).await };
    let cookie = session::token(request.headers(), &state.settings);
    if let Err(wait) = state.limits.request(place, cookie) {
        return Refused::TooManyRequests(wait).into_response();
    }
    let renewal = Renewal::default();
    request.extensions_mut().insert(renewal.clone());
    let mut response = next.run(request).await;
    if let Some(cookie) = renewal.0.get()
        && !response.headers().contains_key(header::SET_COOKIE)
    {
        response.headers_mut().insert(header::SET_COOKIE, cookie.clone());
    }
    match is_unknown_link(&response).then(|| state.limits.wrong_link(place)) {
        Some(Err(wait)) => Refused::TooManyRequests(wait).into_response(),
        Some(Ok(())) | None => response,
    }
}
