//! What handlers answer with: the content of a page, or why there is none. One layer renders both.

use app::address;
use app::page::plain::PlainPage;
use app::page::{Content, PageData, PageError, Zone};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::people::registry::LinkEnd;
use domain::{MesaId, Millis, StreamId};
use store::StoreError;

use super::drawing::{Drawing, draw as drawn};
use super::logo::logos;
use crate::app_state::{AppState, Unexpected};
use crate::clock;
use crate::limits::Wait;

/// Tells the service worker that it may keep the page, and under which address.
const KEPT_AS: HeaderName = HeaderName::from_static("x-kept-as");

pub(super) struct Page(pub(super) Content);

impl From<PlainPage> for Page {
    fn from(page: PlainPage) -> Self {
        Self(Content::Plain(page))
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let mut response = Response::default();
        response.extensions_mut().insert(ToDraw(self.0));
        response
    }
}

/// A response whose body the layer has yet to render.
#[derive(Clone)]
struct ToDraw(Content);

/// Whether a response says that a link was never issued.
pub(super) fn is_unknown_link(response: &Response) -> bool {
    let content = response.extensions().get().map(|ToDraw(content)| content);
    matches!(content, Some(Content::Plain(PlainPage::Error(PageError::UnknownLink))))
}

/// Why a page isn't shown. It is a response itself.
#[derive(Debug)]
pub enum Refused {
    /// No such address, or no such thing.
    NotFound,
    /// A link that was never issued.
    UnknownLink,
    /// A link that ended.
    EndedLink(LinkEnd),
    /// A link whose secret the browser no longer has.
    LinkAgain,
    /// Who is in already is redirected to their mesa.
    Inside(MesaId),
    /// Nobody is signed in.
    SignInFirst,
    /// The page is for somebody else.
    NotForYou,
    /// The public page is off.
    NotPublic,
    /// Who belongs to another mesa of the exercise is redirected to this one's public page.
    Elsewhere(MesaId),
    /// This session or address asks too often.
    TooManyRequests(Wait),
    /// Too many wrong join codes came from this address, or from everywhere.
    TooManyCodes(Wait),
    /// An unexpected failure.
    Failed(Unexpected),
}

impl<E: Into<Unexpected>> From<E> for Refused {
    fn from(error: E) -> Self {
        match error.into() {
            Unexpected::Store(StoreError::NotFound) => Self::NotFound,
            error => Self::Failed(error),
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let wait = match self {
            Self::TooManyRequests(wait) | Self::TooManyCodes(wait) => Some(wait.seconds()),
            _ => None,
        };
        let (status, error) = match self {
            Self::NotFound => (StatusCode::NOT_FOUND, PageError::NotFound),
            Self::UnknownLink => (StatusCode::NOT_FOUND, PageError::UnknownLink),
            Self::EndedLink(end) => {
                let day = clock::day_and_time("UTC", end.at).map(|(day, _)| day);
                let day = day.unwrap_or_else(clock::today);
                (StatusCode::GONE, PageError::Ended { day, replaced: end.replaced })
            }
            Self::SignInFirst => (StatusCode::FORBIDDEN, PageError::SignInFirst),
            Self::NotForYou => (StatusCode::FORBIDDEN, PageError::NotForYou),
            Self::NotPublic => (StatusCode::FORBIDDEN, PageError::NotPublic),
            Self::LinkAgain => {
                return (StatusCode::NOT_FOUND, Page::from(PlainPage::Link)).into_response();
            }
            Self::Inside(mesa) => return Redirect::to(&address::now(mesa)).into_response(),
            Self::Elsewhere(mesa) => {
                return Redirect::to(&address::public_mesa(mesa)).into_response();
            }
            Self::TooManyRequests(wait) => {
                let seconds = wait.seconds();
                (StatusCode::TOO_MANY_REQUESTS, PageError::TooManyRequests { seconds })
            }
            Self::TooManyCodes(wait) => {
                let seconds = wait.seconds();
                (StatusCode::TOO_MANY_REQUESTS, PageError::TooManyCodes { seconds })
            }
            Self::Failed(error) => (StatusCode::INTERNAL_SERVER_ERROR, failed(&error)),
        };
        let mut response = (status, Page::from(PlainPage::Error(error))).into_response();
        if let Some(seconds) = wait {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// Logs an unexpected failure with a number; people see only the number.
fn failed(error: &Unexpected) -> PageError {
    let incident =
        u64::from_be_bytes(*clock::new_id().as_bytes().last_chunk().unwrap_or(&[0; 8])) % 1_000_000;
    tracing::error!(incident, %error, "a request can't be answered");
    PageError::Failed { incident }
}

/// Renders what a handler answered with, when it is a page.
pub(super) async fn draw(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let Some(ToDraw(content)) = response.extensions_mut().remove() else { return response };
    let now = clock::now();
    let zone = zone(&content, now);
    let logos = match logos_of(&content) {
        Some(exercise) => logos(&state, exercise).await,
        None => Vec::new(),
    };
    let kept_as = kept_as(&content);
    let as_attendee = as_attendee(&content);
    let page = PageData { now, zone, logos, content };
    let Drawing { html, nonce } = drawn(page, state.site.assets().cloned());
    let html = match as_attendee {
        Some(mesa) => lead_on_within(&html, mesa),
        None => html,
    };
    let (head, body) = Html(html).into_response().into_parts();
    *response.body_mut() = body;
    let headers = response.headers_mut();
    headers.extend(head.headers);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONTENT_SECURITY_POLICY, policy(nonce.as_deref()));
    if let Some(name) = kept_as {
        headers.insert(KEPT_AS, name);
    }
    response
}

/// The address under which a browser may keep a page, to open it when there is no network: one for
/// all screens of a mesa.
fn kept_as(content: &Content) -> Option<HeaderValue> {
    let address = match content {
        Content::Mesa { mesa, .. } => address::now(*mesa),
        Content::Public { mesa, .. } => address::public(mesa.exercise),
        _ => return None,
    };
    HeaderValue::from_str(&address).ok()
}

/// The mesa that a page shows as its attendees see it.
fn as_attendee(content: &Content) -> Option<MesaId> {
    if let Content::Plain(PlainPage::AsAttendee(page)) = content { Some(page.mesa) } else { None }
}

/// The same page, whose links to the mesa's screens lead to what attendees see of those; the one to
/// the desk leads there.
fn lead_on_within(html: &str, mesa: MesaId) -> String {
    let (own, seen) = (address::now(mesa), address::as_attendee(mesa));
    let desk = |address: &str| format!("href=\"{address}/conducir\"");
    html.replace(&format!("href=\"{own}"), &format!("href=\"{seen}"))
        .replace(&desk(&seen), &desk(&own))
}

/// The exercise whose logos a page shows: at the door and on public pages.
fn logos_of(content: &Content) -> Option<StreamId> {
    match content {
        Content::Plain(PlainPage::Door(door)) => Some(door.mesa.mesa.exercise),
        Content::Plain(PlainPage::Privacy { mesa, .. }) => Some(mesa.mesa.exercise),
        Content::Public { mesa, .. } => Some(mesa.exercise),
        _ => None,
    }
}

/// The time zone of the mesa that a page shows. Without one the page is shown all the same.
fn zone(content: &Content, now: Millis) -> Option<Zone> {
    let snapshot = match content {
        Content::Mesa { snapshot, .. }
        | Content::Projector { snapshot, .. }
        | Content::Public { snapshot, .. } => snapshot,
        Content::Plain(PlainPage::AsAttendee(page)) => &page.snapshot,
        _ => return None,
    };
    clock::zone(snapshot.state.card.as_ref()?.time_zone.as_str(), now)
}

/// The content security policy: our own files, and the one script with this response's nonce.
fn policy(nonce: Option<&str>) -> HeaderValue {
    let nonce = nonce.map(|nonce| format!(" 'nonce-{nonce}'")).unwrap_or_default();
    let policy = format!(
        "default-src 'self'; script-src 'self'{nonce} 'wasm-unsafe-eval'; connect-src 'self' ws: wss:; img-src 'self' data:; \
         object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).expect("a nonce is base64")
}
