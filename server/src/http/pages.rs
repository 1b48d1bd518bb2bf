//! The pages that the browser's program takes over, and the start page.

use app::address::{self, Screen};
use app::page::plain::{AsAttendee, PlainPage};
use app::page::{Content, Invitation, Member, Own};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Audience, Role, Viewer};
use serde::Deserialize;

use super::answer::{Page, Refused};
use super::extract::{Facilitates, InExercise, Shown, SignedIn};
use super::link::Opening;
use super::{origin, session};
use crate::app_state::AppState;
use crate::service::admit::Browser;
use crate::service::home::home;
use crate::{announce, clock};

/// What the start page is asked for.
#[derive(Deserialize)]
pub(super) struct Search {
    /// Words of an exercise.
    #[serde(default)]
    q: String,
}

/// `GET /`. What can't be read as a search is none.
pub(super) async fn start(
    State(state): State<AppState>,
    search: Result<Query<Search>, QueryRejection>,
) -> Result<Page, Refused> {
    let asked = search.map(|Query(search)| search.q).unwrap_or_default();
    let mesas = state.store.mesas().await?;
    Ok(Page::from(PlainPage::Home(home(mesas, &asked, false))))
}

/// The start page after an unknown join code.
pub(super) async fn unknown_code(state: &AppState) -> Result<Page, Refused> {
    let mesas = state.store.mesas().await?;
    Ok(Page::from(PlainPage::Home(home(mesas, "", true))))
}

/// `GET /publica/{exercise}`.
pub(super) async fn public(there: InExercise, browser: Browser) -> Result<Page, Refused> {
    if !browser.follows(there.mesa.exercise, &there.exercise) {
        return Err(Refused::NotPublic);
    }
    Ok(Page(Content::Public { mesa: there.mesa, snapshot: there.snapshot(Viewer::Public) }))
}

/// `GET /publica/{exercise}/mesa/{number}`: redirects to the mesa's part of the exercise's page.
pub(super) async fn public_mesa(there: InExercise) -> Redirect {
    Redirect::to(&address::public_mesa(there.mesa))
}

/// `GET /proyector/{secret}`: for whoever has the projector's link.
pub(super) async fn projector_by_link(
    State(state): State<AppState>,
    Opening(secret): Opening,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let link = state.store.link(clock::digest_of(&secret)).await?;
    let link =
        link.filter(|link| link.grant.role == Role::Projector).ok_or(Refused::UnknownLink)?;
    if let Some(end) = link.end(clock::now()) {
        return Err(Refused::EndedLink(end));
    }
    let there = InExercise::look(&state, link.stream, link.grant.mesa).await?;
    let mut response = projector_page(&state, &there, &headers).into_response();
    let secure = origin::is_secure(&headers, &state.settings);
    response.headers_mut().insert(header::SET_COOKIE, session::projector_cookie(&secret, secure));
    Ok(response)
}

/// `GET /proyector/{exercise}/mesa/{number}`: for the facilitation, on their own device.
pub(super) async fn projector(
    State(state): State<AppState>,
    Facilitates(me): Facilitates,
    headers: HeaderMap,
) -> Page {
    projector_page(&state, &me.there, &headers)
}

fn projector_page(state: &AppState, there: &InExercise, headers: &HeaderMap) -> Page {
    let code = there
        .exercise
        .registry
        .join_codes
        .get(&there.mesa.number)
        .map(|code| clock::grouped_code(code.as_str()))
        .unwrap_or_default();
    let url = format!("{}/entrar/{code}", origin::base_url(headers, &state.settings));
    let invitation = Invitation { qr_svg: announce::qr_svg(&url), url, code };
    Page(Content::Projector {
        mesa: there.mesa,
        snapshot: there.snapshot(Viewer::Public),
        invitation,
    })
}

/// `GET /asistente/{exercise}/mesa/{number}` and the addresses below it: what somebody sees who
/// attends, for the facilitation. What only the facilitation has isn't there, either.
pub(super) async fn as_attendee(uri: Uri, Facilitates(me): Facilitates) -> Result<Page, Refused> {
    let there = me.there;
    let path = uri.path().replacen(&address::as_attendee(there.mesa), &address::now(there.mesa), 1);
    let (_, screen) = Screen::at(&path).ok_or(Refused::NotFound)?;
    if matches!(screen, Screen::Desk | Screen::Clicker) {
        return Err(Refused::NotForYou);
    }
    let snapshot = there.snapshot(Viewer::Seat(there.mesa.number));
    let page = AsAttendee { mesa: there.mesa, screen, snapshot };
    Ok(Page::from(PlainPage::AsAttendee(Box::new(page))))
}

/// `GET /ejercicio/{exercise}/mesa/{number}` and the addresses below it: the screens of people at
/// the table.
pub(super) async fn mesa(
    State(state): State<AppState>,
    Shown(screen): Shown,
    me: SignedIn,
) -> Result<Response, Refused> {
    let role = me.role();
    let reads = me.there.exercise.plan.reader == Some(me.session.person);
    if matches!(screen, Screen::Desk | Screen::Clicker)
        && Audience::of(role) != Audience::Facilitation
        && !(screen == Screen::Clicker && reads)
    {
        return Err(Refused::NotForYou);
    }
    // Who signed in with a passphrase comes to the mesa by its door, where the notice is.
    let there = me.there.exercise.mesa(me.there.mesa.number);
    if there.is_none_or(|there| !there.people.attendees.contains_key(&me.session.person)) {
        return Ok(Redirect::to(&address::come_in(me.there.mesa)).into_response());
    }
    let (snapshot, own) = (me.there.snapshot(me.viewer()), own_of(&me));
    let (mesa, person, device) = (me.there.mesa, me.session.person, me.session.device);
    let name = state.store.names(&[person]).await?.remove(&person).unwrap_or_default();
    let me = Member { person, name, role, seat: me.session.grant.seat, device };
    Ok(Page(Content::Mesa { mesa, me, screen, snapshot, own }).into_response())
}

/// What of the mesa's secrets is theirs.
fn own_of(me: &SignedIn) -> Own {
    let Some(mesa) = me.there.exercise.mesa(me.there.mesa.number) else { return Own::default() };
    let veil = mesa.veil.drawn.as_ref();
    Own {
        share: me.session.grant.seat.and_then(|seat| mesa.own_share(seat)),
        alone: veil.map(|veil| (veil.at, mesa.own_veiled(me.session.person))),
    }
}

/// `GET /ejercicio/{exercise}/mesa/{number}/propio`: what of the mesa's secrets is the viewer's own
/// (`Own`), because frames are the same for everybody of a kind.
pub(super) async fn own(me: SignedIn) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, own_of(&me).to_text()).into_response()
}
