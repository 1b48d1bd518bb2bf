//! Signing in with mail address and passphrase, and choosing a passphrase.

use std::collections::HashMap;

use app::address;
use app::page::form::{Field, Form, Problem};
use app::page::plain::PlainPage;
use app::page::prepare::{Forgotten, SigningIn};
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Role, StreamId};

use super::answer::{Page, Refused};
use super::link::Opening;
use super::{origin, session};
use crate::app_state::AppState;
use crate::client::Place;
use crate::clock::{self, Secret};
use crate::service::account::{self, check};
use crate::service::admit::{self, Browser};
use crate::service::form::Reading;

/// The fields of both forms.
const FIELDS: [Field; 2] = [Field::Mail, Field::Passphrase];

fn shown(page: SigningIn) -> Page {
    Page::from(PlainPage::SigningIn(Box::new(page)))
}

fn again(page: SigningIn) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, shown(page)).into_response()
}

/// `GET /entrar/cuenta`.
pub(super) async fn form() -> Page {
    shown(SigningIn::default())
}

/// `POST /entrar/cuenta`.
pub(super) async fn posted(
    State(state): State<AppState>,
    Extension(place): Extension<Place>,
    browser: Browser,
    headers: HeaderMap,
    axum::Form(posted): axum::Form<HashMap<String, String>>,
) -> Result<Response, Refused> {
    let mut reading = Reading::new(crate::service::form::typed(&posted, FIELDS));
    let mail = reading.mail(Field::Mail);
    let passphrase = reading.form.text(Field::Passphrase).to_owned();
    if mail.is_none() {
        reading.note(Field::Mail, Problem::Missing);
    }
    if passphrase.is_empty() {
        reading.note(Field::Passphrase, Problem::Missing);
    }
    let (Some(mail), true) = (mail, reading.is_fine()) else {
        return Ok(again(SigningIn {
            form: without_passphrase(reading.form),
            ..SigningIn::default()
        }));
    };
    let form = || {
        let typed = [(Field::Mail, mail.clone())].into();
        Form { typed, ..Form::default() }
    };
    let account = clock::digest_of(&mail);
    let turn = state.limits.passphrase(place, account).await;
    let turn = turn.map_err(Refused::TooManyRequests)?;
    let accounts = account::find(&state.store, &mail, &passphrase).await?;
    drop(turn);
    let wanted: Option<StreamId> = posted.get("ejercicio").and_then(|id| id.parse().ok());
    let account = match (accounts.as_slice(), wanted) {
        ([], _) => {
            return Ok(again(SigningIn { form: form(), refused: true, ..SigningIn::default() }));
        }
        ([account], _) => Some(account),
        (_, Some(wanted)) => accounts.iter().find(|account| account.stream == wanted),
        _ => None,
    };
    let Some(account) = account else {
        let mut choices = Vec::new();
        for account in &accounts {
            let seen = state.rooms.look(account.stream).await?;
            let card = seen.and_then(|(seen, _)| seen.card.clone());
            choices
                .push((account.stream, card.map(|card| card.name.to_string()).unwrap_or_default()));
        }
        return Ok(again(SigningIn { form: form(), choices, ..SigningIn::default() }));
    };
    match account::sign_in(&state, account).await? {
        Some(secret) => {
            // The new cookie takes the place of the old one, whose sessions nobody could end then.
            admit::leave(&state, &browser).await?;
            Ok(signed_in(&state, &headers, account.stream, &secret))
        }
        None => Ok(again(SigningIn { form: form(), refused: true, ..SigningIn::default() })),
    }
}

/// A passphrase isn't sent back.
fn without_passphrase(mut form: Form) -> Form {
    form.typed.remove(&Field::Passphrase);
    form
}

/// Redirects to the preparation, with the cookie of a new session.
pub(super) fn signed_in(
    state: &AppState,
    headers: &HeaderMap,
    exercise: StreamId,
    secret: &Secret,
) -> Response {
    let mut response = Redirect::to(&address::prepare(exercise)).into_response();
    let secure = origin::is_secure(headers, &state.settings);
    let set = response.headers_mut();
    set.insert(header::SET_COOKIE, session::cookie(&secret.text, Role::Administrator, secure));
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// `GET /entrar/cuenta/otra-frase`.
pub(super) async fn forgotten(State(state): State<AppState>) -> Result<Page, Refused> {
    let off = !state.mail.sends(&state.store).await?;
    Ok(Page::from(PlainPage::Forgotten(Box::new(Forgotten { off, ..Forgotten::default() }))))
}

/// `POST` to the same address. What it answers, and how soon, doesn't depend on whether there is such
/// an account.
pub(super) async fn forgotten_posted(
    State(state): State<AppState>,
    Extension(place): Extension<Place>,
    axum::Form(posted): axum::Form<HashMap<String, String>>,
) -> Result<Response, Refused> {
    let page = |page| Page::from(PlainPage::Forgotten(Box::new(page)));
    if !state.mail.sends(&state.store).await? {
        return Ok(page(Forgotten { off: true, ..Forgotten::default() }).into_response());
    }
    let mut reading = Reading::new(crate::service::form::typed(&posted, [Field::Mail]));
    let mail = reading.mail(Field::Mail);
    if mail.is_none() {
        reading.note(Field::Mail, Problem::Missing);
    }
    let (Some(mail), true) = (mail, reading.is_fine()) else {
        let form = page(Forgotten { form: reading.form, ..Forgotten::default() });
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, form).into_response());
    };
    let asks = state.limits.reset(place, clock::digest_of(&mail));
    if asks.map_err(Refused::TooManyRequests)? {
        let other = state.clone();
        state.tracker.spawn(async move {
            if let Err(error) = account::forgotten(&other, &mail).await {
                tracing::warn!(%error, "a link for another passphrase can't be asked for");
            }
        });
    }
    Ok(page(Forgotten { sent: true, ..Forgotten::default() }).into_response())
}

/// `GET /frase/{secret}`. Looking consumes nothing.
pub(super) async fn choose(
    State(state): State<AppState>,
    Opening(secret): Opening,
) -> Result<Page, Refused> {
    account::chooser(&state.store, &secret).await?.ok_or(Refused::UnknownLink)?;
    Ok(shown(SigningIn { resets: true, ..SigningIn::default() }))
}

/// `POST /frase/{secret}`.
pub(super) async fn choose_posted(
    State(state): State<AppState>,
    Opening(secret): Opening,
    headers: HeaderMap,
    axum::Form(posted): axum::Form<HashMap<String, String>>,
) -> Result<Response, Refused> {
    let chooser = account::chooser(&state.store, &secret).await?.ok_or(Refused::UnknownLink)?;
    let record = state.store.people(&[chooser.person]).await?.remove(&chooser.person);
    let record = record.ok_or(Refused::UnknownLink)?;
    let passphrase = posted.get(Field::Passphrase.name().as_ref()).cloned().unwrap_or_default();
    let known = [record.name.as_str(), record.mail.as_deref().unwrap_or_default()];
    if let Err(problem) = check(&passphrase, &known) {
        let form = Form { problems: [(Field::Passphrase, problem)].into(), ..Form::default() };
        return Ok(again(SigningIn { form, resets: true, ..SigningIn::default() }));
    }
    match account::choose(&state, &chooser, passphrase).await? {
        Some(secret) => Ok(signed_in(&state, &headers, chooser.stream, &secret)),
        None => Err(Refused::UnknownLink),
    }
}
