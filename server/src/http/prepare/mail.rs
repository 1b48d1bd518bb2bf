//! By which mail server letters are sent, and trying it out.

use app::address;
use app::page::form::Field;
use app::page::prepare::Part;
use axum::Form;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};

use super::{Posted, again, page_after, saved};
use crate::app_state::AppState;
use crate::http::answer::{Page, Refused};
use crate::http::extract::PreparesAll;
use crate::service::form::typed;
use crate::service::{mail_server, trial};

/// `GET …/correo`.
pub(super) async fn shown(
    State(state): State<AppState>,
    me: PreparesAll,
    RawQuery(query): RawQuery,
) -> Result<Page, Refused> {
    let person = me.session.person;
    let shown = mail_server::page(&state, me.stream, &me.exercise, person, None).await?;
    Ok(page_after(&me, Part::Mail(Box::new(shown)), query.as_deref()))
}

/// `POST` to the same address: sets the exercise's mail server or takes it away, asks for a trial.
pub(super) async fn posted(
    State(state): State<AppState>,
    me: PreparesAll,
    Form(posted): Posted,
) -> Result<Response, Refused> {
    let (stream, person) = (me.stream, me.session.person);
    let says = |name: &str| posted.get(name).is_some_and(|said| said == "si");
    if says("quita") {
        mail_server::remove(&state, stream, person).await?;
        return Ok(saved(stream, "correo"));
    }
    let sets = posted.contains_key(Field::MailHost.name().as_ref());
    if sets {
        let typed = typed(&posted, Field::MAIL_SERVER);
        if let Err(form) = mail_server::save(&state, stream, person, typed).await? {
            let shown = mail_server::page(&state, stream, &me.exercise, person, Some(form)).await?;
            return Ok(again(&me, Part::Mail(Box::new(shown))));
        }
    }
    if says("prueba") {
        trial::ask(&state, stream, person).await?;
    }
    if sets {
        return Ok(saved(stream, "correo"));
    }
    Ok(Redirect::to(&address::prepare_part(stream, "correo")).into_response())
}
