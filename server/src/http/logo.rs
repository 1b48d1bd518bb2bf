//! The exercise's logos.

use app::page::LogoLink;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use domain::StreamId;
use domain::exercise::LogoPlace;

use super::answer::Refused;
use crate::app_state::AppState;

/// The logos of an exercise. A page without them is a page all the same.
pub(super) async fn logos(state: &AppState, exercise: StreamId) -> Vec<LogoLink> {
    let Ok(Some((seen, _))) = state.rooms.look(exercise).await else { return Vec::new() };
    let placed = seen.logos.iter().filter_map(|(place, logo)| Some((*place, logo.as_ref()?)));
    placed.map(|(place, logo)| LogoLink { exercise, place, name: logo.name.to_string() }).collect()
}

/// `GET /logo/{exercise}/{place}`.
pub(super) async fn logo(
    State(state): State<AppState>,
    Path((exercise, place)): Path<(String, LogoPlace)>,
) -> Result<impl IntoResponse, Refused> {
    let exercise = exercise.parse().map_err(|_| Refused::NotFound)?;
    let (seen, _) = state.rooms.look(exercise).await?.ok_or(Refused::NotFound)?;
    let logo = seen.logos.get(&place).cloned().flatten().ok_or(Refused::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, logo.image.media_type()),
        // Another logo may take its place.
        (header::CACHE_CONTROL, "max-age=300"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
    ];
    Ok((headers, logo.image.bytes().to_vec()))
}
