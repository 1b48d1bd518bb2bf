//! Protection against cross-site requests: requests that change something, and sockets, are
//! accepted only from our own pages. Their `Origin` has to be exactly the address that the browser
//! asked, and where the browser says from which site they come, that has to be this one.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::app_state::{AppState, Settings};
use crate::client::{self, Peer};
use crate::text;

/// Browsers send it where the context is secure: `none` when a person opened the address
/// themselves.
const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
/// For a year browsers come only over TLS.
const ONLY_TLS: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// Whether a browser sees this server over TLS.
pub(super) fn is_secure(headers: &HeaderMap, settings: &Settings) -> bool {
    let by_tls = || settings.tls.is_some() || client::came_by_tls(headers);
    settings.public_url.as_ref().map_or_else(by_tls, |public| public.starts_with("https://"))
}

fn scheme(headers: &HeaderMap, settings: &Settings) -> &'static str {
    if is_secure(headers, settings) { "https" } else { "http" }
}

/// Whether a request comes from a page of this server. Its `Origin` is this server's own: scheme
/// and `Host`, or the configured public address.
fn is_own(headers: &HeaderMap, settings: &Settings) -> bool {
    let site = headers.get(SITE).map(HeaderValue::as_bytes);
    if site.is_some_and(|site| !matches!(site, b"same-origin" | b"none")) {
        return false;
    }
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let Some(origin) = text(header::ORIGIN) else { return false };
    match &settings.public_url {
        Some(public) => origin == public,
        None => {
            let own = origin.split_once("://");
            own.is_some() && own == text(header::HOST).map(|host| (scheme(headers, settings), host))
        }
    }
}

/// Refuses cross-site requests, and puts the headers that isolate pages on every response.
pub(super) async fn guard(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    if let Some(Peer(peer)) = request.extensions().get().copied() {
        let place =
            client::settle(request.headers_mut(), peer.ip(), &state.settings.trusted_proxies);
        request.extensions_mut().insert(place);
    }
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD);
    let guarded = changes || request.uri().path() == "/ws";
    let refused = guarded && !is_own(request.headers(), &state.settings);
    let is_secure = is_secure(request.headers(), &state.settings);
    let mut response = if refused {
        (StatusCode::FORBIDDEN, text::NOT_FROM_HERE).into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // With `no-referrer` a browser would send the origin `null` with our own forms.
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    if is_secure {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, ONLY_TLS);
    }
    headers.entry(header::X_FRAME_OPTIONS).or_insert(HeaderValue::from_static("DENY"));
    response
}

/// The address under which this request reached us, for making links.
pub(super) fn base_url(headers: &HeaderMap, settings: &Settings) -> String {
    if let Some(public) = &settings.public_url {
        return public.clone();
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    match &settings.phone_url {
        // The projector is often opened on the laptop itself, under a name that no phone can reach.
        Some(phone) if matches!(name, "localhost" | "127.0.0.1" | "[::1]") => phone.clone(),
        Some(_) | None => format!("{}://{host}", scheme(headers, settings)),
    }
}
