//! The closed door: who waits before it, and the facilitation's list of them. The pages ask again
//! by themselves, also without a script.

use app::address;
use app::page::plain::{PlainPage, Waiting, Waits, WaitsHere};
use axum::Form;
use axum::extract::{Extension, Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::permission::{Scope, permitted};
use domain::{Action, MesaId, Phase};
use serde::Deserialize;
use uuid::Uuid;

use super::answer::{Page, Refused};
use super::door::{mesa_by_code, visit};
use super::extract::Facilitates;
use super::{origin, session};
use crate::app_state::AppState;
use crate::client::Place;
use crate::clock;
use crate::service::admit::{Browser, Key, Newcomer};
use crate::service::attendance::mesa_link;
use crate::service::waiting::Standing;

/// The cookie of who waits.
const COOKIE: &str = "mesa_espera";
/// How often the page of who waits asks, and that of the facilitation, in seconds.
const ASKS_EVERY: HeaderValue = HeaderValue::from_static("4");

/// Lets somebody wait before the closed door: redirects to the page that asks for them.
pub(super) fn knock(
    state: &AppState,
    mesa: MesaId,
    code: &str,
    newcomer: Newcomer,
    headers: &HeaderMap,
) -> Option<Response> {
    let secret = state.waiting.knock(mesa, newcomer, clock::now())?;
    let secure = if origin::is_secure(headers, &state.settings) { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={}; Path=/entrar; HttpOnly; SameSite=Lax{secure}", secret.text);
    let mut response = Redirect::to(&format!("/entrar/{code}/espera")).into_response();
    let cookie = HeaderValue::from_str(&cookie).ok()?;
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    Some(response)
}

/// `GET /entrar/{code}/espera`: how it stands with who waits.
pub(super) async fn waits(
    State(state): State<AppState>,
    Path(code): Path<String>,
    Extension(place): Extension<Place>,
    browser: Browser,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let code = clock::typed_code(&code);
    let mesa = mesa_by_code(&state, place, &code).await?.ok_or(Refused::NotFound)?;
    let (seen, _) = state.rooms.look_at(mesa).await?.ok_or(Refused::NotFound)?;
    let token = session::cookies(&headers, COOKIE).next().map(clock::digest_of);
    let standing =
        token.map_or(Standing::Nobody, |token| state.waiting.standing(mesa, token, clock::now()));
    match standing {
        Standing::Nobody => Ok(Redirect::to(&format!("/entrar/{code}")).into_response()),
        Standing::Waits(name) => {
            let page = Waits { mesa: mesa_link(&seen, mesa), name };
            Ok(asking(PlainPage::Waits(Box::new(page))))
        }
        Standing::Admitted(newcomer, by) => {
            let key = Key::Admitted { mesa, by };
            visit(&state, &key, &browser, Some(*newcomer), &headers).await
        }
    }
}

/// A page that the browser loads again by itself.
fn asking(page: PlainPage) -> Response {
    let mut response = Page::from(page).into_response();
    response.headers_mut().insert(header::REFRESH, ASKS_EVERY);
    response
}

/// Whether they lead the mesa: only who does admits.
fn leads(me: &Facilitates) -> Result<(), Refused> {
    let allowed = permitted(Action::Conduct, Phase::Introduction, me.0.role()) == Scope::Any;
    if allowed { Ok(()) } else { Err(Refused::NotForYou) }
}

/// `GET /ejercicio/{exercise}/mesa/{number}/espera`: who waits.
pub(super) async fn list(
    State(state): State<AppState>,
    me: Facilitates,
) -> Result<Response, Refused> {
    leads(&me)?;
    let there = &me.0.there;
    let zone = there.exercise.card.as_deref().map_or("UTC", |card| card.time_zone.as_str());
    let waits = state.waiting.list(there.mesa, clock::now());
    let page = WaitsHere {
        mesa: mesa_link(&there.exercise, there.mesa),
        people: waits
            .into_iter()
            .map(|listed| {
                let since = clock::day_and_time(zone, listed.since).map(|(_, time)| time);
                let (id, name) = (listed.id.to_string(), listed.name);
                Waiting { id, name, organisation: listed.organisation, since }
            })
            .collect(),
    };
    Ok(asking(PlainPage::WaitsHere(Box::new(page))))
}

/// Whom the facilitation answers, and how.
#[derive(Deserialize)]
pub(super) struct Answered {
    persona: Uuid,
    #[serde(default)]
    admite: String,
}

/// `POST` to the same address.
pub(super) async fn answer(
    State(state): State<AppState>,
    me: Facilitates,
    Form(answered): Form<Answered>,
) -> Result<Response, Refused> {
    leads(&me)?;
    let mesa = me.0.there.mesa;
    let admits = answered.admite == "si";
    state.waiting.answer(mesa, answered.persona, me.0.session.person, admits);
    Ok(Redirect::to(&address::waiting(mesa)).into_response())
}
