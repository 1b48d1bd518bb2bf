//! The door: a code on the wall lets participants in while it is open, a personal link leads to its seat. Plain forms, so
//! that they work before (and without) any script.

use app::page::{Content, Door, DoorProblem, Notice};
use app::pages::address;
use axum::Form;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::people;
use domain::people::SignIn;
use domain::people::name::are_of_one;
use domain::people::registry::{Grant, Session};
use domain::text::words::WordsError;
use domain::{Audience, DeviceId, Exercise, Mesa, MesaId, PersonId, Rejection, Role, Seq, ServerCommand, SessionId, ShortText, StreamId};
use serde::Deserialize;
use store::{NewPerson, SignedIn};

use super::attendance::{self, Chosen};
use super::pages::{failed, home, respond};
use super::{origin, session, surround};
use crate::app_state::{AppState, Unexpected};
use crate::clock;
use crate::composed::composed;
use crate::room::{Request as RoomRequest, RoomEnded, RoomHandle};

/// The code, typed on the start page.
#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    codigo: String,
}

/// Who comes in.
#[derive(Clone, Default, Deserialize)]
pub(super) struct Newcomer {
    #[serde(default)]
    nombre: String,
    #[serde(default)]
    organizacion: String,
    /// What the door said that they would be called; missing where no form was shown.
    visto: Option<String>,
    /// There when it is only asked what they would be called.
    mirar: Option<String>,
    #[serde(flatten)]
    chosen: Chosen,
}

/// What someone came with.
enum Key {
    /// The code on the wall.
    Code(String),
    /// The secret of a link.
    Link(String),
}

/// What a visit to the door comes to.
enum Visit {
    Show(Box<Content>),
    Inside { path: String, secret: Option<String> },
}

fn show(content: Content) -> Visit {
    Visit::Show(Box::new(content))
}

pub(super) async fn find(State(state): State<AppState>, request: Request) -> Response {
    let content = home(&state, false).await.unwrap_or_else(|error| failed(&error));
    respond(&state, content, request).await
}

pub(super) async fn find_posted(State(state): State<AppState>, Form(typed): Form<Typed>) -> Response {
    let code = clock::typed_code(&typed.codigo);
    let content = match state.store.mesa_by_code(&code).await {
        Ok(Some(_)) => return Redirect::to(&format!("/entrar/{code}")).into_response(),
        Ok(None) => home(&state, true).await.unwrap_or_else(|error| failed(&error)),
        Err(error) => failed(&error.into()),
    };
    respond(&state, content, posted_to("/entrar")).await
}

pub(super) async fn by_code(State(state): State<AppState>, Path(code): Path<String>, request: Request) -> Response {
    visit(&state, Key::Code(code), None, request).await
}

pub(super) async fn by_code_posted(State(state): State<AppState>, Path(code): Path<String>, request: Request) -> Response {
    posted(&state, Key::Code(code), request).await
}

pub(super) async fn by_link(State(state): State<AppState>, Path(token): Path<String>, request: Request) -> Response {
    visit(&state, Key::Link(token), None, request).await
}

pub(super) async fn by_link_posted(State(state): State<AppState>, Path(token): Path<String>, request: Request) -> Response {
    posted(&state, Key::Link(token), request).await
}

/// Signs this device out; what the browser kept of the person is gone by then.
pub(super) async fn leave(State(state): State<AppState>, request: Request) -> Response {
    let headers = request.headers().clone();
    let left: Result<(), Unexpected> = async {
        let signed_in = session::signed_in(&state, &headers).await?;
        if let Some(exercise) = signed_in.first().map(|signed_in| signed_in.stream) {
            let room = state.rooms.get(exercise).await?;
            let at = clock::now();
            let sign_out = |s: &SignedIn| ServerCommand::People(people::ServerCommand::SignOut { session: s.session, at });
            let registrations = signed_in.iter().map(sign_out).collect();
            // Signed out twice is signed out.
            let _ = room.ask(|reply| RoomRequest::Register { registrations, people: Vec::new(), reply }).await?;
        }
        Ok(())
    }
    .await;
    match left {
        Ok(()) => ([(header::SET_COOKIE, session::no_cookie())], Redirect::to("/")).into_response(),
        Err(error) => respond(&state, failed(&error), request).await,
    }
}

fn posted_to(path: &'static str) -> Request {
    let mut request = Request::default();
    *request.method_mut() = axum::http::Method::POST;
    *request.uri_mut() = axum::http::Uri::from_static(path);
    request
}

async fn posted(state: &AppState, key: Key, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let form = Request::from_parts(parts.clone(), body);
    let newcomer = match <Form<Newcomer> as axum::extract::FromRequest<AppState>>::from_request(form, state).await {
        Ok(Form(newcomer)) => newcomer,
        Err(rejection) => return rejection.into_response(),
    };
    visit(state, key, Some(newcomer), Request::from_parts(parts, axum::body::Body::empty())).await
}

async fn visit(state: &AppState, key: Key, newcomer: Option<Newcomer>, request: Request) -> Response {
    let visit = match enter(state, key, newcomer, request.headers().clone()).await {
        Ok(visit) => visit,
        Err(error) => show(failed(&error)),
    };
    match visit {
        Visit::Show(content) => respond(state, *content, request).await,
        Visit::Inside { path, secret } => {
            let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, path)]).into_response();
            if let Some(secret) = secret {
                let secure = origin::base_url(request.headers(), &state.settings).starts_with("https://");
                response.headers_mut().insert(header::SET_COOKIE, session::cookie(&secret, secure));
            }
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
    }
}

async fn enter(state: &AppState, key: Key, newcomer: Option<Newcomer>, headers: HeaderMap) -> Result<Visit, Unexpected> {
    let (mesa, grant, by_code) = match key {
        Key::Code(code) => match state.store.mesa_by_code(&clock::typed_code(&code)).await? {
            Some(mesa) => (mesa, Grant { role: Role::Participant, seat: None, mesa: Some(mesa.number) }, true),
            None => return Ok(show(home(state, true).await?)),
        },
        Key::Link(secret) => match state.store.link(clock::digest_of(&secret)).await? {
            Some(link) if link.grant.role == Role::Projector => {
                return Ok(Visit::Inside { path: format!("/proyector/{secret}"), secret: None });
            }
            Some(link) => {
                let Some(mesa) = mesa_of(state, link.stream, &link.grant).await? else {
                    return Ok(show(Content::Notice(Notice::UnknownLink)));
                };
                (mesa, link.grant, false)
            }
            None => return Ok(show(Content::Notice(Notice::UnknownLink))),
        },
    };
    let signed_in = session::signed_in(state, &headers).await?;
    let here = signed_in.iter().find(|signed_in| session::sits_at(signed_in, mesa));
    if let Some(signed_in) = here.filter(|signed_in| comes_back(signed_in, &grant, by_code)) {
        return Ok(Visit::Inside { path: first_page(mesa, signed_in.grant.role_at(mesa.number)), secret: None });
    }
    // Who came to another mesa on this device is the same person here, and isn't asked who they are.
    let is_known = |signed_in: &&SignedIn| signed_in.stream == mesa.exercise && is_of_one(signed_in, &grant, by_code);
    let known = if here.is_none() { signed_in.iter().find(is_known) } else { None };
    let room = state.rooms.get(mesa.exercise).await?;
    let (mut seen, _) = room.ask(|reply| RoomRequest::Look { reply }).await?;
    if seen.mesa(mesa.number).is_none() {
        // The store knows it already: another program opened it a moment ago.
        room.send(RoomRequest::Moved { seq: Seq::MAX }).await?;
        (seen, _) = room.ask(|reply| RoomRequest::Look { reply }).await?;
    }
    let Some(here) = seen.mesa(mesa.number) else { return Ok(show(Content::Notice(Notice::UnknownLink))) };
    let mut door = door(&seen, here, mesa, &grant);
    if let Some(known) = known {
        door.known = Some(who(state, &seen, known.person).await?);
    }
    if by_code && !here.door_open {
        door.problem = Some(DoorProblem::Closed);
    }
    let Some(mut newcomer) = newcomer else {
        if let (Some(known), Some((name, organisation))) = (known, &door.known) {
            door.called = Some(call(&room, mesa, known.person, name, organisation).await?);
        }
        return Ok(show(Content::Door(door)));
    };
    if let Some((name, organisation)) = &door.known {
        name.clone_into(&mut newcomer.nombre);
        organisation.clone_into(&mut newcomer.organizacion);
    }
    newcomer.nombre.clone_into(&mut door.typed_name);
    newcomer.organizacion.clone_into(&mut door.typed_organisation);
    newcomer.chosen.put_into(&mut door.choices);
    let only_asked = newcomer.mirar.is_some();
    let checked = checked(&newcomer, door.organisation.as_deref());
    let (name, organisation) = match (door.problem, checked) {
        (None, Ok(checked)) => checked,
        (problem, checked) => {
            // What is still being written isn't wrong yet.
            door.problem = problem.or(checked.err()).filter(|_| !only_asked);
            return Ok(show(Content::Door(door)));
        }
    };
    // A personal link is one person's: on a second device it is the same person.
    let sitting = match (known, grant.seat) {
        (Some(known), _) => Some(known.person),
        (None, Some(seat)) => state.store.person_in_seat(mesa, seat).await?,
        (None, None) => None,
    };
    let person = sitting.unwrap_or_else(|| PersonId(clock::new_id()));
    // Who comes in has read what they will be called; another of the same name who comes in meanwhile only adds to it.
    let called = call(&room, mesa, person, name.as_str(), organisation.as_str()).await?;
    if only_asked || newcomer.visto.is_some_and(|seen| !are_of_one(&seen, &called)) {
        (door.called, door.confirms) = (Some(called), !only_asked);
        return Ok(show(Content::Door(door)));
    }
    // Another mesa's session has the device's cookie.
    let kept = known.and_then(|known| Some((known.device, session::token(&headers)?)));
    let (device, token, secret) = match kept {
        Some((device, token)) => (device, token, None),
        None => {
            let secret = clock::secret();
            (DeviceId(clock::new_id()), secret.digest, Some(secret.text))
        }
    };
    let people: Vec<_> = match sitting {
        Some(_) => Vec::new(),
        None => vec![NewPerson { id: person, salt: clock::salt(), name: name.into(), mail: None, phone: None }],
    };
    let path = first_page(mesa, grant.role_at(mesa.number));
    let registration = ServerCommand::People(people::ServerCommand::SignIn(Box::new(SignIn {
        mesa: mesa.number,
        session: SessionId(clock::new_id()),
        opened: Session { person, device, token, grant, closed: false },
        enrols: people.first().map(NewPerson::record_digest),
        organisation,
        mode: door.choices.mode,
        consent: newcomer.chosen.consent(&door.choices),
        by_code,
        at: clock::now(),
    })));
    let entered = room.ask(|reply| RoomRequest::Register { registrations: vec![registration], people, reply }).await?;
    match entered {
        Ok(()) => Ok(Visit::Inside { path, secret }),
        Err(Rejection::People(people::Rejection::DoorClosed)) => {
            door.problem = Some(DoorProblem::Closed);
            Ok(show(Content::Door(door)))
        }
        Err(rejection) => {
            tracing::warn!(%rejection, "a sign-in was refused");
            Ok(show(Content::Notice(Notice::UnknownLink)))
        }
    }
}

/// Whether the person on this device is the one whom the key would let in: nobody becomes less by reading the code on the
/// wall, and nobody becomes two.
fn comes_back(signed_in: &SignedIn, grant: &Grant, by_code: bool) -> bool {
    by_code || signed_in.grant == *grant
}

/// Whether who is at another mesa is the one whom the key would let in: the code is anybody's, a link its seat's or its role's.
fn is_of_one(signed_in: &SignedIn, grant: &Grant, by_code: bool) -> bool {
    by_code || (signed_in.grant.role == grant.role && signed_in.grant.seat == grant.seat)
}

/// Name and organisation of someone who came.
async fn who(state: &AppState, seen: &Exercise, person: PersonId) -> Result<(String, String), Unexpected> {
    let name = state.store.names(&[person]).await?.remove(&person).unwrap_or_default();
    let known = seen.mesas.values().find_map(|mesa| mesa.attendees.get(&person));
    Ok((name, known.map(|known| known.organisation.to_string()).unwrap_or_default()))
}

/// What someone would be called at a mesa.
async fn call(room: &RoomHandle, mesa: MesaId, person: PersonId, name: &str, organisation: &str) -> Result<String, RoomEnded> {
    let (name, organisation) = (name.to_owned(), organisation.to_owned());
    room.ask(|reply| RoomRequest::Call { mesa: mesa.number, person, name, organisation, reply }).await
}

/// The mesa that a link leads to: its own, or the first.
async fn mesa_of(state: &AppState, exercise: StreamId, grant: &Grant) -> Result<Option<MesaId>, Unexpected> {
    let Some((seen, _)) = state.rooms.look(exercise).await? else { return Ok(None) };
    let number = grant.mesa.or_else(|| seen.mesas.keys().next().copied());
    Ok(number.map(|number| MesaId { exercise, number }))
}

fn first_page(mesa: MesaId, role: Role) -> String {
    match Audience::of(role) {
        Audience::Facilitation => address::desk(mesa),
        Audience::Seats => address::now(mesa),
        Audience::Public => address::public(mesa),
    }
}

fn door(seen: &Exercise, here: &Mesa, mesa: MesaId, grant: &Grant) -> Door {
    Door {
        mesa: surround::mesa_link(seen, mesa),
        choices: attendance::choices(here, seen.notices.last().cloned(), None),
        role: grant.role,
        organisation: grant.seat.and_then(|seat| seen.actor_of(seat)).map(|actor| actor.organisation.to_string()),
        known: None,
        typed_name: String::new(),
        typed_organisation: String::new(),
        called: None,
        confirms: false,
        problem: None,
    }
}

fn checked(newcomer: &Newcomer, seat_of: Option<&str>) -> Result<(ShortText, ShortText), DoorProblem> {
    let not_plain = |_: WordsError| DoorProblem::NotPlain;
    let name = ShortText::parse(&composed(&newcomer.nombre)).map_err(not_plain)?;
    let organisation = ShortText::parse(&composed(seat_of.unwrap_or(&newcomer.organizacion))).map_err(not_plain)?;
    if name.is_empty() { Err(DoorProblem::NameMissing) } else { Ok((name, organisation)) }
}
