//! The door, and signing out. Plain forms, so that they work before (and without) any script.

use app::address::{self, LinkTo};
use app::page::plain::PlainPage;
use axum::Form;
use axum::extract::{Extension, Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Audience, MesaId, Role};
use serde::Deserialize;

use super::answer::{Page, Refused};
use super::attendance::Chosen;
use super::extract::InExercise;
use super::link::{self, Opening};
use super::pages;
use super::{origin, session, waiting};
use crate::app_state::AppState;
use crate::client::Place;
use crate::clock;
use crate::service::admit::{self, Admission, Browser, Key, admit};

/// The join code as typed on the start page.
#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    codigo: String,
}

/// The fields of the door's form.
#[derive(Deserialize)]
pub(super) struct Newcomer {
    #[serde(default)]
    nombre: String,
    #[serde(default)]
    organizacion: String,
    visto: Option<String>,
    /// Present when the form only asks what they would be called.
    mirar: Option<String>,
    #[serde(flatten)]
    chosen: Chosen,
}

impl From<Newcomer> for admit::Newcomer {
    fn from(form: Newcomer) -> Self {
        let (name, organisation, only_asks) =
            (form.nombre, form.organizacion, form.mirar.is_some());
        Self { name, organisation, shown: form.visto, only_asks, chosen: form.chosen.into() }
    }
}

/// `POST /entrar`: finds the mesa of a typed join code.
pub(super) async fn find_posted(
    State(state): State<AppState>,
    Extension(place): Extension<Place>,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Result<Response, Refused> {
    let code = clock::typed_code(&typed.codigo);
    if clock::is_seat_code(&code) {
        let known = seat_by_code(&state, place, &code).await?;
        let secure = origin::is_secure(&headers, &state.settings);
        // From here on it is the seat's link, with its own page and a tap there.
        return if known {
            Ok(link::open(LinkTo::Door, &code, secure))
        } else {
            unknown_code(&state).await
        };
    }
    match mesa_by_code(&state, place, &code).await? {
        Some(_) => Ok(Redirect::to(&format!("/entrar/{code}")).into_response()),
        None => unknown_code(&state).await,
    }
}

pub(super) async fn by_code(
    state: State<AppState>,
    Extension(place): Extension<Place>,
    Path(code): Path<String>,
    browser: Browser,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    if mesa_by_code(&state, place, &code).await?.is_none() {
        return unknown_code(&state).await;
    }
    visit(&state, &Key::Code(code), &browser, None, &headers).await
}

pub(super) async fn by_code_posted(
    state: State<AppState>,
    Extension(place): Extension<Place>,
    Path(code): Path<String>,
    browser: Browser,
    headers: HeaderMap,
    Form(newcomer): Form<Newcomer>,
) -> Result<Response, Refused> {
    if mesa_by_code(&state, place, &code).await?.is_none() {
        return unknown_code(&state).await;
    }
    visit(&state, &Key::Code(code), &browser, Some(newcomer.into()), &headers).await
}

pub(super) async fn by_link(
    state: State<AppState>,
    Extension(place): Extension<Place>,
    Opening(secret): Opening,
    browser: Browser,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    guard(&state, place, &secret).await?;
    visit(&state, &Key::Link(secret), &browser, None, &headers).await
}

pub(super) async fn by_link_posted(
    state: State<AppState>,
    Extension(place): Extension<Place>,
    Opening(secret): Opening,
    browser: Browser,
    headers: HeaderMap,
    Form(newcomer): Form<Newcomer>,
) -> Result<Response, Refused> {
    guard(&state, place, &secret).await?;
    visit(&state, &Key::Link(secret), &browser, Some(newcomer.into()), &headers).await
}

/// `GET /ejercicio/{exercise}/mesa/{number}/entrar`: the door for who is signed in already.
pub(super) async fn by_session(
    state: State<AppState>,
    there: InExercise,
    browser: Browser,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    visit(&state, &Key::Session(there.mesa), &browser, None, &headers).await
}

/// `POST` to the same address.
pub(super) async fn by_session_posted(
    state: State<AppState>,
    there: InExercise,
    browser: Browser,
    headers: HeaderMap,
    Form(newcomer): Form<Newcomer>,
) -> Result<Response, Refused> {
    visit(&state, &Key::Session(there.mesa), &browser, Some(newcomer.into()), &headers).await
}

/// `POST /salir`: signs this device out.
pub(super) async fn leave(
    State(state): State<AppState>,
    browser: Browser,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    admit::leave(&state, &browser).await?;
    let cookie = session::no_cookie(origin::is_secure(&headers, &state.settings));
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response())
}

pub(super) async fn visit(
    state: &AppState,
    key: &Key,
    browser: &Browser,
    newcomer: Option<admit::Newcomer>,
    headers: &HeaderMap,
) -> Result<Response, Refused> {
    let sent = newcomer.is_some();
    let secure = origin::is_secure(headers, &state.settings);
    match admit(state, key, browser, newcomer).await? {
        Admission::UnknownCode => unknown_code(state).await,
        Admission::UnknownLink => Err(Refused::UnknownLink),
        Admission::EndedLink(end) => Err(Refused::EndedLink(end)),
        Admission::SignInFirst => Err(Refused::SignInFirst),
        Admission::Projector => match key {
            Key::Link(secret) => Ok(link::open(LinkTo::Projector, secret, secure)),
            Key::Code(_) | Key::Session(_) | Key::Admitted { .. } => Err(Refused::NotFound),
        },
        Admission::Waits(mesa, newcomer) => {
            let Key::Code(code) = key else { return Err(Refused::NotFound) };
            let knocked = waiting::knock(state, mesa, code, *newcomer, headers);
            // Too many wait already: the closed door says it.
            Ok(knocked.unwrap_or_else(|| Redirect::to(&format!("/entrar/{code}")).into_response()))
        }
        Admission::Door(door) => {
            // A form shown with a remark isn't a failure; one that was posted and refused is.
            let status = if sent && door.problem.is_some() {
                StatusCode::UNPROCESSABLE_ENTITY
            } else {
                StatusCode::OK
            };
            Ok((status, Page::from(PlainPage::Door(door))).into_response())
        }
        Admission::Inside { mesa, role, secret } => {
            let mut response = inside(&first_page(mesa, role));
            if let Some(secret) = secret {
                response
                    .headers_mut()
                    .append(header::SET_COOKIE, session::cookie(&secret, role, secure));
            }
            if let Key::Link(secret) = key {
                let forget = link::forget(LinkTo::Door, secret, secure);
                response.headers_mut().append(header::SET_COOKIE, forget);
            }
            Ok(response)
        }
    }
}

/// The mesa with a code. Every way to try a code leads through here, and wrong ones are counted.
pub(super) async fn mesa_by_code(
    state: &AppState,
    place: Place,
    code: &str,
) -> Result<Option<MesaId>, Refused> {
    let code = clock::typed_code(code);
    let tried = state.limits.code(place, state.store.mesa_by_code(&code)).await?;
    tried.map_err(Refused::TooManyCodes)
}

/// Whether a seat has this code, or had it: every way to try one leads through here.
async fn seat_by_code(state: &AppState, place: Place, code: &str) -> Result<bool, Refused> {
    let digest = clock::digest_of(code);
    let tried = state.limits.code(place, state.store.link_by_code(digest)).await?;
    tried.map(|found| found.is_some()).map_err(Refused::TooManyCodes)
}

/// A link's page takes a seat's code as well; there, too, wrong ones are counted.
async fn guard(state: &AppState, place: Place, secret: &str) -> Result<(), Refused> {
    if clock::is_seat_code(secret) && !seat_by_code(state, place, secret).await? {
        return Err(Refused::UnknownLink);
    }
    Ok(())
}

async fn unknown_code(state: &AppState) -> Result<Response, Refused> {
    Ok((StatusCode::NOT_FOUND, pages::unknown_code(state).await?).into_response())
}

fn inside(path: &str) -> Response {
    let mut response = Redirect::to(path).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn first_page(mesa: MesaId, role: Role) -> String {
    match Audience::of(role) {
        Audience::Facilitation => address::desk(mesa),
        Audience::Seats => address::now(mesa),
        Audience::Public => address::public_mesa(mesa),
    }
}
