//! The session cookie: 128 random bits, stored only as a digest, `HttpOnly`.

use axum::http::{HeaderMap, HeaderValue, header};
use store::StoreError;

use crate::app_state::AppState;
use crate::clock;
use crate::service::admit::Browser;

const COOKIE: &str = "mesa_sesion";
/// The longest that browsers keep a cookie: 400 days.
const MAX_AGE: u32 = 400 * 24 * 60 * 60;

fn secret(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, secret)| {
            *name == COOKIE && secret.len() == 32 && secret.bytes().all(|b| b.is_ascii_hexdigit())
        })
        .map(|(_, secret)| secret)
}

/// Who is signed in on a browser.
///
/// # Errors
/// What the store says.
pub(super) async fn browser(state: &AppState, headers: &HeaderMap) -> Result<Browser, StoreError> {
    let Some(token) = secret(headers).map(clock::digest_of) else { return Ok(Browser::default()) };
    Ok(Browser { sessions: state.store.sessions(token).await?, token: Some(token) })
}

/// The session cookie with a secret. `Lax`, because links in messages lead here from elsewhere:
/// with `Strict` the person would arrive signed out.
pub(super) fn cookie(secret: &str, secure: bool) -> HeaderValue {
    let secure = if secure { "; Secure" } else { "" };
    HeaderValue::from_str(&format!(
        "{COOKIE}={secret}; Path=/; Max-Age={MAX_AGE}; HttpOnly; SameSite=Lax{secure}"
    ))
    .expect("hexadecimal digits and fixed words are a header value")
}

/// The cookie that deletes the session cookie.
pub(super) fn no_cookie() -> HeaderValue {
    HeaderValue::from_static("mesa_sesion=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")
}
