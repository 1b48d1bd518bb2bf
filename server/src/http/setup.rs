//! Creating an exercise, and the seats of one. Plain forms, so that they work without any script.

use std::collections::{BTreeMap, HashMap};

use app::address;
use app::page::PageError;
use app::page::plain::PlainPage;
use app::page::setup::{Setup, SetupField};
use app::text::seats::SECTORS;
use axum::Form;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::codes::Coded;
use serde::Deserialize;

use super::answer::{Page, Refused};
use super::extract::{Facilitates, InExercise};
use super::origin;
use crate::app_state::AppState;
use crate::clock;
use crate::service::sample::{self, SampleError, Stage};
use crate::service::seats::{self, Typed};
use crate::service::setup::{self, SetupError};

/// What the query says when the sample is asked for instead.
const SAMPLE: &str = "muestra";

/// `GET /crear/{secret}`. Looking consumes nothing.
pub(super) async fn form(
    State(state): State<AppState>,
    Path(secret): Path<String>,
) -> Result<Page, Refused> {
    match setup::find(&state.store, &secret).await? {
        None => Err(Refused::UnknownLink),
        Some((_, true)) => Ok(used()),
        Some((_, false)) => shown(&state, setup::blank(clock::today())).await,
    }
}

/// `POST /crear/{secret}`; with `?muestra` the sample is loaded instead.
pub(super) async fn posted(
    State(state): State<AppState>,
    Path(secret): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    Form(posted): Form<HashMap<String, String>>,
) -> Result<Response, Refused> {
    let stream = match setup::find(&state.store, &secret).await? {
        None => return Err(Refused::UnknownLink),
        Some((_, true)) => return Ok(used().into_response()),
        Some((stream, false)) => stream,
    };
    if query.as_deref() == Some(SAMPLE) {
        return sample(&state, &headers).await;
    }
    let typed: BTreeMap<_, _> = SetupField::ALL
        .into_iter()
        .filter_map(|field| Some((field, posted.get(field.name())?.clone())))
        .collect();
    let opening = match setup::check(&typed) {
        Ok(opening) => opening,
        Err(problems) => {
            let page = shown(&state, Setup { typed, problems, ..Setup::default() }).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    match setup::open(&state.store, stream, &opening).await {
        Ok((_, secret)) => Ok(to(&format!("/enlace/{secret}"))),
        Err(SetupError::Used) => Ok(used().into_response()),
        Err(error) => Err(Refused::from(error)),
    }
}

async fn shown(state: &AppState, form: Setup) -> Result<Page, Refused> {
    let offers_sample = state.store.mesas().await?.is_empty();
    Ok(Page::from(PlainPage::Setup(Box::new(Setup { offers_sample, ..form }))))
}

async fn sample(state: &AppState, headers: &HeaderMap) -> Result<Response, Refused> {
    let base = origin::base_url(headers, &state.settings);
    match sample::load(&state.store, Stage::Agreed, &base).await {
        Ok(ways) => Ok(to(ways.facilitator_url.strip_prefix(&base).unwrap_or(address::HOME))),
        // There is one by now.
        Err(SampleError::NotEmpty) => Ok(to(address::HOME)),
        Err(error) => Err(Refused::from(error)),
    }
}

fn used() -> Page {
    Page::from(PlainPage::Error(PageError::Used))
}

/// Redirects with a secret in the address.
fn to(path: &str) -> Response {
    let mut response = Redirect::to(path).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The fields of the form that adds an organisation.
#[derive(Deserialize)]
pub(super) struct Organisation {
    #[serde(default)]
    organizacion: String,
    #[serde(default)]
    sector: String,
    #[serde(default)]
    firma: String,
}

/// `GET /ejercicio/{exercise}/mesa/{number}/lugares`.
pub(super) async fn seats(Facilitates(me): Facilitates) -> Page {
    Page::from(PlainPage::Seats(Box::new(seats::seats(&me.there.exercise, me.there.mesa))))
}

/// `POST` to the same address: adds an organisation.
pub(super) async fn seats_posted(
    State(state): State<AppState>,
    Facilitates(me): Facilitates,
    Form(form): Form<Organisation>,
) -> Result<Response, Refused> {
    let mesa = me.there.mesa;
    let sector = SECTORS.into_iter().find(|sector| sector.code() == form.sector);
    let typed = Typed {
        sector: sector.unwrap_or(SECTORS[0]),
        signs: !form.firma.is_empty(),
        organisation: form.organizacion,
    };
    match seats::add(&state, mesa, &typed).await? {
        // A reload adds nothing.
        Ok(()) => Ok(Redirect::to(&address::seats(mesa)).into_response()),
        Err(problem) => {
            let mut page = seats::seats(&me.there.exercise, mesa);
            (page.typed, page.problem) = (typed.organisation, Some(problem));
            let page = Page::from(PlainPage::Seats(Box::new(page)));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// `POST /ejercicio/{exercise}/mesa/{number}/lugares/enlaces`: makes the links and shows them.
pub(super) async fn links(
    State(state): State<AppState>,
    Facilitates(me): Facilitates,
    headers: HeaderMap,
) -> Result<Page, Refused> {
    let InExercise { mesa, exercise, .. } = &me.there;
    let base = origin::base_url(&headers, &state.settings);
    let mut page = seats::seats(exercise, *mesa);
    page.cards = seats::make_links(&state, *mesa, exercise, &base).await?;
    Ok(Page::from(PlainPage::Seats(Box::new(page))))
}
