//! The optional sections of the plan's document.

use app::page::form::Field;
use app::page::prepare::Part;
use axum::Form;
use axum::extract::{RawQuery, State};
use axum::response::Response;

use super::{Posted, again, confirms, page_after, saved};
use crate::app_state::AppState;
use crate::http::answer::{Page, Refused};
use crate::http::extract::{Prepares, PreparesAll};
use crate::service::form::typed;
use crate::service::prepare::editing::Outcome;
use crate::service::prepare::sections;

/// `GET …/secciones`.
pub(super) async fn page(me: Prepares, RawQuery(query): RawQuery) -> Page {
    let (editing, frozen) = (sections::form(&me.exercise), sections::frozen(&me.exercise));
    page_after(&me, Part::Sections { editing, frozen }, query.as_deref())
}

/// `POST …/secciones`.
pub(super) async fn posted(
    State(state): State<AppState>,
    me: PreparesAll,
    Form(posted): Posted,
) -> Result<Response, Refused> {
    let (by, typed) = (me.session.person, typed(&posted, Field::SECTIONS));
    let (seen, confirmed) = (&me.exercise, confirms(&posted));
    Ok(match sections::save(&state, me.stream, seen, by, typed, confirmed).await? {
        Outcome::Saved => saved(me.stream, "secciones"),
        Outcome::Back(editing) => {
            again(&me, Part::Sections { editing, frozen: sections::frozen(seen) })
        }
    })
}
