//! The session cookie: 128 random bits, stored only as a digest, `HttpOnly`.

use axum::http::{HeaderMap, HeaderValue, header};
use domain::Digest;
use store::StoreError;

use super::origin::is_secure;
use crate::app_state::{AppState, Settings};
use crate::clock;
use crate::service::admit::Browser;

const COOKIE: &str = "mesa_sesion";
/// The same over TLS: browsers take it only from this very host, and never over plain HTTP.
const SECURE_COOKIE: &str = "__Host-mesa_sesion";
/// The longest that browsers keep a cookie: 400 days.
const MAX_AGE: u32 = 400 * 24 * 60 * 60;

/// The cookie of a screen that was opened by a projector's link.
const PROJECTOR: &str = "mesa_proyector";

/// The session cookie's name.
fn name(secure: bool) -> &'static str {
    if secure { SECURE_COOKIE } else { COOKIE }
}

/// The secret in a cookie.
fn secret<'a>(headers: &'a HeaderMap, cookie: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, secret)| {
            *name == cookie && secret.len() == 32 && secret.bytes().all(|b| b.is_ascii_hexdigit())
        })
        .map(|(_, secret)| secret)
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
    let sessions = state.store.sessions(token).await?;
    if !sessions.is_empty() {
        state.limits.recognise(token);
    }
    Ok(Browser { sessions, token: Some(token), projects })
}

/// The session cookie with a secret. `Lax`, because links in messages lead here from elsewhere:
/// with `Strict` the person would arrive signed out.
pub(super) fn cookie(secret: &str, secure: bool) -> HeaderValue {
    let (name, secure) = (name(secure), if secure { "; Secure" } else { "" });
    HeaderValue::from_str(&format!(
        "{name}={secret}; Path=/; Max-Age={MAX_AGE}; HttpOnly; SameSite=Lax{secure}"
    ))
    .expect("hexadecimal digits and fixed words are a header value")
}

/// The cookie of a projector's screen: it goes on when the public page is off.
pub(super) fn projector_cookie(secret: &str, secure: bool) -> HeaderValue {
    let secure = if secure { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{PROJECTOR}={secret}; Path=/; HttpOnly; SameSite=Lax{secure}"))
        .unwrap_or(HeaderValue::from_static(""))
}

/// The cookie that deletes the session cookie.
pub(super) fn no_cookie(secure: bool) -> HeaderValue {
    HeaderValue::from_static(if secure {
        "__Host-mesa_sesion=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure"
    } else {
        "mesa_sesion=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"
    })
}
