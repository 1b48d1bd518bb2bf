//! The pages on which an exercise is prepared, and changed while it runs. Plain forms that post to
//! their own addresses; after a change a redirect, so that a reload changes nothing.

mod actors;
mod archive;
mod logos;
mod mail;
mod sections;
mod staff;

use std::collections::HashMap;

use app::address;
use app::page::form::Field;
use app::page::plain::PlainPage;
use app::page::prepare::{Overview, Part, Prepare};
use axum::extract::{DefaultBodyLimit, Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use domain::exercise::LOGO_BYTES;
use domain::{MesaNumber, ServerCommand, StreamId, people};
use serde::Deserialize;

use super::answer::{Page, Refused};
use super::extract::{Prepares, PreparesAll};
use super::petition;
use crate::app_state::AppState;
use crate::clock;
use crate::service::form::typed;
use crate::service::prepare::actors::records;
use crate::service::prepare::editing::{self, Outcome};
use crate::service::prepare::{self, enter, overview};

/// Longest form of the preparation, in bytes: a notice of 40 000 characters, or the sections of a
/// plan, percent-encoded.
const FORM_LIMIT: usize = 512 * 1024;
/// Longest form with a list, in bytes: its text, percent-encoded.
pub(super) const LIST_LIMIT: usize = 3 * roster::MOST_BYTES;
/// What the query says after a change.
const SAVED: &str = "guardado";

/// The routes, below `/ejercicio/{exercise}/preparar`.
pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/", get(overview_page))
        .route("/datos", get(exercise).post(exercise_posted))
        .route("/mesa/{which}", get(mesa).post(mesa_posted))
        .route("/secciones", get(sections::page).post(sections::posted))
        .route("/aviso", get(notice).post(notice_posted))
        .route("/publica", post(followers))
        .route("/actores", get(actors::list))
        .route(
            "/actores/pegar",
            get(actors::paste).post(actors::paste_posted).layer(DefaultBodyLimit::max(LIST_LIMIT)),
        )
        .route("/actores/deshacer", post(actors::undo).layer(DefaultBodyLimit::max(LIST_LIMIT)))
        .route("/actores/cerrar", post(actors::end_session))
        .route("/actores/{which}", get(actors::one).post(actors::one_posted))
        .route("/actores/{number}/actua", post(actors::let_act))
        .route("/actores/{number}/retiro", post(actors::withdraw))
        .route("/tarjetas", get(actors::cards).post(actors::cards_posted))
        .route("/invitaciones", get(actors::invited).post(actors::invite))
        .route("/correo", get(mail::shown).post(mail::posted))
        .route("/personas", get(staff::list).post(staff::add))
        .route("/personas/enlace", post(staff::link))
        .route("/personas/quitar", post(staff::remove))
        .route("/personas/terminar", post(staff::end_link))
        .route("/solicitudes", get(petition::list).post(petition::settle))
        .route("/archivo", get(archive::page))
        .route("/archivo/ejercicio.json", get(archive::download))
        .route("/archivo/copiar", post(archive::copy))
        .route("/archivo/borrar", post(archive::end_sample))
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .route(
            "/actores/archivo",
            post(actors::file_posted).layer(DefaultBodyLimit::max(roster::MOST_BYTES + 16 * 1024)),
        )
        .route(
            "/logotipos",
            get(logos::page)
                .post(logos::put)
                // The image, the name and what multipart adds.
                .layer(DefaultBodyLimit::max(LOGO_BYTES + 16 * 1024)),
        )
}

type Posted = Form<HashMap<String, String>>;

/// A page of the preparation.
fn page(me: &Prepares, part: Part) -> Page {
    drawn(prepare::page(me.stream, &me.exercise, part))
}

fn drawn(prepare: Prepare) -> Page {
    Page::from(PlainPage::Prepare(Box::new(prepare)))
}

/// The same after a change, when the query says so.
pub(super) fn page_after(me: &Prepares, part: Part, query: Option<&str>) -> Page {
    let saved = query == Some(SAVED);
    drawn(Prepare { saved, ..prepare::page(me.stream, &me.exercise, part) })
}

/// A form that comes back.
fn again(me: &Prepares, part: Part) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page(me, part)).into_response()
}

/// The way to a part after a change.
pub(super) fn saved(exercise: StreamId, part: &str) -> Response {
    let to = if part.is_empty() {
        address::prepare(exercise)
    } else {
        address::prepare_part(exercise, part)
    };
    Redirect::to(&format!("{to}?{SAVED}")).into_response()
}

fn confirms(posted: &HashMap<String, String>) -> bool {
    posted.get("confirma").is_some_and(|said| !said.is_empty())
}

async fn overview_page(
    State(state): State<AppState>,
    me: Prepares,
    RawQuery(query): RawQuery,
) -> Result<Page, Refused> {
    let people = records(&state, &me.exercise).await?;
    let petitions = match me.may(None) {
        Ok(()) => crate::service::petition::open(&state.store, me.stream).await?,
        Err(_) => 0,
    };
    let overview = overview(&me.exercise, &people, clock::now());
    let part = Part::Overview(Overview { petitions, ..overview });
    Ok(page_after(&me, part, query.as_deref()))
}

async fn exercise(me: Prepares, RawQuery(query): RawQuery) -> Page {
    let part = Part::Exercise(editing::exercise_form(&me.exercise));
    page_after(&me, part, query.as_deref())
}

async fn exercise_posted(
    State(state): State<AppState>,
    me: PreparesAll,
    Form(posted): Posted,
) -> Result<Response, Refused> {
    let (by, typed) =
        (me.session.person, typed(&posted, Field::EXERCISE.into_iter().chain(Field::sectors())));
    let confirmed = confirms(&posted);
    let done = editing::exercise(&state, me.stream, &me.exercise, by, typed, confirmed).await?;
    Ok(match done {
        Outcome::Saved => saved(me.stream, "datos"),
        Outcome::Back(editing) => again(&me, Part::Exercise(editing)),
    })
}

/// The mesa that an address names; none: a new one.
fn which(me: &Prepares, named: &str) -> Result<Option<MesaNumber>, Refused> {
    if named == "nueva" {
        return Ok(None);
    }
    let number = MesaNumber::read(named).filter(|number| me.exercise.mesa(*number).is_some());
    number.map(Some).ok_or(Refused::NotFound)
}

/// What the address of a mesa's page names.
#[derive(Deserialize)]
struct Which {
    which: String,
}

async fn mesa(
    me: Prepares,
    Path(Which { which: named }): Path<Which>,
    RawQuery(query): RawQuery,
) -> Result<Page, Refused> {
    let number = which(&me, &named)?;
    let part = Part::Mesa(number, editing::mesa_form(&me.exercise, number));
    Ok(page_after(&me, part, query.as_deref()))
}

async fn mesa_posted(
    State(state): State<AppState>,
    me: Prepares,
    Path(Which { which: named }): Path<Which>,
    Form(posted): Posted,
) -> Result<Response, Refused> {
    let number = which(&me, &named)?;
    me.may(number)?;
    let typed = typed(&posted, Field::MESA.into_iter().chain(Field::agenda()));
    let (by, confirmed) = (me.session.person, confirms(&posted));
    let seen = &me.exercise;
    let (number, done) =
        editing::mesa(&state, me.stream, seen, by, number, typed, confirmed).await?;
    Ok(match (number, done) {
        (Some(number), Outcome::Saved) => saved(me.stream, &format!("mesa/{number}")),
        (None, Outcome::Saved) => saved(me.stream, ""),
        (number, Outcome::Back(editing)) => again(&me, Part::Mesa(number, editing)),
    })
}

async fn notice(me: Prepares, RawQuery(query): RawQuery) -> Page {
    let part = Part::Notice(editing::notice_form(&me.exercise));
    page_after(&me, part, query.as_deref())
}

async fn notice_posted(
    State(state): State<AppState>,
    me: PreparesAll,
    Form(posted): Posted,
) -> Result<Response, Refused> {
    let typed = typed(&posted, [Field::NoticeShort, Field::NoticeFull]);
    Ok(match editing::notice(&state, me.stream, me.session.person, typed).await? {
        Outcome::Saved => saved(me.stream, "aviso"),
        Outcome::Back(editing) => again(&me, Part::Notice(editing)),
    })
}

/// Switches the public page and the projector's link on or off.
async fn followers(
    State(state): State<AppState>,
    me: PreparesAll,
    Form(posted): Posted,
) -> Result<Response, Refused> {
    let open = posted.get("abierta").is_some_and(|said| said == "si");
    let switch = ServerCommand::People(people::ServerCommand::LetFollowersIn { open });
    let _ = enter(&state, me.stream, me.session.person, vec![switch], Vec::new()).await?;
    Ok(saved(me.stream, ""))
}
