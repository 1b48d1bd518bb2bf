//! The session cookie: 128 random bits, kept hashed, out of reach of scripts.

use axum::http::{HeaderMap, HeaderValue, header};
use domain::{Digest, MesaId, Viewer};
use store::{SignedIn, StoreError};

use crate::app_state::AppState;
use crate::clock;

const COOKIE: &str = "mesa_sesion";
/// As long as browsers keep a cookie: 400 days.
const MAX_AGE: u32 = 400 * 24 * 60 * 60;

/// The secret that the browser holds.
fn secret(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, secret)| *name == COOKIE && secret.len() == 32 && secret.bytes().all(|b| b.is_ascii_hexdigit()))
        .map(|(_, secret)| secret)
}

/// Digest of the secret that the browser holds, as sessions are found by it.
pub(super) fn token(headers: &HeaderMap) -> Option<Digest> {
    secret(headers).map(clock::digest_of)
}

/// Who is signed in on this browser: a session for each mesa that they came to.
///
/// # Errors
/// What the store says.
pub(super) async fn signed_in(state: &AppState, headers: &HeaderMap) -> Result<Vec<SignedIn>, StoreError> {
    match token(headers) {
        Some(token) => state.store.sessions(token).await,
        None => Ok(Vec::new()),
    }
}

/// Who is signed in at this mesa on this browser: who belongs to another one of the exercise reads it as everybody does.
///
/// # Errors
/// What the store says.
pub(super) async fn signed_in_at(state: &AppState, headers: &HeaderMap, mesa: MesaId) -> Result<Option<SignedIn>, StoreError> {
    Ok(signed_in(state, headers).await?.into_iter().find(|signed_in| sits_at(signed_in, mesa)))
}

/// Whether it is a session of this mesa.
pub(super) fn sits_at(signed_in: &SignedIn, mesa: MesaId) -> bool {
    signed_in.stream == mesa.exercise && Viewer::new(signed_in.grant.role_at(mesa.number), mesa.number) != Viewer::Public
}

/// The cookie that holds a secret. A link in a message leads here from elsewhere: `Lax`, or the person would arrive as a
/// stranger.
pub(super) fn cookie(secret: &str, secure: bool) -> HeaderValue {
    let secure = if secure { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{COOKIE}={secret}; Path=/; Max-Age={MAX_AGE}; HttpOnly; SameSite=Lax{secure}"))
        .expect("hexadecimal digits and fixed words are a header value")
}

/// The cookie that forgets.
pub(super) fn no_cookie() -> HeaderValue {
    HeaderValue::from_static("mesa_sesion=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")
}
