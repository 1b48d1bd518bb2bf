//! The organisations, their seats, and the cards with their links.

use app::page::form::Field;
use app::page::paste::{Paste, Taken};
use app::page::prepare::{CardChoice, Consequence, Part};
use axum::Form;
use axum::extract::{Multipart, Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::{ActorNumber, SeatId, SessionId};
use roster::ReadError;
use serde::Deserialize;

use super::{Posted, Which, again, confirms, page, page_after, saved};
use crate::app_state::AppState;
use crate::http::answer::{Page, Refused};
use crate::http::extract::{Prepares, PreparesAll};
use crate::http::origin;
use crate::service::form::typed;
use crate::service::prepare::actors::{self, records};
use crate::service::prepare::cards::{self, Whose};
use crate::service::prepare::editing::Outcome;
use crate::service::prepare::{import, invitations};

/// `GET …/actores`.
pub(super) async fn list(
    State(state): State<AppState>,
    me: PreparesAll,
    RawQuery(query): RawQuery,
) -> Result<Page, Refused> {
    let people = records(&state, &me.exercise).await?;
    let queued = invitations::queued(&state, me.stream).await?;
    let part = Part::Actors(actors::rows(&me.exercise, &people, &queued));
    Ok(page_after(&me, part, query.as_deref()))
}

/// The organisation that an address names; none: a new one.
fn which(me: &Prepares, named: &str) -> Result<Option<ActorNumber>, Refused> {
    if named == "nueva" {
        return Ok(None);
    }
    let number = named.parse().map(ActorNumber).map_err(|_| Refused::NotFound)?;
    let known = me.exercise.actors.iter().any(|actor| actor.number == number);
    known.then_some(Some(number)).ok_or(Refused::NotFound)
}

/// `GET …/actores/{number}` and `…/actores/nueva`.
pub(super) async fn one(
    State(state): State<AppState>,
    me: PreparesAll,
    Path(Which { which: named }): Path<Which>,
) -> Result<Page, Refused> {
    let number = which(&me, &named)?;
    let people = records(&state, &me.exercise).await?;
    let edited = actors::form(&me.exercise, &people, number);
    Ok(page(&me, Part::Actor(Box::new(edited))))
}

/// `POST` to the same addresses.
pub(super) async fn one_posted(
    State(state): State<AppState>,
    me: PreparesAll,
    Path(Which { which: named }): Path<Which>,
    Form(posted): Posted,
) -> Result<Response, Refused> {
    let number = which(&me, &named)?;
    let (by, typed) = (me.session.person, typed(&posted, Field::ACTOR));
    let seen = &me.exercise;
    let confirmed = confirms(&posted);
    Ok(match actors::save(&state, me.stream, seen, by, number, typed, confirmed).await? {
        Outcome::Saved => saved(me.stream, "actores"),
        Outcome::Back(editing) => {
            let mut edited = actors::form(seen, &Default::default(), number);
            edited.editing = editing;
            again(&me, Part::Actor(Box::new(edited)))
        }
    })
}

/// What the address of an action on an organisation names.
#[derive(Deserialize)]
pub(super) struct Numbered {
    number: u16,
}

/// `POST …/actores/{number}/actua`: another seat acts.
pub(super) async fn let_act(
    State(state): State<AppState>,
    me: PreparesAll,
    Path(Numbered { number }): Path<Numbered>,
    Form(posted): Posted,
) -> Result<Response, Refused> {
    let seat: Option<SeatId> = posted.get("lugar").and_then(|id| id.parse().ok());
    let (seat, by) = (seat.ok_or(Refused::NotFound)?, me.session.person);
    let seen = &me.exercise;
    let known = actors::let_act(&state, me.stream, seen, by, ActorNumber(number), seat).await?;
    known.then(|| saved(me.stream, "actores")).ok_or(Refused::NotFound)
}

/// `POST …/actores/{number}/retiro`: the organisation no longer takes part, once that is confirmed,
/// or does again.
pub(super) async fn withdraw(
    State(state): State<AppState>,
    me: PreparesAll,
    Path(Numbered { number }): Path<Numbered>,
    Form(posted): Posted,
) -> Result<Response, Refused> {
    let (number, by) = (ActorNumber(number), me.session.person);
    let actor = me.exercise.actors.iter().find(|actor| actor.number == number);
    let actor = actor.ok_or(Refused::NotFound)?;
    let withdraws = posted.get("retiro").is_some_and(|said| said == "si");
    if withdraws && !confirms(&posted) {
        let people = records(&state, &me.exercise).await?;
        let mut edited = actors::form(&me.exercise, &people, Some(number));
        let consequence: Consequence = actors::withdrawal(&me.exercise, actor);
        edited.withdrawal = Some(consequence);
        return Ok(page(&me, Part::Actor(Box::new(edited))).into_response());
    }
    actors::withdraw(&state, me.stream, &me.exercise, by, number, withdraws).await?;
    Ok(saved(me.stream, "actores"))
}

/// `POST …/actores/cerrar`: signs a device out.
pub(super) async fn end_session(
    State(state): State<AppState>,
    me: PreparesAll,
    Form(posted): Posted,
) -> Result<Response, Refused> {
    let session: Option<SessionId> = posted.get("entrada").and_then(|id| id.parse().ok());
    let session = session.ok_or(Refused::NotFound)?;
    let known = actors::end_session(&state, me.stream, me.session.person, session).await?;
    known.then(|| saved(me.stream, "actores")).ok_or(Refused::NotFound)
}

/// `GET …/tarjetas`.
pub(super) async fn cards(me: PreparesAll) -> Result<Page, Refused> {
    let choice = cards::choice(&me.exercise);
    Ok(page(&me, Part::Cards(choice)))
}

/// `POST …/tarjetas`: makes the links and shows them.
pub(super) async fn cards_posted(
    State(state): State<AppState>,
    me: PreparesAll,
    headers: HeaderMap,
    Form(posted): Posted,
) -> Result<Response, Refused> {
    let whose = match posted.get("quien").map(String::as_str) {
        Some("sin-enlace") => Whose::WithoutLink,
        Some("sin-entrar") => Whose::NotEntered,
        Some("todos") => Whose::All,
        _ => return Ok(page(&me, Part::Cards(cards::choice(&me.exercise))).into_response()),
    };
    let people = records(&state, &me.exercise).await?;
    let base = origin::base_url(&headers, &state.settings);
    let (seen, by) = (&me.exercise, me.session.person);
    let made = cards::make(&state, me.stream, seen, &people, by, whose, &base).await?;
    let choice = CardChoice { cards: made, address: base, ..cards::choice(seen) };
    let mut response = page(&me, Part::Cards(choice)).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// `GET …/invitaciones`.
pub(super) async fn invited(
    State(state): State<AppState>,
    me: PreparesAll,
    headers: HeaderMap,
) -> Result<Page, Refused> {
    let people = records(&state, &me.exercise).await?;
    let queued = invitations::queued(&state, me.stream).await?;
    let base = origin::base_url(&headers, &state.settings);
    let shown = invitations::page(&state, me.stream, &me.exercise, &people, &queued, &base).await?;
    Ok(page(&me, Part::Invitations(shown)))
}

/// `POST` to the same address: asks for those that weren't asked for, or for one once more.
pub(super) async fn invite(
    State(state): State<AppState>,
    me: PreparesAll,
    Form(posted): Posted,
) -> Result<Response, Refused> {
    let people = records(&state, &me.exercise).await?;
    let by = me.session.person;
    if let Some(seat) = posted.get("otra-vez") {
        let seat = seat.parse().map_err(|_| Refused::NotFound)?;
        invitations::again(&state, me.stream, &me.exercise, &people, seat).await?;
        return Ok(saved(me.stream, "invitaciones"));
    }
    invitations::ask(&state, me.stream, &me.exercise, &people, by).await?;
    Ok(saved(me.stream, "invitaciones"))
}

/// `GET …/actores/pegar`.
pub(super) async fn paste(me: PreparesAll) -> Result<Page, Refused> {
    Ok(page(&me, Part::Paste(Box::default())))
}

/// `POST …/actores/pegar`: looks at the list, or takes what is ready of it.
pub(super) async fn paste_posted(
    State(state): State<AppState>,
    me: PreparesAll,
    Form(posted): Posted,
) -> Result<Page, Refused> {
    let (seen, by) = (&me.exercise, me.session.person);
    let posted = import::Posted::of(&posted);
    let looked = import::paste(&state, me.stream, seen, by, posted).await?;
    Ok(page(&me, Part::Paste(Box::new(looked))))
}

/// `POST …/actores/archivo`: reads a file, and looks at its list.
pub(super) async fn file_posted(
    State(state): State<AppState>,
    me: PreparesAll,
    mut form: Multipart,
) -> Result<Page, Refused> {
    let mut bytes = Err(ReadError::Empty);
    while let Ok(Some(field)) = form.next_field().await {
        if field.name() == Some("archivo") {
            bytes = field.bytes().await.map_err(|_| ReadError::TooLarge);
        }
    }
    let text = match bytes {
        Ok(bytes) => import::text_of(bytes.to_vec()).await,
        Err(problem) => Err(problem),
    };
    let looked = match text {
        Ok(text) => {
            let posted = import::Posted { text, ..import::Posted::default() };
            import::paste(&state, me.stream, &me.exercise, me.session.person, posted).await?
        }
        Err(problem) => Paste { problem: Some(problem), ..Paste::default() },
    };
    Ok(page(&me, Part::Paste(Box::new(looked))))
}

/// `POST …/actores/deshacer`: takes an import back.
pub(super) async fn undo(
    State(state): State<AppState>,
    me: PreparesAll,
    Form(posted): Posted,
) -> Result<Page, Refused> {
    let text = posted.get("deshacer").map(String::as_str).unwrap_or_default();
    let (seen, by) = (&me.exercise, me.session.person);
    if !import::undo(&state, me.stream, seen, by, text).await? {
        return Err(Refused::NotFound);
    }
    let taken = Taken { new: 0, changed: 0, undo: String::new(), undone: true };
    Ok(page(&me, Part::Paste(Box::new(Paste { taken: Some(taken), ..Paste::default() }))))
}
