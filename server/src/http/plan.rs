//! The versions of the plan and their documents. What may be published is for whoever may follow
//! the exercise; the copies with everything, minutes and lists for its signers and facilitation.

use std::io::Read as _;

use app::address;
use app::page::plain::PlainPage;
use app::page::plan::{PlanPage, PlanVersion, Since};
use app::text::plan as words;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::agreement::signing::Round;
use domain::agreement::{Became, Version, VersionNumber};
use domain::{Audience, Digest, Exercise, MesaId, MesaNumber, Role};
use flate2::read::GzDecoder;
use serde::Deserialize;

use super::answer::{Page, Refused};
use super::coding::Coding;
use super::export::{File, download};
use super::extract::{Facilitates, InExercise};
use super::origin;
use crate::app_state::AppState;
use crate::clock;
use crate::service::admit::Browser;
use crate::service::document::{DocumentError, Kind, Source, folio};
use crate::service::plan::changes;
use crate::service::{sealing, unshown};

const PDF: &str = "application/pdf";

/// Whether this browser gets the copies with everything: of who facilitates, prepares or has a seat.
pub(super) fn gets_all(browser: &Browser, there: &InExercise) -> bool {
    browser.sessions.iter().any(|session| {
        session.stream == there.mesa.exercise
            && (session.grant.role == Role::Actor
                || Audience::of(session.grant.role) == Audience::Facilitation)
    })
}

/// `GET /plan/{exercise}`.
pub(super) async fn versions(there: InExercise, browser: Browser) -> Result<Page, Refused> {
    if !browser.follows(there.mesa.exercise, &there.exercise) {
        return Err(Refused::NotPublic);
    }
    let exercise = &there.exercise;
    let card = exercise.card.as_deref().ok_or(Refused::NotFound)?;
    let full = gets_all(&browser, &there);
    let plan = &exercise.plan;
    let version = |version: &Version| {
        let commitment = |item| {
            let title = exercise.item(item).map(|item| app::text::name::title(item));
            let since = match plan.became(version.number, item) {
                None => Since::First,
                Some(Became::Same) => Since::Same,
                Some(Became::New) => Since::New,
                Some(Became::Changed(pieces)) => Since::Changed(pieces.to_vec()),
            };
            (title.unwrap_or_default(), since)
        };
        let before = plan.number_before(version.number);
        let has_sections = || {
            let versions = [before, Some(version.number)].into_iter().flatten();
            let mut texts = versions.filter_map(|number| plan.version_numbered(number));
            texts.any(|version| version.text.as_deref().is_some_and(changes::has_sections))
        };
        PlanVersion {
            number: version.number,
            frozen: clock::day_and_time(card.time_zone.as_str(), version.at),
            code: version.digest.to_string(),
            scanned: exercise.plan.round_of(version.number).and_then(Round::scanned),
            scans: scans(exercise, version.number).filter(|_| full).collect(),
            commitments: version.commitments.iter().map(|it| commitment(it.item)).collect(),
            sections: before.filter(|_| has_sections()).map(|_| version.sections.clone()),
            gone: plan.gone(version.number),
            before,
        }
    };
    let mesas = exercise.mesas.values().filter(|_| full).map(|mesa| {
        let id = MesaId { exercise: there.mesa.exercise, number: mesa.number };
        (id, app::text::mesas::named(mesa).unwrap_or_default())
    });
    Ok(Page::from(PlainPage::Plan(Box::new(PlanPage {
        exercise: there.mesa.exercise,
        name: card.name.to_string(),
        folio: folio(exercise, there.mesa.exercise),
        versions: exercise.plan.versions.iter().rev().map(version).collect(),
        mesas: mesas.collect(),
        full,
        draft: full && exercise.mesas.values().any(|mesa| !mesa.conduct.phase.is_of_the_plan()),
    }))))
}

/// The scans of a version's copy on paper.
fn scans(
    exercise: &Exercise,
    version: VersionNumber,
) -> impl Iterator<Item = (Digest, String)> + '_ {
    let scans = exercise.plan.round_of(version).into_iter().flat_map(|round| &round.scans);
    scans.map(|scan| (scan.file, scan.name.to_string()))
}

/// `GET /plan/{exercise}/borrador.pdf`.
pub(super) async fn draft(
    State(state): State<AppState>,
    there: InExercise,
    browser: Browser,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    if !gets_all(&browser, &there) {
        return Err(Refused::NotForYou);
    }
    made(&state, &there, &headers, Kind::Draft, "borrador.pdf").await
}

/// `GET /plan/{exercise}/{version}/{file}`.
pub(super) async fn file(
    State(state): State<AppState>,
    there: InExercise,
    Path((_, version, file)): Path<(String, VersionNumber, String)>,
    browser: Browser,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let frozen = there.exercise.plan.version_numbered(version).ok_or(Refused::NotFound)?;
    let kind = match file.as_str() {
        address::PUBLIC_PDF => Kind::Public(version),
        address::PLAN_PDF => Kind::Full(version),
        address::PAPER_PDF => Kind::Paper(version),
        address::PLAN_JSON => {
            if !browser.follows(there.mesa.exercise, &there.exercise) {
                return Err(Refused::NotPublic);
            }
            let text = frozen.text.as_deref().ok_or(Refused::NotFound)?;
            return Ok(download(File {
                name: named(&there, &file),
                media_type: "application/json",
                bytes: text.as_bytes().to_vec(),
            }));
        }
        address::CHANGES_JSON => {
            if !browser.follows(there.mesa.exercise, &there.exercise) {
                return Err(Refused::NotPublic);
            }
            let changes = changes::of_version(&there.exercise.plan, frozen);
            return Ok(download(File {
                name: named(&there, &file),
                media_type: "application/json",
                bytes: changes.ok_or(Refused::NotFound)?.to_string().into_bytes(),
            }));
        }
        _ => return Err(Refused::NotFound),
    };
    match kind {
        Kind::Public(_) if !browser.follows(there.mesa.exercise, &there.exercise) => {
            Err(Refused::NotPublic)
        }
        Kind::Full(_) | Kind::Paper(_) if !gets_all(&browser, &there) => Err(Refused::NotForYou),
        _ => made(&state, &there, &headers, kind, &file).await,
    }
}

/// `GET /plan/{exercise}/{version}/hoja/{page}.svg`: a page of what is being signed, or was.
pub(super) async fn sheet(
    State(state): State<AppState>,
    there: InExercise,
    Path((_, version, page)): Path<(String, VersionNumber, String)>,
    Query(asked): Query<Asked>,
    browser: Browser,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    if !gets_all(&browser, &there) {
        return Err(Refused::NotForYou);
    }
    let round = there.exercise.plan.round_of(version).ok_or(Refused::NotFound)?;
    let page: usize = page
        .strip_suffix(".svg")
        .and_then(|page| page.parse().ok())
        .and_then(|page: usize| page.checked_sub(1))
        .ok_or(Refused::NotFound)?;
    let base = state.settings.base();
    let source = Source {
        exercise: &there.exercise,
        stream: there.mesa.exercise,
        base: &base,
        now: clock::now(),
    };
    let pages = state.sheets.pages(&source, &state.store, &state.documents, round).await?;
    let picture = pages.get(page).ok_or(Refused::NotFound)?;
    // Another state of the document has another address.
    let cache = if asked.cambios == round.changes { "private, max-age=86400" } else { "no-store" };
    Ok(picture_answer(picture, &headers, cache))
}

/// Which state of the document a browser asks for.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    cambios: u32,
}

/// A packed picture, for browsers that unpack it, as all do.
fn picture_answer(packed: &[u8], asked: &HeaderMap, cache: &'static str) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox"),
    );
    let bytes = match Coding::wanted(asked, |coding| coding != Coding::Brotli) {
        Some(Coding::Identity) => {
            let mut bytes = Vec::new();
            // It was packed here.
            let _ = GzDecoder::new(packed).read_to_end(&mut bytes);
            bytes
        }
        _ => {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            packed.to_vec()
        }
    };
    (headers, bytes).into_response()
}

/// `GET /plan/{exercise}/mesa/{number}/{file}`: its minutes or its list of attendance.
pub(super) async fn of_mesa(
    State(state): State<AppState>,
    there: InExercise,
    Path((_, number, file)): Path<(String, u16, String)>,
    browser: Browser,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    if !gets_all(&browser, &there) {
        return Err(Refused::NotForYou);
    }
    let number = MesaNumber(number);
    let kind = match file.as_str() {
        address::MINUTES_PDF => Kind::Minutes(number),
        address::ATTENDANCE_PDF => Kind::Attendance(number),
        _ => return Err(Refused::NotFound),
    };
    made(&state, &there, &headers, kind, &file).await
}

/// `GET /ejercicio/{exercise}/mesa/{number}/antes-de-la-lectura`.
pub(super) async fn before_freeze(
    State(state): State<AppState>,
    Facilitates(me): Facilitates,
) -> Result<Page, Refused> {
    let there = me.there;
    let fonts = state.fonts();
    let looked = tokio::task::spawn_blocking(move || {
        unshown::before_freeze(&fonts, &there.exercise, there.mesa)
    });
    let page = looked.await.map_err(|_| Refused::NotFound)?;
    Ok(Page::from(PlainPage::BeforeFreeze(Box::new(page))))
}

/// A file's name with the folio, to be told from other downloads.
fn named(there: &InExercise, file: &str) -> String {
    format!("{} {file}", folio(&there.exercise, there.mesa.exercise))
}

/// What a document's file is called, so that the states of a plan can be told apart in a folder.
async fn named_as(state: &AppState, there: &InExercise, kind: Kind, file: &str) -> String {
    let name = match kind {
        Kind::Full(version) => {
            let signed = match there.exercise.plan.round_of(version) {
                Some(round) => round.seal.is_some(),
                None => {
                    let stream = there.mesa.exercise;
                    let sealed = sealing::sealed(&state.store, stream, version).await;
                    matches!(sealed, Ok(Some(_)))
                }
            };
            words::full_file(version, signed)
        }
        Kind::Public(version) => words::public_file(version),
        Kind::Paper(version) => words::paper_file(version),
        Kind::Draft | Kind::Minutes(_) | Kind::Attendance(_) => file.to_owned(),
    };
    named(there, &name)
}

async fn made(
    state: &AppState,
    there: &InExercise,
    headers: &HeaderMap,
    kind: Kind,
    file: &str,
) -> Result<Response, Refused> {
    let base = origin::base_url(headers, &state.settings);
    let source = Source {
        exercise: &there.exercise,
        stream: there.mesa.exercise,
        base: &base,
        now: clock::now(),
    };
    match source.make(&state.store, &state.documents, kind).await {
        Ok(pdf) => Ok(download(File {
            name: named_as(state, there, kind, file).await,
            media_type: PDF,
            bytes: pdf.bytes.clone(),
        })),
        Err(DocumentError::NotFound) => Err(Refused::NotFound),
        Err(error) => Err(error.into()),
    }
}
