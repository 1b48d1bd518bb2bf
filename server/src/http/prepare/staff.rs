//! Who prepares and facilitates.

use app::address;
use app::page::form::Field;
use app::page::prepare::{Part, Staff};
use axum::Form;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use domain::{LinkId, PersonId};

use super::{Posted, again, page, page_after, saved};
use crate::app_state::AppState;
use crate::http::answer::{Page, Refused};
use crate::http::extract::{Prepares, PreparesAll};
use crate::http::origin;
use crate::service::form::typed;
use crate::service::prepare::actors::records;
use crate::service::prepare::links;
use crate::service::prepare::staff::{self, Added};

/// `GET …/personas`.
pub(super) async fn list(
    State(state): State<AppState>,
    me: PreparesAll,
    RawQuery(query): RawQuery,
) -> Result<Page, Refused> {
    let people = records(&state, &me.exercise).await?;
    let part = Part::Staff(staff::list(&me.exercise, &people, me.session.person));
    Ok(page_after(&me, part, query.as_deref()))
}

/// `POST …/personas`: adds somebody and shows their link.
pub(super) async fn add(
    State(state): State<AppState>,
    me: PreparesAll,
    headers: HeaderMap,
    Form(posted): Posted,
) -> Result<Response, Refused> {
    let people = records(&state, &me.exercise).await?;
    let (seen, by) = (&me.exercise, me.session.person);
    let typed = typed(&posted, Field::STAFF);
    match staff::add(&state, me.stream, seen, &people, by, typed).await? {
        Added::Added { name, secret } => with_link(&state, &me, &headers, name, &secret).await,
        Added::Back(form) => {
            let list = Staff { form, ..staff::list(seen, &people, by) };
            Ok(again(&me, Part::Staff(list)))
        }
    }
}

/// The list as it is now, with a link that is shown only this time.
async fn with_link(
    state: &AppState,
    me: &Prepares,
    headers: &HeaderMap,
    name: String,
    secret: &str,
) -> Result<Response, Refused> {
    let url = format!(
        "{}{}",
        origin::base_url(headers, &state.settings),
        address::choose_passphrase(secret)
    );
    let (seen, _) = state.rooms.look(me.stream).await?.ok_or(Refused::NotFound)?;
    let people = records(state, &seen).await?;
    let list = staff::list(&seen, &people, me.session.person);
    Ok(page(me, Part::Staff(Staff { link: Some((name, url)), ..list })).into_response())
}

fn person(posted: &std::collections::HashMap<String, String>) -> Result<PersonId, Refused> {
    posted.get("persona").and_then(|id| id.parse().ok()).ok_or(Refused::NotFound)
}

/// `POST …/personas/enlace`: another link for choosing a passphrase.
pub(super) async fn link(
    State(state): State<AppState>,
    me: PreparesAll,
    headers: HeaderMap,
    Form(posted): Posted,
) -> Result<Response, Refused> {
    let person = person(&posted)?;
    let (seen, by) = (&me.exercise, me.session.person);
    let secret = staff::link(&state, me.stream, seen, by, person).await?;
    let secret = secret.ok_or(Refused::NotFound)?;
    let name = state.store.names(&[person]).await?.remove(&person).unwrap_or_default();
    with_link(&state, &me, &headers, name, &secret).await
}

/// `POST …/personas/quitar`: takes somebody's role.
pub(super) async fn remove(
    State(state): State<AppState>,
    me: PreparesAll,
    Form(posted): Posted,
) -> Result<Response, Refused> {
    let (by, person) = (me.session.person, person(&posted)?);
    let known = staff::remove(&state, me.stream, by, person).await?;
    known.then(|| saved(me.stream, "personas")).ok_or(Refused::NotFound)
}

/// `POST …/personas/terminar`: ends a link of the facilitation or of a projector.
pub(super) async fn end_link(
    State(state): State<AppState>,
    me: PreparesAll,
    Form(posted): Posted,
) -> Result<Response, Refused> {
    let link: Option<LinkId> = posted.get("enlace").and_then(|id| id.parse().ok());
    let link = link.ok_or(Refused::NotFound)?;
    let signs_out = posted.get("salen").is_some_and(|said| said == "si");
    let (seen, by) = (&me.exercise, me.session.person);
    let known = links::end(&state, me.stream, seen, by, link, signs_out).await?;
    known.then(|| saved(me.stream, "personas")).ok_or(Refused::NotFound)
}
