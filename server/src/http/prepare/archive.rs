//! The exercise as a file, another one with the same data, and the end of the sample.

use app::address::{self, LinkTo};
use app::page::plain::PlainPage;
use app::page::prepare::{Creating, Part};
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::{Posted, confirms, page as drawn};
use crate::app_state::AppState;
use crate::clock;
use crate::http::answer::{Page, Refused};
use crate::http::extract::{Prepares, PreparesAll};
use crate::http::{link, origin};
use crate::service::prepare::archive::Archive;
use crate::service::setup;

/// `GET …/archivo`.
pub(super) async fn page(me: Prepares) -> Page {
    drawn(&me, Part::Archive { confirms_end: false })
}

/// `GET …/archivo/ejercicio.json`.
pub(super) async fn download(me: Prepares) -> Result<Response, Refused> {
    let archive = Archive::of(&me.exercise).ok_or(Refused::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"ejercicio.json\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, archive.text()).into_response())
}

/// `POST …/archivo/copiar`: the form of a new exercise, filled from this one.
pub(super) async fn copy(
    State(state): State<AppState>,
    me: PreparesAll,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let archive = Archive::of(&me.exercise).ok_or(Refused::NotFound)?;
    let secret = setup::issue_link(&state.store).await.map_err(setup::SetupError::from)?;
    let secure = origin::is_secure(&headers, &state.settings);
    let (action, cookie) = link::keep(LinkTo::Setup, &secret, secure);
    let mut form = setup::blank(clock::today());
    form.typed.extend(archive.fill());
    let creating =
        Creating { form, offers_sample: false, archive: archive.text(), action: Some(action) };
    let page = Page::from(PlainPage::Creating(Box::new(creating)));
    Ok(([(header::SET_COOKIE, cookie)], page).into_response())
}

/// `POST …/archivo/borrar`: removes the sample, once that is confirmed.
pub(super) async fn end_sample(
    State(state): State<AppState>,
    me: PreparesAll,
    Form(posted): Posted,
) -> Result<Response, Refused> {
    if !me.exercise.card.as_deref().is_some_and(|card| card.sample) {
        return Err(Refused::NotForYou);
    }
    if !confirms(&posted) {
        return Ok(drawn(&me, Part::Archive { confirms_end: true }).into_response());
    }
    state.rooms.remove(me.stream).await?;
    Ok(Redirect::to(address::HOME).into_response())
}
