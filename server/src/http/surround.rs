//! What belongs to the exercise that a mesa is of: its privacy notice and its logos, from the plan's stream.

use std::sync::Arc;

use app::page::{LogoLink, MesaLink};
use axum::extract::{Path, State as Shared};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::exercise::{LogoPlace, PrivacyNotice};
use domain::{State, StreamId};

use crate::app_state::{AppState, Unexpected};

/// A plan's state; none when there is no such plan.
pub(super) async fn plan(state: &AppState, plan: StreamId) -> Result<Option<Arc<State>>, Unexpected> {
    Ok(state.rooms.look(plan).await?.map(|(seen, _)| seen).filter(|seen| seen.plan.is_some()))
}

/// The notice that a mesa's exercise has now.
pub(super) async fn notice(state: &AppState, mesa: &State) -> Result<Option<Arc<PrivacyNotice>>, Unexpected> {
    let Some(card) = mesa.mesa.as_ref() else { return Ok(None) };
    Ok(plan(state, card.plan).await?.and_then(|plan| plan.notices.last().cloned()))
}

/// The logos of a mesa's exercise. A page without them is a page all the same.
pub(super) async fn logos(state: &AppState, mesa: StreamId) -> Vec<LogoLink> {
    let Ok(Some((mesa, _))) = state.rooms.look(mesa).await else { return Vec::new() };
    let Some(of) = mesa.mesa.as_ref().map(|card| card.plan) else { return Vec::new() };
    let Ok(Some(seen)) = plan(state, of).await else { return Vec::new() };
    let link = |(place, logo): (&LogoPlace, &Option<Arc<domain::exercise::Logo>>)| {
        logo.as_ref().map(|logo| LogoLink { plan: of, place: *place, name: logo.name.to_string() })
    };
    seen.logos.iter().filter_map(link).collect()
}

/// A mesa as pages about it head it.
pub(super) fn mesa_link(seen: &State, mesa: StreamId) -> MesaLink {
    let card = seen.mesa.as_ref();
    MesaLink {
        mesa,
        number: card.map_or(0, |card| card.number),
        theme: card.map(|card| card.theme.to_string()).unwrap_or_default(),
        exercise: card.map(|card| card.exercise_name.to_string()).unwrap_or_default(),
    }
}

/// `GET /logo/{plan}/{place}`.
pub(super) async fn logo(Shared(state): Shared<AppState>, Path((of, place)): Path<(String, LogoPlace)>) -> Response {
    let Ok(of) = of.parse() else { return StatusCode::NOT_FOUND.into_response() };
    let found = match plan(&state, of).await {
        Ok(seen) => seen.and_then(|seen| seen.logos.get(&place).cloned().flatten()),
        Err(error) => {
            tracing::error!(%error, "a logo can't be read");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let Some(logo) = found else { return StatusCode::NOT_FOUND.into_response() };
    let headers = [
        (header::CONTENT_TYPE, logo.image.media_type()),
        // Another logo may take its place.
        (header::CACHE_CONTROL, "max-age=300"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
    ];
    (headers, logo.image.bytes().to_vec()).into_response()
}
