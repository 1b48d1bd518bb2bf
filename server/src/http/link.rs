//! Links whose secret stands in the fragment of their address, which browsers keep to themselves:
//! `/enlace#SECRET`. The page there posts it, once, and takes it out of the address. From then on
//! the browser has it in a cookie for the one address `/enlace/NAME`; the name is a part of the
//! secret's digest, so that two links in two tabs don't get mixed up.
//!
//! Links with the secret in their path, `/enlace/SECRET`, still work.

use app::address::LinkTo;
use app::page::plain::PlainPage;
use axum::Form;
use axum::extract::{FromRequestParts, RawPathParams, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{MesaId, MesaNumber};
use serde::Deserialize;

use super::answer::{Page, Refused};
use super::{origin, session};
use crate::app_state::AppState;
use crate::clock;
use crate::service::admit::Browser;

const COOKIE: &str = "mesa_enlace";
/// How long the browser keeps a link's secret: while somebody fills in a form. Seconds.
const KEPT_FOR: u32 = 60 * 60;
/// The same for a projector, which has no session: a reload must not lose it.
const PROJECTS_FOR: u32 = 30 * 24 * 60 * 60;
/// Hexadecimal digits of a link's name.
const NAME: usize = 16;

/// `GET /enlace`, `/crear`, `/proyector` and `/frase`: the page that finds the secret in its own address.
pub(super) async fn page() -> Page {
    Page::from(PlainPage::Link)
}

/// What that page posts.
#[derive(Deserialize)]
pub(super) struct Opened {
    #[serde(default)]
    secreto: String,
}

/// `POST` to the same addresses.
pub(super) async fn posted(
    State(state): State<AppState>,
    uri: Uri,
    headers: HeaderMap,
    Form(Opened { secreto }): Form<Opened>,
) -> Result<Response, Refused> {
    let to = LinkTo::at(uri.path()).ok_or(Refused::NotFound)?;
    let secret = secreto.trim();
    if !session::is_secret(secret) {
        return Err(Refused::UnknownLink);
    }
    Ok(open(to, secret, origin::is_secure(&headers, &state.settings)))
}

/// Redirects to a link's page without its secret in the address.
pub(super) fn open(to: LinkTo, secret: &str, secure: bool) -> Response {
    let (path, cookie) = keep(to, secret, secure);
    let mut response = Redirect::to(&path).into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The address of a link's page without its secret, and the cookie that it needs.
pub(super) fn keep(to: LinkTo, secret: &str, secure: bool) -> (String, HeaderValue) {
    let path = to.page(&name(secret));
    let kept_for = if to == LinkTo::Projector { PROJECTS_FOR } else { KEPT_FOR };
    let cookie = cookie(&path, secret, kept_for, secure);
    (path, cookie)
}

/// The cookie that makes the browser forget a link's secret.
pub(super) fn forget(to: LinkTo, secret: &str, secure: bool) -> HeaderValue {
    cookie(&to.page(&name(secret)), "", 0, secure)
}

fn cookie(path: &str, secret: &str, seconds: u32, secure: bool) -> HeaderValue {
    let secure = if secure { "; Secure" } else { "" };
    HeaderValue::from_str(&format!(
        "{COOKIE}={secret}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"
    ))
    .expect("hexadecimal digits and fixed words are a header value")
}

fn name(secret: &str) -> String {
    clock::digest_of(secret).to_string().chars().take(NAME).collect()
}

/// The secret of the link whose page is asked for.
pub(super) struct Opening(pub(super) String);

impl FromRequestParts<AppState> for Opening {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Refused> {
        let params =
            RawPathParams::from_request_parts(parts, state).await.map_err(|_| Refused::NotFound)?;
        let named = params.iter().find(|(param, _)| *param == "secret").map(|(_, value)| value);
        let named = named.ok_or(Refused::NotFound)?;
        if named.len() != NAME {
            return Ok(Self(named.to_owned()));
        }
        let kept = session::cookies(&parts.headers, COOKIE).find(|secret| name(secret) == named);
        if let Some(secret) = kept {
            return Ok(Self(secret.to_owned()));
        }
        // Who came in by it and goes back in the browser is where they came to.
        let browser = Browser::from_request_parts(parts, state).await?;
        Err(browser.sessions.last().map_or(Refused::LinkAgain, |session| {
            let number = session.grant.mesa.unwrap_or(MesaNumber(1));
            Refused::Inside(MesaId { exercise: session.stream, number })
        }))
    }
}
