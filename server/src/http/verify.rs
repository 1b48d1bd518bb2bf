//! Whether a file is what this server handed out, and the public file of all seals. Only a SHA-256
//! is asked; whoever knows it has the file.

use app::address;
use app::page::plain::PlainPage;
use app::page::verify::{Answer, VerifyPage};
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::{Digest, StreamId};
use futures_util::stream;
use serde::Deserialize;

use super::answer::{Page, Refused};
use super::export::{File, download};
use crate::app_state::AppState;
use crate::service::admit::Browser;
use crate::service::document::folio;
use crate::service::{server_key, verifying};
use crate::stamping::{self, Stamping};

/// How many lines of seals are read at once.
const LINES: u64 = 500;

/// What is asked of the page.
#[derive(Deserialize)]
pub(super) struct Asked {
    sha256: Option<String>,
}

/// `GET /verificar`, with `?sha256=…` once something is asked.
pub(super) async fn any(
    State(state): State<AppState>,
    Query(asked): Query<Asked>,
    browser: Browser,
) -> Result<Page, Refused> {
    page(&state, &browser, None, asked.sha256.as_deref()).await
}

/// `GET /verificar/{what}`: of one exercise's plan, or the answer to a SHA-256.
pub(super) async fn one(
    State(state): State<AppState>,
    Path(what): Path<String>,
    Query(asked): Query<Asked>,
    browser: Browser,
) -> Result<Page, Refused> {
    match what.parse::<StreamId>() {
        Ok(exercise) => page(&state, &browser, Some(exercise), asked.sha256.as_deref()).await,
        Err(_) if verifying::typed_digest(&what).is_some() => {
            page(&state, &browser, None, Some(&what)).await
        }
        Err(_) => Err(Refused::NotFound),
    }
}

async fn page(
    state: &AppState,
    browser: &Browser,
    exercise: Option<StreamId>,
    asked: Option<&str>,
) -> Result<Page, Refused> {
    let of = match exercise {
        Some(id) => {
            let (seen, _) = state.rooms.look(id).await?.ok_or(Refused::NotFound)?;
            let card = seen.card.as_deref().ok_or(Refused::NotFound)?;
            browser.follows(id, &seen).then(|| (id, card.name.to_string(), folio(&seen, id)))
        }
        None => None,
    };
    let digest = asked.and_then(verifying::typed_digest);
    let answer = match digest {
        Some(digest) => Some((digest.to_string(), answer(state, browser, digest, exercise).await?)),
        None => None,
    };
    let key = server_key::key(&state.store).await?.public();
    Ok(Page::from(PlainPage::Verify(Box::new(VerifyPage {
        exercise: of,
        mistyped: asked.is_some() && digest.is_none(),
        asked: answer,
        key: (key.to_string(), key.fingerprint()),
    }))))
}

async fn answer(
    state: &AppState,
    browser: &Browser,
    digest: Digest,
    exercise: Option<StreamId>,
) -> Result<Answer, Refused> {
    let Some((stream, document)) = verifying::find(&state.store, digest, exercise).await? else {
        let Some(id) = exercise else { return Ok(Answer::Unknown) };
        let (seen, _) = state.rooms.look(id).await?.ok_or(Refused::NotFound)?;
        return Ok(verifying::scan(&seen, id, digest).unwrap_or(Answer::Unknown));
    };
    let (seen, _) = state.rooms.look(stream).await?.ok_or(Refused::NotFound)?;
    let asked = state.settings.stamping.as_ref();
    let who = (asked.is_some(), asked.and_then(Stamping::authorities));
    let zone = verifying::zone(&seen);
    let stamp = stamping::stamped(&state.store, (stream, &document), who, zone).await?;
    let told = (browser.follows(stream, &seen), stamp);
    Ok(verifying::answer(&seen, stream, &document, told))
}

/// `GET /sellos/{file}`: what a time-stamping authority answered about the seal with a SHA-256.
pub(super) async fn stamp(
    State(state): State<AppState>,
    Path(file): Path<String>,
) -> Result<Response, Refused> {
    let seal = file.strip_suffix(address::STAMP_ENDING).and_then(verifying::typed_digest);
    let seal = seal.ok_or(Refused::NotFound)?;
    let bytes = state.store.stamp(seal).await?.ok_or(Refused::NotFound)?;
    let name = format!("{seal}{}", address::STAMP_ENDING);
    Ok(download(File { name, media_type: "application/timestamp-reply", bytes }))
}

/// `GET /sellos`: a line for each seal, the oldest first.
pub(super) async fn seals(State(state): State<AppState>) -> Response {
    let lines = stream::try_unfold((state.store.clone(), 0), |(store, after)| async move {
        let lines = store.seal_lines(after, LINES).await?;
        let Some((last, _)) = lines.last() else { return Ok(None) };
        let last = *last;
        let text: String = lines.into_iter().map(|(_, line)| line + "\n").collect();
        Ok::<_, store::StoreError>(Some((text, (store, last))))
    });
    let headers = [
        (header::CONTENT_TYPE, "application/x-ndjson; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, Body::from_stream(lines)).into_response()
}
