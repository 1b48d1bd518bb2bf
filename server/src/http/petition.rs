//! Asking for a correction of one's data, and the list of what was asked.

use app::page::plain::PlainPage;
use app::page::prepare::Part;
use axum::Form;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;

use super::answer::{Page, Refused};
use super::extract::{PreparesAll, SignedIn};
use super::prepare::{page_after, saved};
use crate::app_state::AppState;
use crate::service::{moderation, petition};

/// The form's field.
#[derive(Default, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    texto: String,
}

/// `GET /ejercicio/{exercise}/mesa/{number}/asistencia/solicitud`.
pub(super) async fn page(State(state): State<AppState>, me: SignedIn) -> Result<Page, Refused> {
    let SignedIn { there, session } = me;
    let (mesa, seen) = (there.mesa, &there.exercise);
    let asking = petition::ask(&state.store, mesa, seen, session.person, None).await?;
    Ok(Page::from(PlainPage::Asking(Box::new(asking))))
}

/// `POST` to the same address.
pub(super) async fn posted(
    State(state): State<AppState>,
    me: SignedIn,
    Form(Typed { texto }): Form<Typed>,
) -> Result<Response, Refused> {
    let SignedIn { there, session } = me;
    let (mesa, seen) = (there.mesa, &there.exercise);
    let asking = petition::ask(&state.store, mesa, seen, session.person, Some(texto)).await?;
    let status = if asking.sent { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, Page::from(PlainPage::Asking(Box::new(asking)))).into_response())
}

/// `GET /ejercicio/{exercise}/mesa/{number}/asistencia/escritura`.
pub(super) async fn writing(State(state): State<AppState>, me: SignedIn) -> Result<Page, Refused> {
    let SignedIn { there, session } = me;
    let page = moderation::own(&state, there.mesa, &there.exercise, session.person, None).await?;
    Ok(Page::from(PlainPage::Writing(Box::new(page))))
}

/// `POST` to the same address.
pub(super) async fn appealed(
    State(state): State<AppState>,
    me: SignedIn,
    Form(Typed { texto }): Form<Typed>,
) -> Result<Response, Refused> {
    let SignedIn { there, session } = me;
    let page =
        moderation::own(&state, there.mesa, &there.exercise, session.person, Some(texto)).await?;
    let status = match page.problem {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    Ok((status, Page::from(PlainPage::Writing(Box::new(page)))).into_response())
}

/// `GET …/preparar/solicitudes`.
pub(super) async fn list(
    State(state): State<AppState>,
    me: PreparesAll,
    RawQuery(query): RawQuery,
) -> Result<Page, Refused> {
    let petitions = petition::list(&state.store, me.stream, &me.exercise).await?;
    Ok(page_after(&me, Part::Petitions(petitions), query.as_deref()))
}

/// What is settled.
#[derive(Deserialize)]
pub(super) struct Settled {
    #[serde(default)]
    solicitud: String,
}

/// `POST` to the same address.
pub(super) async fn settle(
    State(state): State<AppState>,
    me: PreparesAll,
    Form(Settled { solicitud }): Form<Settled>,
) -> Result<Response, Refused> {
    let id: Uuid = solicitud.parse().map_err(|_| Refused::NotFound)?;
    let known = petition::settle(&state.store, me.stream, id, me.session.person).await?;
    known.then(|| saved(me.stream, "solicitudes")).ok_or(Refused::NotFound)
}
