//! How the server sends mail, and trying it out.

use app::address;
use app::page::prepare::Part;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use super::page;
use crate::app_state::AppState;
use crate::http::answer::{Page, Refused};
use crate::http::extract::PreparesAll;
use crate::service::trial;

/// `GET …/correo`.
pub(super) async fn shown(State(state): State<AppState>, me: PreparesAll) -> Result<Page, Refused> {
    let shown = trial::page(&state, me.stream, &me.exercise, me.session.person).await?;
    Ok(page(&me, Part::Mail(Box::new(shown))))
}

/// `POST` to the same address: asks for a trial.
pub(super) async fn posted(
    State(state): State<AppState>,
    me: PreparesAll,
) -> Result<Response, Refused> {
    trial::ask(&state, me.stream, me.session.person).await?;
    Ok(Redirect::to(&address::prepare_part(me.stream, "correo")).into_response())
}
