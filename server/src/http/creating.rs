//! Creating an exercise. A plain form, so that it works without any script.

use std::collections::HashMap;

use app::address::{self, LinkTo};
use app::page::PageError;
use app::page::form::{Field, Form};
use app::page::plain::PlainPage;
use app::page::prepare::Creating;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use super::account::signed_in;
use super::answer::{Page, Refused};
use super::link::{self, Opening};
use super::origin;
use crate::app_state::AppState;
use crate::clock;
use crate::service::form::typed;
use crate::service::prepare::archive::Archive;
use crate::service::sample::{self, SampleError, Stage};
use crate::service::setup::{self, SetupError};

/// Longest form, in bytes: with the file of another exercise.
pub(super) const FORM_LIMIT: usize = 1024 * 1024;
/// What the query says when the sample is asked for instead.
const SAMPLE: &str = "muestra";
/// The form's field with the file that it was filled from.
const ARCHIVE: &str = "archivo";

/// `GET /crear/{secret}`. Looking consumes nothing.
pub(super) async fn form(
    State(state): State<AppState>,
    Opening(secret): Opening,
) -> Result<Page, Refused> {
    match setup::find(&state.store, &secret).await? {
        None => Err(Refused::UnknownLink),
        Some((_, true)) => Ok(used()),
        Some((_, false)) => shown(&state, setup::blank(clock::today()), String::new()).await,
    }
}

/// `POST /crear/{secret}`; with `?muestra` the sample is loaded instead. With a file and nothing
/// else the form is filled from it.
pub(super) async fn posted(
    State(state): State<AppState>,
    Opening(secret): Opening,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    axum::Form(posted): axum::Form<HashMap<String, String>>,
) -> Result<Response, Refused> {
    let stream = match setup::find(&state.store, &secret).await? {
        None => return Err(Refused::UnknownLink),
        Some((_, true)) => return Ok(used().into_response()),
        Some((stream, false)) => stream,
    };
    if query.as_deref() == Some(SAMPLE) {
        return sample(&state, &headers).await;
    }
    let file = posted.get(ARCHIVE).cloned().unwrap_or_default();
    let archive = Archive::read(file.as_bytes()).ok();
    if !posted.contains_key(Field::Name.name().as_ref())
        && let Some(archive) = &archive
    {
        let mut form = setup::blank(clock::today());
        form.typed.extend(archive.fill());
        return Ok(shown(&state, form, file).await?.into_response());
    }
    let opening = match setup::check(typed(&posted, Field::creating()), archive) {
        Ok(opening) => opening,
        Err(form) => {
            let page = shown(&state, form, file).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    match setup::open(&state.store, stream, &opening).await {
        Ok(secret) => Ok(signed_in(&state, &headers, stream, &secret)),
        Err(SetupError::Used) => Ok(used().into_response()),
        Err(error) => Err(Refused::from(error)),
    }
}

async fn shown(state: &AppState, form: Form, archive: String) -> Result<Page, Refused> {
    let offers_sample = state.store.mesas().await?.is_empty();
    let creating = Creating { form, offers_sample, archive, action: None };
    Ok(Page::from(PlainPage::Creating(Box::new(creating))))
}

async fn sample(state: &AppState, headers: &HeaderMap) -> Result<Response, Refused> {
    let base = origin::base_url(headers, &state.settings);
    match sample::load(&state.store, Stage::Agreed, &base).await {
        Ok(ways) => {
            let secure = origin::is_secure(headers, &state.settings);
            let secret = ways.facilitator_url.rsplit('#').next().unwrap_or_default();
            Ok(link::open(LinkTo::Door, secret, secure))
        }
        // There is one by now.
        Err(SampleError::NotEmpty) => Ok(to(address::HOME)),
        Err(error) => Err(Refused::from(error)),
    }
}

fn used() -> Page {
    Page::from(PlainPage::Error(PageError::Used))
}

/// Redirects with a secret in the address.
pub(super) fn to(path: &str) -> Response {
    let mut response = Redirect::to(path).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
