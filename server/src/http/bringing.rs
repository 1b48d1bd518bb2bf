//! Problems that are brought to a mesa from a spreadsheet.

use std::collections::HashMap;

use app::page::bringing::{Bringing, Taken};
use app::page::plain::PlainPage;
use axum::Form;
use axum::extract::multipart::Multipart;
use axum::extract::{Query, State};
use roster::ReadError;
use serde::Deserialize;

use super::answer::{Page, Refused};
use super::extract::{Facilitates, SignedIn};
use super::pack::asked;
use crate::app_state::AppState;
use crate::service::bringing::{self, Posted};
use crate::service::pack::results::is_table;
use crate::service::prepare::import::text_of;

/// A file of the pack whose list is brought.
#[derive(Deserialize)]
pub(super) struct From {
    archivo: Option<String>,
}

fn drawn(page: Bringing) -> Page {
    Page::from(PlainPage::Bringing(Box::new(page)))
}

/// Whoever may bring problems now.
fn allowed(Facilitates(me): Facilitates) -> Result<SignedIn, Refused> {
    let may = bringing::may_bring(&me.there.exercise, me.there.mesa, me.role());
    if may { Ok(me) } else { Err(Refused::NotForYou) }
}

/// `GET /ejercicio/{exercise}/mesa/{number}/importar?archivo=FILE`.
pub(super) async fn page(
    State(state): State<AppState>,
    Facilitates(me): Facilitates,
    Query(from): Query<From>,
) -> Result<Page, Refused> {
    let (mesa, seen) = (me.there.mesa, &me.there.exercise);
    let Some(number) = from.archivo else {
        return Ok(drawn(bringing::page(seen, mesa, me.role())));
    };
    let file = asked(&me, &number)?;
    if !is_table(file.kind) {
        return Err(Refused::NotFound);
    }
    if file.size > roster::MOST_BYTES as u64 {
        let problem = Some(ReadError::TooLarge);
        return Ok(drawn(Bringing { problem, ..bringing::page(seen, mesa, me.role()) }));
    }
    let bytes = state.store.whole_blob(file.digest).await?.ok_or(Refused::NotFound)?;
    looked(&state, &me, text_of(bytes).await).await
}

async fn looked(
    state: &AppState,
    me: &SignedIn,
    text: Result<String, ReadError>,
) -> Result<Page, Refused> {
    let (mesa, seen) = (me.there.mesa, &me.there.exercise);
    Ok(drawn(match text {
        Ok(text) => {
            let posted = Posted { text, ..Posted::default() };
            Box::pin(bringing::bring(state, seen, mesa, &me.session, posted)).await?
        }
        Err(problem) => {
            Bringing { problem: Some(problem), ..bringing::page(seen, mesa, me.role()) }
        }
    }))
}

/// `POST` to the same address: looks at the list, takes what is new of it, or takes that back.
pub(super) async fn posted(
    State(state): State<AppState>,
    me: Facilitates,
    Form(posted): Form<HashMap<String, String>>,
) -> Result<Page, Refused> {
    let me = allowed(me)?;
    let (mesa, seen) = (me.there.mesa, &me.there.exercise);
    if let Some(undo) = posted.get("deshacer") {
        if !bringing::undo(&state, mesa, &me.session, undo).await? {
            return Err(Refused::NotFound);
        }
        let taken = Some(Taken { undone: true, ..Taken::default() });
        return Ok(drawn(Bringing { taken, ..bringing::page(seen, mesa, me.role()) }));
    }
    let posted = Posted::of(&posted);
    let page = bringing::bring(&state, seen, mesa, &me.session, posted);
    Ok(drawn(Box::pin(page).await?))
}

/// `POST /ejercicio/{exercise}/mesa/{number}/importar/archivo`: reads a file, and looks at its list.
pub(super) async fn file_posted(
    State(state): State<AppState>,
    me: Facilitates,
    mut form: Multipart,
) -> Result<Page, Refused> {
    let me = allowed(me)?;
    let mut bytes = Err(ReadError::Empty);
    while let Ok(Some(field)) = form.next_field().await {
        if field.name() == Some("archivo") {
            bytes = field.bytes().await.map_err(|_| ReadError::TooLarge);
        }
    }
    let text = match bytes {
        Ok(bytes) => text_of(bytes.to_vec()).await,
        Err(problem) => Err(problem),
    };
    looked(&state, &me, text).await
}
