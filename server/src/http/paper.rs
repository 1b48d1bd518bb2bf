//! What is signed on paper: the page of it, the scans that are sent, and their pages as pictures.

use app::address;
use app::page::paper::{Done, ScanProblem};
use app::page::plain::PlainPage;
use axum::Form;
use axum::extract::multipart::Multipart;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::agreement::VersionNumber;
use domain::agreement::signing::ScanCommand;
use domain::{Digest, MesaId};

use super::answer::{Page, Refused};
use super::export::disposition;
use super::extract::{Facilitates, InExercise};
use super::file::{self, Kept};
use super::plan::gets_all;
use crate::app_state::AppState;
use crate::service::admit::Browser;
use crate::service::paper::{self, AttachError};

/// Bytes of a request with a file: the file, and what multipart adds.
pub(super) const UPLOAD_LIMIT: usize = paper::MOST_BYTES + 16 * 1024;

fn drawn(me: &Facilitates, done: Option<Done>) -> Page {
    let there = &me.0.there;
    Page::from(PlainPage::Paper(Box::new(paper::page(&there.exercise, there.mesa, done))))
}

/// Back with what was wrong; the page is as it was.
fn refused(me: &Facilitates, problem: ScanProblem) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, drawn(me, Some(Done::Refused(problem)))).into_response()
}

/// The way to the page after a change, so that reloading it sends nothing again.
fn after(mesa: MesaId, done: Done) -> Response {
    let (query, place) = match done {
        Done::Attached(file) => (format!("?guardado={file}"), "#declarar"),
        Done::Detached => ("?quitado".to_owned(), ""),
        Done::Declared | Done::Refused(_) => ("?declarado".to_owned(), "#declarar"),
    };
    Redirect::to(&format!("{}{query}{place}", address::paper(mesa))).into_response()
}

/// `GET /ejercicio/{exercise}/mesa/{number}/papel`.
pub(super) async fn page(
    me: Facilitates,
    axum::extract::RawQuery(query): axum::extract::RawQuery,
) -> Page {
    let done = query.as_deref().and_then(|query| match query {
        "quitado" => Some(Done::Detached),
        "declarado" => Some(Done::Declared),
        query => query.strip_prefix("guardado=")?.parse().ok().map(Done::Attached),
    });
    drawn(&me, done)
}

/// `POST` to the same address: what is declared of a scan.
pub(super) async fn posted(
    State(state): State<AppState>,
    me: Facilitates,
    Form(posted): Form<Vec<(String, String)>>,
) -> Result<Response, Refused> {
    let text = |name: &str| posted.iter().find(|(key, _)| key == name).map(|(_, value)| value);
    let version: VersionNumber =
        text("version").and_then(|text| text.parse().ok()).ok_or(Refused::NotFound)?;
    let file: Digest =
        text("escaneo").and_then(|text| text.parse().ok()).ok_or(Refused::NotFound)?;
    let there = &me.0.there;
    let round = there.exercise.plan.round_of(version).ok_or(Refused::NotFound)?;
    let Some(scan) = round.scan(file) else { return Ok(after(there.mesa, Done::Detached)) };
    let (command, done) = if text("quita").is_some() {
        (ScanCommand::Detach { file }, Done::Detached)
    } else {
        let marked = posted.iter().filter(|(key, _)| key == "hoja");
        let initialled = if text("todas").is_some() {
            (1..=scan.pages).collect()
        } else if text("ninguna").is_some() {
            Vec::new()
        } else {
            marked.filter_map(|(_, page)| page.parse().ok()).collect()
        };
        (ScanCommand::Declare { file, initialled }, Done::Declared)
    };
    let by = me.0.session.person;
    match paper::enter(&state, there.mesa.exercise, by, version, command).await? {
        Ok(()) => Ok(after(there.mesa, done)),
        Err(_) => Err(Refused::NotFound),
    }
}

/// `POST /ejercicio/{exercise}/mesa/{number}/papel/archivo`.
pub(super) async fn upload(
    State(state): State<AppState>,
    me: Facilitates,
    mut form: Multipart,
) -> Result<Response, Refused> {
    let there = &me.0.there;
    let mut version = None;
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return Ok(refused(&me, ScanProblem::Missing)),
            Err(error) => return Ok(refused(&me, cut_off(error.status()))),
        };
        match field.name() {
            Some("version") => version = field.text().await.ok().and_then(|it| it.parse().ok()),
            Some("archivo") => {
                let version = version.ok_or(Refused::NotFound)?;
                let name = field.file_name().unwrap_or_default().to_owned();
                let (stream, by) = (there.mesa.exercise, me.0.session.person);
                return match paper::attach(&state, stream, by, version, &name, field).await {
                    Ok(file) => Ok(after(there.mesa, Done::Attached(file))),
                    Err(AttachError::Refused(problem)) => Ok(refused(&me, problem)),
                    Err(AttachError::Failed(error)) => Err(Refused::Failed(error)),
                };
            }
            _ => {}
        }
    }
}

/// Whether a request was refused for its length.
pub(super) fn is_too_large(status: StatusCode) -> bool {
    status == StatusCode::PAYLOAD_TOO_LARGE
}

fn cut_off(status: StatusCode) -> ScanProblem {
    if is_too_large(status) { ScanProblem::TooLarge } else { ScanProblem::CutOff }
}

/// The scan that an address names, if who asks may see it.
fn asked<'a>(
    there: &'a InExercise,
    browser: &Browser,
    version: VersionNumber,
    file: &str,
) -> Result<&'a domain::agreement::signing::Scan, Refused> {
    if !gets_all(browser, there) {
        return Err(Refused::NotForYou);
    }
    let file: Digest = file.parse().map_err(|_| Refused::NotFound)?;
    let round = there.exercise.plan.round_of(version).ok_or(Refused::NotFound)?;
    round.scan(file).ok_or(Refused::NotFound)
}

/// `GET /plan/{exercise}/{version}/escaneo/{file}`: as it was sent, to be kept and never opened here.
pub(super) async fn file(
    State(state): State<AppState>,
    there: InExercise,
    Path((_, version, file)): Path<(String, VersionNumber, String)>,
    browser: Browser,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let scan = asked(&there, &browser, version, &file)?;
    let kept = Kept {
        digest: scan.file,
        media_type: scan.kind.media_type(),
        cache: "private, max-age=86400",
    };
    let mut response = file::answer(&state, &kept, &headers).await?;
    let name =
        HeaderValue::from_str(&disposition(scan.name.as_str())).map_err(|_| Refused::NotFound)?;
    response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    Ok(response)
}

/// `GET /plan/{exercise}/{version}/escaneo/{file}/{page}`: a page of it as a picture, `3.jpg`.
pub(super) async fn picture(
    State(state): State<AppState>,
    there: InExercise,
    Path((_, version, file, page)): Path<(String, VersionNumber, String, String)>,
    browser: Browser,
) -> Result<Response, Refused> {
    let scan = asked(&there, &browser, version, &file)?;
    let page = page.strip_suffix(".jpg").and_then(|page| page.parse().ok());
    let page: u16 = page.filter(|page| (1..=scan.pages).contains(page)).ok_or(Refused::NotFound)?;
    let shown = paper::picture(&state, scan.file, page.into()).await?.ok_or(Refused::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg"),
        (header::CACHE_CONTROL, "private, max-age=86400"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((headers, shown.bytes.clone()).into_response())
}
