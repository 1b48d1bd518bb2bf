//! The session cookie: 128 random bits, stored only as a digest, `HttpOnly`.

use axum::http::{HeaderMap, HeaderValue, header};
use domain::{Audience, Digest, Millis, Role};
use store::{OpenSession, StoreError};

use super::origin::is_secure;
use crate::app_state::{AppState, Settings};
use crate::clock;
use crate::service::admit::Browser;

const COOKIE: &str = "mesa_sesion";
/// The same over TLS: browsers take it only from this very host, and never over plain HTTP.
const SECURE_COOKIE: &str = "__Host-mesa_sesion";
/// Seconds of a day.
const DAY: u32 = 24 * 60 * 60;
/// The longest that browsers keep a cookie.
const MAX_AGE: u32 = 400 * DAY;
/// How long a session of the facilitation lasts from when they came in. Afterwards their link leads
/// in again.
const FACILITATES_FOR: u32 = 30 * DAY;
/// How long a browser keeps the cookie of the facilitation from the last page that it opened.
const FACILITATES_IDLE: u32 = 7 * DAY;

/// The cookie of a screen that was opened by a projector's link.
const PROJECTOR: &str = "mesa_proyector";

/// The session cookie's name.
fn name(secure: bool) -> &'static str {
    if secure { SECURE_COOKIE } else { COOKIE }
}

/// The secret in a cookie.
fn secret<'a>(headers: &'a HeaderMap, cookie: &'static str) -> Option<&'a str> {
    cookies(headers, cookie).find(|secret| is_secret(secret))
}

/// Whether a text has the form of our secrets.
pub(super) fn is_secret(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The values of the cookies with a name.
pub(super) fn cookies<'a>(
    headers: &'a HeaderMap,
    wanted: &'static str,
) -> impl Iterator<Item = &'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(move |(name, _)| *name == wanted)
        .map(|(_, value)| value)
}

/// The digest of the session cookie's secret, whether or not there is such a session.
pub(super) fn token(headers: &HeaderMap, settings: &Settings) -> Option<Digest> {
    secret(headers, name(is_secure(headers, settings))).map(clock::digest_of)
}

/// Who is signed in on a browser.
///
/// # Errors
/// What the store says.
pub(super) async fn browser(state: &AppState, headers: &HeaderMap) -> Result<Browser, StoreError> {
    let projects = secret(headers, PROJECTOR).map(clock::digest_of);
    let Some(token) = token(headers, &state.settings) else {
        return Ok(Browser { projects, ..Browser::default() });
    };
    let mut sessions = state.store.sessions(token).await?;
    let now = clock::now();
    sessions.retain(|session| !is_over(session, now));
    if !sessions.is_empty() {
        state.limits.recognise(token);
    }
    Ok(Browser { sessions, token: Some(token), projects })
}

/// Whether a session has lasted as long as it may.
fn is_over(session: &OpenSession, now: Millis) -> bool {
    let lasts = match Audience::of(session.grant.role) {
        Audience::Facilitation => FACILITATES_FOR,
        Audience::Seats | Audience::Public => MAX_AGE,
    };
    age(session, now).is_none_or(|age| age > lasts.into())
}

/// Seconds since a session began, which its id says.
fn age(session: &OpenSession, now: Millis) -> Option<Millis> {
    let (began, _) = session.session.0.get_timestamp()?.to_unix();
    Some(now / 1_000 - Millis::try_from(began).ok()?)
}

/// The session cookie with a secret. `Lax`, because links in messages lead here from elsewhere:
/// with `Strict` the person would arrive signed out.
pub(super) fn cookie(secret: &str, role: Role, secure: bool) -> HeaderValue {
    let max_age = match Audience::of(role) {
        Audience::Facilitation => FACILITATES_IDLE,
        Audience::Seats | Audience::Public => MAX_AGE,
    };
    let (name, secure) = (name(secure), if secure { "; Secure" } else { "" });
    HeaderValue::from_str(&format!(
        "{name}={secret}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Lax{secure}"
    ))
    .expect("hexadecimal digits and fixed words are a header value")
}

/// The cookie of a projector's screen: it goes on when the public page is off.
pub(super) fn projector_cookie(secret: &str, secure: bool) -> HeaderValue {
    let secure = if secure { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{PROJECTOR}={secret}; Path=/; HttpOnly; SameSite=Lax{secure}"))
        .unwrap_or(HeaderValue::from_static(""))
}

/// The cookie of the facilitation's sessions, to be kept for a week from now on; none in their first
/// day and for everybody else.
pub(super) fn renewed(
    headers: &HeaderMap,
    browser: &Browser,
    settings: &Settings,
) -> Option<HeaderValue> {
    let (now, secure) = (clock::now(), is_secure(headers, settings));
    let renews = |session: &&OpenSession| {
        Audience::of(session.grant.role) == Audience::Facilitation
            && age(session, now).is_some_and(|age| age >= DAY.into())
    };
    let session = browser.sessions.iter().find(renews)?;
    secret(headers, name(secure)).map(|secret| cookie(secret, session.grant.role, secure))
}

/// The cookie that deletes the session cookie.
pub(super) fn no_cookie(secure: bool) -> HeaderValue {
    HeaderValue::from_static(if secure {
        "__Host-mesa_sesion=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure"
    } else {
        "mesa_sesion=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"
    })
}
