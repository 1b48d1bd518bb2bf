//! The exercise's logos.

use app::page::prepare::{LogoProblem, Part};
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::ShortText;
use domain::exercise::{ImageError, LogoPlace};

use super::{again, page_after, saved};
use crate::app_state::AppState;
use crate::composed::composed;
use crate::http::answer::{Page, Refused};
use crate::http::extract::{Prepares, PreparesAll};
use crate::service::logo::{self, LogoError};

fn part(me: &Prepares, problem: Option<LogoProblem>) -> Part {
    let logos = me
        .exercise
        .logos
        .iter()
        .map(|(place, logo)| (*place, logo.as_ref().map(|logo| logo.name.to_string())));
    Part::Logos(logos.collect(), problem)
}

/// `GET …/logotipos`.
pub(super) async fn page(me: Prepares, RawQuery(query): RawQuery) -> Page {
    page_after(&me, part(&me, None), query.as_deref())
}

/// What a form says of a logo.
#[derive(Default)]
struct Posted {
    place: Option<LogoPlace>,
    name: String,
    removes: bool,
    image: Vec<u8>,
}

/// `POST …/logotipos`: puts a logo in its place, or removes the one there.
pub(super) async fn put(
    State(state): State<AppState>,
    me: PreparesAll,
    form: Multipart,
) -> Result<Response, Refused> {
    let back = |problem| Ok(again(&me, part(&me, Some(problem))));
    let Ok(posted) = read(form).await else { return back(LogoProblem::TooLarge) };
    let place = posted.place.ok_or(Refused::NotFound)?;
    let logo = if posted.removes {
        None
    } else {
        let Ok(name) = ShortText::parse(&composed(&posted.name)) else {
            return back(LogoProblem::NotPlain);
        };
        if name.is_empty() || posted.image.is_empty() {
            return back(LogoProblem::Missing);
        }
        Some((name, posted.image))
    };
    match logo::put(&state.store, me.stream, place, logo).await {
        Ok(_) => Ok(saved(me.stream, "logotipos")),
        Err(LogoError::Image(ImageError::TooLarge)) => back(LogoProblem::TooLarge),
        Err(LogoError::Image(ImageError::Unknown)) => back(LogoProblem::Unknown),
        Err(error) => Err(Refused::from(error)),
    }
}

async fn read(mut form: Multipart) -> Result<Posted, MultipartError> {
    let mut posted = Posted::default();
    while let Some(field) = form.next_field().await? {
        match field.name() {
            Some("lugar") => posted.place = field.text().await?.parse().ok(),
            Some("nombre") => posted.name = field.text().await?,
            Some("quitar") => posted.removes = !field.text().await?.is_empty(),
            Some("imagen") => posted.image = field.bytes().await?.to_vec(),
            _ => {}
        }
    }
    Ok(posted)
}
