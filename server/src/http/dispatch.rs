//! Sending the plan to everybody who takes part.

use std::collections::HashMap;

use app::page::dispatch::Done;
use app::page::plain::PlainPage;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::{MesaId, MesaNumber, PersonId};

use super::answer::{Page, Refused};
use super::extract::{Facilitates, PreparesAll};
use super::origin;
use crate::app_state::AppState;
use crate::service::admit::Browser;
use crate::service::dispatch::{self, Asked};

/// The mesa from whose desk it was opened.
fn mesa(me: &PreparesAll, number: &str) -> Result<MesaId, Refused> {
    let number = MesaNumber::read(number).filter(|number| me.exercise.mesa(*number).is_some());
    Ok(MesaId { exercise: me.stream, number: number.ok_or(Refused::NotFound)? })
}

/// `GET /ejercicio/{exercise}/mesa/{number}/envio`.
pub(super) async fn page(
    State(state): State<AppState>,
    me: PreparesAll,
    Path((_, number)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Page, Refused> {
    let mesa = mesa(&me, &number)?;
    let base = origin::base_url(&headers, &state.settings);
    let page = dispatch::page(&state, mesa, &me.exercise, &base, None).await?;
    Ok(Page::from(PlainPage::Dispatch(Box::new(page))))
}

/// `GET /ejercicio/{exercise}/mesa/{number}/envio/estado`: how it stands, as the desk shows it
/// (`AtDesk`). The desk asks now and then: what becomes of letters is in the queue, not in the stream
/// that it follows.
pub(super) async fn at_desk(
    State(state): State<AppState>,
    Facilitates(me): Facilitates,
    browser: Browser,
) -> Result<Response, Refused> {
    let (mesa, seen) = (me.there.mesa, &me.there.exercise);
    let may_send = browser
        .sessions
        .iter()
        .any(|session| session.stream == mesa.exercise && session.grant.prepares(seen, None));
    let said = dispatch::at_desk(&state, mesa, seen, may_send).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, said.to_text()).into_response())
}

/// `POST` to the address of the page.
pub(super) async fn posted(
    State(state): State<AppState>,
    me: PreparesAll,
    Path((_, number)): Path<(String, String)>,
    headers: HeaderMap,
    Form(posted): Form<HashMap<String, String>>,
) -> Result<Response, Refused> {
    let mesa = mesa(&me, &number)?;
    let version = posted.get("version").and_then(|text| text.parse().ok());
    let version = version.ok_or(Refused::NotFound)?;
    let asked = asked(&posted).ok_or(Refused::NotFound)?;
    let by = me.session.person;
    let done = dispatch::ask(&state, me.stream, &me.exercise, by, version, asked).await?;
    let status = match done {
        Done::Asked(_) => StatusCode::OK,
        Done::NotAnAddress(..) => StatusCode::UNPROCESSABLE_ENTITY,
        Done::OtherVersion => StatusCode::CONFLICT,
    };
    let base = origin::base_url(&headers, &state.settings);
    let page = dispatch::page(&state, mesa, &me.exercise, &base, Some(done)).await?;
    Ok((status, Page::from(PlainPage::Dispatch(Box::new(page)))).into_response())
}

/// What a form asks for; none: it isn't one of the page's.
fn asked(posted: &HashMap<String, String>) -> Option<Asked> {
    let person = |name: &str| -> Option<PersonId> { posted.get(name)?.parse().ok() };
    if posted.contains_key("envia") {
        Some(Asked::Everybody)
    } else if posted.contains_key("reenvia") {
        Some(Asked::Refused)
    } else if posted.contains_key("otra-vez") {
        person("otra-vez").map(Asked::Again)
    } else {
        let typed = posted.get("correo").cloned().unwrap_or_default();
        person("persona").map(|person| Asked::At(person, typed))
    }
}
