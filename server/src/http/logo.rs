//! The exercise's logos.

use app::page::LogoLink;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::StreamId;
use domain::exercise::LogoPlace;

use super::answer::Refused;
use super::file::{self, Kept};
use crate::app_state::AppState;

/// The logos of an exercise. Without them a page is shown all the same.
pub(super) async fn logos(state: &AppState, exercise: StreamId) -> Vec<LogoLink> {
    let Ok(Some((seen, _))) = state.rooms.look(exercise).await else { return Vec::new() };
    let placed = seen.logos.iter().filter_map(|(place, logo)| Some((*place, logo.as_ref()?)));
    placed.map(|(place, logo)| LogoLink { exercise, place, name: logo.name.to_string() }).collect()
}

/// `GET /logo/{exercise}/{place}`.
pub(super) async fn logo(
    State(state): State<AppState>,
    Path((exercise, place)): Path<(String, LogoPlace)>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let exercise = exercise.parse().map_err(|_| Refused::NotFound)?;
    let (seen, _) = state.rooms.look(exercise).await?.ok_or(Refused::NotFound)?;
    let image = seen
        .logos
        .get(&place)
        .and_then(|logo| Some(logo.as_ref()?.image.clone()))
        .ok_or(Refused::NotFound)?;
    // Short: another logo may take its place.
    let kept =
        Kept { digest: image.digest, media_type: image.kind.media_type(), cache: "max-age=300" };
    file::answer(&state, &kept, &headers).await
}
