//! Reminding by mail those of whom an answer or a signature is missing.

use std::collections::HashMap;

use app::page::plain::PlainPage;
use axum::Form;
use axum::extract::State;
use domain::permission::{Scope, permitted};
use domain::{Action, PersonId, Phase};

use super::answer::{Page, Refused};
use super::extract::{Facilitates, SignedIn};
use crate::app_state::AppState;
use crate::service::reminder;

/// Whoever leads a mesa reminds.
fn leads(me: &SignedIn) -> Result<(), Refused> {
    match permitted(Action::Conduct, Phase::Closed, me.role()) {
        Scope::Nothing => Err(Refused::NotForYou),
        _ => Ok(()),
    }
}

/// `GET /ejercicio/{exercise}/mesa/{number}/recordar`.
pub(super) async fn page(
    State(state): State<AppState>,
    Facilitates(me): Facilitates,
) -> Result<Page, Refused> {
    leads(&me)?;
    let page = reminder::page(&state, me.there.mesa, &me.there.exercise, None).await?;
    Ok(Page::from(PlainPage::Reminders(Box::new(page))))
}

/// `POST` to the same address.
pub(super) async fn posted(
    State(state): State<AppState>,
    Facilitates(me): Facilitates,
    Form(posted): Form<HashMap<String, String>>,
) -> Result<Page, Refused> {
    leads(&me)?;
    let (mesa, seen) = (me.there.mesa, &me.there.exercise);
    let only: Option<PersonId> = match posted.get("recuerda").map(String::as_str) {
        Some("todos") => None,
        Some(person) => Some(person.parse().map_err(|_| Refused::NotFound)?),
        None => return Err(Refused::NotFound),
    };
    let by = me.session.person;
    let count = reminder::ask(&state, mesa.exercise, seen, only, by).await?;
    let page = reminder::page(&state, mesa, seen, Some(count)).await?;
    Ok(Page::from(PlainPage::Reminders(Box::new(page))))
}
