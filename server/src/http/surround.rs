//! What is around a mesa on a page: the exercise's privacy notice and its logos, and how the mesa is headed.

use app::page::{LogoLink, MesaLink};
use axum::extract::{Path, State as Shared};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::exercise::LogoPlace;
use domain::{Exercise, MesaId, StreamId};

use crate::app_state::AppState;

/// The logos of an exercise. A page without them is a page all the same.
pub(super) async fn logos(state: &AppState, exercise: StreamId) -> Vec<LogoLink> {
    let Ok(Some((seen, _))) = state.rooms.look(exercise).await else { return Vec::new() };
    let placed = seen.logos.iter().filter_map(|(place, logo)| Some((*place, logo.as_ref()?)));
    placed.map(|(place, logo)| LogoLink { exercise, place, name: logo.name.to_string() }).collect()
}

/// A mesa as pages about it head it.
pub(super) fn mesa_link(seen: &Exercise, mesa: MesaId) -> MesaLink {
    let card = seen.mesa(mesa.number).and_then(|mesa| mesa.card.as_ref());
    MesaLink {
        mesa,
        theme: card.map(|card| card.theme.to_string()).unwrap_or_default(),
        exercise: seen.card.as_ref().map(|card| card.name.to_string()).unwrap_or_default(),
    }
}

/// `GET /logo/{exercise}/{place}`.
pub(super) async fn logo(Shared(state): Shared<AppState>, Path((exercise, place)): Path<(String, LogoPlace)>) -> Response {
    let Ok(exercise) = exercise.parse() else { return StatusCode::NOT_FOUND.into_response() };
    let found = match state.rooms.look(exercise).await {
        Ok(seen) => seen.and_then(|(seen, _)| seen.logos.get(&place).cloned().flatten()),
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
