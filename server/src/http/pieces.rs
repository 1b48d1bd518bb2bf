//! A file of the pack in pieces, for browsers with a script: it begins, each piece is a request, and the end
//! brings what is left. The answers are for that script: an id, a number, where to go, or a sentence.

use app::address;
use axum::Form;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::codes::Parsed;
use domain::pack::{Entry, FileNumber};
use serde::Deserialize;
use uuid::Uuid;

use super::answer::Refused;
use super::extract::SignedIn;
use super::pack::{asker, way_after};
use crate::app_state::AppState;
use crate::service::pack::{self, Announced, Asker, SendError};

/// Bytes of a request: a piece.
pub(super) const LIMIT: usize = store::PIECE_BYTES;

/// What a file is to be.
#[derive(Debug, Deserialize)]
pub(super) struct Said {
    entrada: String,
    reemplaza: Option<FileNumber>,
    nombre: String,
    /// How many bytes it will have; said at the beginning.
    bytes: Option<u64>,
}

impl Said {
    fn announced(&self) -> Result<Announced<'_>, Refused> {
        let entry = Entry::parse(&self.entrada).ok_or(Refused::NotFound)?;
        Ok(Announced { entry, replaces: self.reemplaza, name: &self.nombre })
    }
}

/// Whoever may send something at the mesa.
fn sender(me: &SignedIn, entry: Option<Entry>) -> Result<Asker, Refused> {
    let who = asker(me)?;
    let (seen, mesa) = (&me.there.exercise, me.there.mesa.number);
    let may = |entry: Entry| who.may_send(seen, mesa, entry.sender());
    let allowed = entry.map_or_else(|| Entry::ALL.into_iter().any(may), may);
    if allowed { Ok(who) } else { Err(Refused::NotForYou) }
}

fn answered<T: IntoResponse>(result: Result<T, SendError>) -> Result<Response, Refused> {
    match result {
        Ok(said) => Ok(said.into_response()),
        Err(SendError::Refused(problem)) => {
            let sentence = app::text::pack::refused(problem);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, sentence).into_response())
        }
        Err(SendError::Failed(error)) => Err(Refused::Failed(error)),
    }
}

/// `POST /ejercicio/{exercise}/mesa/{number}/expediente/subida`: the id.
pub(super) async fn begin(
    State(state): State<AppState>,
    me: SignedIn,
    Form(said): Form<Said>,
) -> Result<Response, Refused> {
    let announced = said.announced()?;
    sender(&me, Some(announced.entry))?;
    let size = said.bytes.ok_or(Refused::NotFound)?;
    let begun = pack::begin(&state, me.there.mesa.exercise, &announced, size).await;
    answered(begun.map(|id| id.to_string()))
}

/// `GET /ejercicio/{exercise}/mesa/{number}/expediente/subida/{id}`: how many pieces are there.
pub(super) async fn kept(
    State(state): State<AppState>,
    me: SignedIn,
    Path((_, _, id)): Path<(String, String, Uuid)>,
) -> Result<String, Refused> {
    sender(&me, None)?;
    let kept = state.store.kept_pieces(id).await?;
    kept.map(|count| count.to_string()).ok_or(Refused::NotFound)
}

/// `POST /ejercicio/{exercise}/mesa/{number}/expediente/subida/{id}/{piece}`.
pub(super) async fn piece(
    State(state): State<AppState>,
    me: SignedIn,
    Path((_, _, id, piece)): Path<(String, String, Uuid, u64)>,
    bytes: Bytes,
) -> Result<Response, Refused> {
    sender(&me, None)?;
    answered(pack::keep(&state, id, piece, &bytes).await.map(|()| StatusCode::NO_CONTENT))
}

/// `POST /ejercicio/{exercise}/mesa/{number}/expediente/subida/{id}`, with what is left: where to go.
pub(super) async fn end(
    State(state): State<AppState>,
    me: SignedIn,
    Path((_, _, id)): Path<(String, String, Uuid)>,
    Query(said): Query<Said>,
    rest: Bytes,
) -> Result<Response, Refused> {
    let announced = said.announced()?;
    let (entry, who) = (announced.entry, sender(&me, Some(announced.entry))?);
    let mesa = me.there.mesa;
    let ended = pack::end(&state, mesa.exercise, who, announced, id, &rest);
    let ended = Box::pin(ended).await;
    answered(ended.map(|done| way_after(address::pack(mesa), &done, entry)))
}
