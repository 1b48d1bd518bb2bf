//! The history of a long text, for people at the table, with a button that restores an earlier
//! wording.

use app::page::plain::PlainPage;
use axum::Form;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{ItemId, Seq};
use serde::Deserialize;

use super::answer::{Page, Refused};
use super::extract::SignedIn;
use crate::app_state::AppState;
use crate::service::wording::Wording;

/// Which item, and the code of its text.
#[derive(Deserialize)]
pub(super) struct Asked {
    item: ItemId,
    field: String,
}

#[derive(Deserialize)]
pub(super) struct Before {
    antes: Option<Seq>,
}

#[derive(Deserialize)]
pub(super) struct Wanted {
    seq: Seq,
}

/// `GET /ejercicio/{exercise}/mesa/{number}/historia/{item}/{field}?antes=SEQ`.
pub(super) async fn read(
    State(state): State<AppState>,
    me: SignedIn,
    asked: Result<Path<Asked>, PathRejection>,
    Query(before): Query<Before>,
) -> Result<Page, Refused> {
    let wording = found(me, asked)?;
    Ok(Page::from(PlainPage::History(wording.history(&state, before.antes, None).await?)))
}

/// `POST` to the same address: restores the text of that version.
pub(super) async fn bring_back(
    State(state): State<AppState>,
    me: SignedIn,
    asked: Result<Path<Asked>, PathRejection>,
    Form(wanted): Form<Wanted>,
) -> Result<Response, Refused> {
    let wording = found(me, asked)?;
    match wording.bring_back(&state, wanted.seq).await? {
        Ok(()) => Ok(Redirect::to(&wording.sheet()).into_response()),
        Err(problem) => {
            Ok(Page::from(PlainPage::History(wording.history(&state, None, Some(problem)).await?))
                .into_response())
        }
    }
}

fn found(me: SignedIn, asked: Result<Path<Asked>, PathRejection>) -> Result<Wording, Refused> {
    let Path(asked) = asked.map_err(|_| Refused::NotFound)?;
    let SignedIn { there, session } = me;
    Wording::find(there.mesa, there.exercise, there.at.seq, session, asked.item, &asked.field)
        .ok_or(Refused::NotFound)
}
