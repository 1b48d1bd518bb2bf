//! The session cookie: 128 random bits, stored only as a digest, `HttpOnly`.

use axum::http::{HeaderMap, HeaderValue, header};
use domain::{Audience, Digest, Millis, Role, StreamId};
use store::OpenSession;

use super::origin::is_secure;
use crate::app_state::{AppState, Settings, Unexpected};
use crate::clock;
use crate::lasting::{Moments, began};
use crate::service::admit::Browser;

const COOKIE: &str = "mesa_sesion";
/// The same over TLS: browsers take it only from this very host, and never over plain HTTP.
const SECURE_COOKIE: &str = "__Host-mesa_sesion";
/// Seconds of a day.
const DAY: u32 = 24 * 60 * 60;
/// The longest that browsers keep a cookie.
const MAX_AGE: u32 = 400 * DAY;
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
/// [`Unexpected`].
pub(super) async fn browser(state: &AppState, headers: &HeaderMap) -> Result<Browser, Unexpected> {
    let projects = secret(headers, PROJECTOR).map(clock::digest_of);
    let Some(token) = token(headers, &state.settings) else {
        return Ok(Browser { projects, ..Browser::default() });
    };
    let now = clock::now();
    let mut sessions = Vec::new();
    for session in state.store.sessions(token).await? {
        if !is_over(state, &session, now).await? {
            state.uses.note(session.stream, session.session, now);
            sessions.push(session);
        }
    }
    if !sessions.is_empty() {
        state.limits.recognise(token);
    }
    Ok(Browser { sessions, token: Some(token), projects })
}

/// Whether a session has lasted as long as it may.
async fn is_over(state: &AppState, session: &OpenSession, now: Millis) -> Result<bool, Unexpected> {
    let Some(began) = began(session) else { return Ok(true) };
    let (lasting, audience) = (state.uses.lasting(), Audience::of(session.grant.role));
    let used = state.uses.last(session, now).await?;
    let mut moments = Moments { began, used, exercise_ends: None };
    if lasting.is_over(audience, moments, now) {
        return Ok(true);
    }
    if audience == Audience::Facilitation {
        return Ok(false);
    }
    // The exercise is asked only of who was away for long.
    moments.exercise_ends = Some(used);
    if lasting.is_over(audience, moments, now) {
        moments.exercise_ends = ends(state, session.stream).await?;
    }
    Ok(lasting.is_over(audience, moments, now))
}

/// When an exercise is over: at the end of its plan's last day, ms since the epoch.
async fn ends(state: &AppState, exercise: StreamId) -> Result<Option<Millis>, Unexpected> {
    let seen = state.rooms.look(exercise).await?;
    let ends = seen.and_then(|(seen, _)| seen.card.as_deref()?.ends.next_day());
    Ok(ends.map(|day| day.midnight().assume_utc().unix_timestamp() * 1_000))
}

/// Seconds since a session began.
fn age(session: &OpenSession, now: Millis) -> Option<Millis> {
    Some((now - began(session)?) / 1_000)
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
