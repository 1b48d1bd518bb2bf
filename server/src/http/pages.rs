//! Pages: what the path asks for becomes [`PageData`], and that is drawn by the same components as in the browser.

use app::page::{Content, Invitation, Member, MesaLink, Notice, PageData, Zone};
use app::pages::address::{self, Screen};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::people::registry::Grant;
use domain::{Audience, MesaId, MesaNumber, Millis, Role, StreamId, Viewer};
use store::MesaSummary;
use sync::wire::Snapshot;

use super::drawing::{Drawing, draw};
use super::{origin, session, surround};
use crate::app_state::{AppState, Unexpected};
use crate::{announce, clock};

/// Tells the service worker that it may keep the page, and under which address.
const KEPT_AS: HeaderName = HeaderName::from_static("x-kept-as");

/// Everything that isn't a form, a socket or a file.
pub(super) async fn page(State(state): State<AppState>, request: Request) -> Response {
    // A request's body can't be shared between threads while this waits.
    let (path, headers) = (request.uri().path().to_owned(), request.headers().clone());
    let content = match content(&state, &path, &headers).await {
        Ok(Found::Page(content)) => *content,
        Ok(Found::Elsewhere(address)) => return Redirect::to(&address).into_response(),
        Err(error) => failed(&error),
    };
    respond(&state, content, request).await
}

/// A failure that nobody expected: logged once with a number, of which people see only that.
pub(super) fn failed(error: &Unexpected) -> Content {
    let incident = u64::from_be_bytes(*clock::new_id().as_bytes().last_chunk().unwrap_or(&[0; 8])) % 1_000_000;
    tracing::error!(incident, %error, "a page can't be made");
    Content::Notice(Notice::Failed { incident })
}

/// Draws a page.
pub(super) async fn respond(state: &AppState, content: Content, request: Request) -> Response {
    // A form that is shown with a remark isn't a failure; one that was sent and not taken is.
    let sent = *request.method() == Method::POST;
    let status = match &content {
        Content::Notice(Notice::NotFound | Notice::UnknownLink) => StatusCode::NOT_FOUND,
        Content::Notice(Notice::SignInFirst | Notice::NotForYou) => StatusCode::FORBIDDEN,
        Content::Notice(Notice::Failed { .. }) => StatusCode::INTERNAL_SERVER_ERROR,
        Content::Door(door) if sent && door.problem.is_some() => StatusCode::UNPROCESSABLE_ENTITY,
        Content::Home { unknown_code: true, .. } => StatusCode::NOT_FOUND,
        _ => StatusCode::OK,
    };
    let now = clock::now();
    let zone = zone(&content, now);
    let logos = match logos_of(&content) {
        Some(exercise) => surround::logos(state, exercise).await,
        None => Vec::new(),
    };
    let kept_as = kept_as(&content);
    let page = PageData { now, zone, logos, content };
    let Drawing { html, nonce } = draw(page, state.site.assets().cloned());
    let mut response = (status, [(header::CACHE_CONTROL, "no-store")], Html(html)).into_response();
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy(nonce.as_deref()));
    if let Some(name) = kept_as {
        response.headers_mut().insert(KEPT_AS, name);
    }
    response
}

/// The address under which a browser may keep a page, to open it when there is no network: one for all screens of a mesa.
fn kept_as(content: &Content) -> Option<HeaderValue> {
    let address = match content {
        Content::Table { mesa, .. } => address::now(*mesa),
        Content::Public { mesa, .. } => address::public(*mesa),
        _ => return None,
    };
    HeaderValue::from_str(&address).ok()
}

/// The exercise whose logos a page shows: at the door and on what is read by everyone.
fn logos_of(content: &Content) -> Option<StreamId> {
    match content {
        Content::Door(door) => Some(door.mesa.mesa.exercise),
        Content::Privacy { mesa, .. } => Some(mesa.mesa.exercise),
        Content::Public { mesa, .. } => Some(mesa.exercise),
        _ => None,
    }
}

/// The clock of the mesa that a page shows. A page without it is a page all the same.
fn zone(content: &Content, now: Millis) -> Option<Zone> {
    let snapshot = match content {
        Content::Table { snapshot, .. } | Content::Projector { snapshot, .. } | Content::Public { snapshot, .. } => snapshot,
        _ => return None,
    };
    clock::zone(snapshot.state.card.as_ref()?.time_zone.as_str(), now)
}

/// What a page may load and run: our own files, and the one script that carries this response's nonce.
fn policy(nonce: Option<&str>) -> HeaderValue {
    let nonce = nonce.map(|nonce| format!(" 'nonce-{nonce}'")).unwrap_or_default();
    let policy = format!(
        "default-src 'self'; script-src 'self'{nonce} 'wasm-unsafe-eval'; connect-src 'self' ws: wss:; img-src 'self' data:; \
         object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).expect("a nonce is base64")
}

/// What an address leads to.
enum Found {
    Page(Box<Content>),
    /// Another address.
    Elsewhere(String),
}

async fn content(state: &AppState, path: &str, headers: &HeaderMap) -> Result<Found, Unexpected> {
    let segments: Vec<_> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let content = match segments.as_slice() {
        [] => home(state, false).await?,
        ["publica", exercise] => public(state, exercise, None).await?,
        ["publica", exercise, "mesa", number] => public(state, exercise, Some(number)).await?,
        ["proyector", secret] => projector(state, by_link(state, secret).await?, headers).await?,
        ["proyector", exercise, "mesa", number] => projector(state, conducted(state, exercise, number, headers).await?, headers).await?,
        ["ejercicio", ..] => return table(state, path, headers).await,
        _ => Content::Notice(Notice::NotFound),
    };
    Ok(Found::Page(Box::new(content)))
}

/// The start.
pub(super) async fn home(state: &AppState, unknown_code: bool) -> Result<Content, Unexpected> {
    let mesas = state.store.mesas().await?.into_iter().map(mesa_link).collect();
    Ok(Content::Home { mesas, unknown_code })
}

fn mesa_link(mesa: MesaSummary) -> MesaLink {
    MesaLink { mesa: mesa.mesa, theme: mesa.theme, exercise: mesa.exercise_name }
}

/// An exercise as a viewer may see it; none when there is none, or when it has no such mesa.
pub(super) async fn snapshot(state: &AppState, mesa: MesaId, viewer: Viewer) -> Result<Option<Snapshot>, Unexpected> {
    let found = state.rooms.look(mesa.exercise).await?.filter(|(seen, _)| seen.mesa(mesa.number).is_some());
    Ok(found.map(|(seen, at)| Snapshot { at, state: seen.for_viewer(viewer) }))
}

/// A mesa as addresses name it, when there is one.
async fn named(state: &AppState, exercise: &str, number: Option<&str>) -> Result<Option<MesaId>, Unexpected> {
    let Ok(exercise) = exercise.parse() else { return Ok(None) };
    let number = match number {
        Some(number) => MesaNumber::read(number),
        None => state.rooms.look(exercise).await?.and_then(|(seen, _)| seen.mesas.keys().next().copied()),
    };
    Ok(number.map(|number| MesaId { exercise, number }))
}

async fn public(state: &AppState, exercise: &str, number: Option<&str>) -> Result<Content, Unexpected> {
    let Some(mesa) = named(state, exercise, number).await? else { return Ok(Content::Notice(Notice::NotFound)) };
    Ok(match snapshot(state, mesa, Viewer::Public).await? {
        Some(snapshot) => Content::Public { mesa, snapshot: Box::new(snapshot) },
        None => Content::Notice(Notice::NotFound),
    })
}

/// The mesa whose projector a link is for.
async fn by_link(state: &AppState, secret: &str) -> Result<Option<MesaId>, Unexpected> {
    let link = state.store.link(clock::digest_of(secret)).await?.filter(|link| link.grant.role == Role::Projector);
    Ok(link.and_then(|link| Some(MesaId { exercise: link.stream, number: link.grant.mesa? })))
}

/// The mesa, for its facilitation on its own device.
async fn conducted(state: &AppState, exercise: &str, number: &str, headers: &HeaderMap) -> Result<Option<MesaId>, Unexpected> {
    let Some(mesa) = named(state, exercise, Some(number)).await? else { return Ok(None) };
    let signed_in = session::signed_in_at(state, headers, mesa).await?;
    let conducts = signed_in.is_some_and(|signed_in| Audience::of(signed_in.grant.role) == Audience::Facilitation);
    Ok(conducts.then_some(mesa))
}

async fn projector(state: &AppState, mesa: Option<MesaId>, headers: &HeaderMap) -> Result<Content, Unexpected> {
    let Some(mesa) = mesa else { return Ok(Content::Notice(Notice::UnknownLink)) };
    let found = state.rooms.look(mesa.exercise).await?.filter(|(seen, _)| seen.mesa(mesa.number).is_some());
    let Some((seen, at)) = found else { return Ok(Content::Notice(Notice::UnknownLink)) };
    let code = seen.registry.join_codes.get(&mesa.number).map(ToString::to_string).unwrap_or_default();
    let url = format!("{}/entrar/{code}", origin::base_url(headers, &state.settings));
    let invitation = Invitation { qr_svg: announce::qr_svg(&url), url, code };
    let snapshot = Snapshot { at, state: seen.for_viewer(Viewer::Public) };
    Ok(Content::Projector { mesa, snapshot: Box::new(snapshot), invitation })
}

async fn table(state: &AppState, path: &str, headers: &HeaderMap) -> Result<Found, Unexpected> {
    let notice = |notice| Ok(Found::Page(Box::new(Content::Notice(notice))));
    let Some((mesa, screen)) = Screen::at(path) else { return notice(Notice::NotFound) };
    let Some(signed_in) = session::signed_in_at(state, headers, mesa).await? else {
        // Who belongs to another mesa of the exercise reads this one where everybody does.
        let elsewhere = session::signed_in(state, headers).await?.iter().any(|signed_in| signed_in.stream == mesa.exercise);
        return if elsewhere { Ok(Found::Elsewhere(address::public(mesa))) } else { notice(Notice::SignInFirst) };
    };
    let Grant { role, seat, .. } = signed_in.grant;
    let viewer = Viewer::new(role, mesa.number);
    if matches!(screen, Screen::Desk | Screen::Clicker) && viewer != Viewer::Facilitation(mesa.number) {
        return notice(Notice::NotForYou);
    }
    let Some(snapshot) = snapshot(state, mesa, viewer).await? else { return notice(Notice::NotFound) };
    let name = state.store.names(&[signed_in.person]).await?.remove(&signed_in.person).unwrap_or_default();
    let me = Member { person: signed_in.person, name, role, seat, device: signed_in.device };
    Ok(Found::Page(Box::new(Content::Table { mesa, me, screen, snapshot: Box::new(snapshot) })))
}
