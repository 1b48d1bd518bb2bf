//! The information pack of a mesa: its page, the files that are sent and downloaded, and the taps that open
//! them. Reading an address notes nothing: only a form that a person sends is a receipt.

use app::address;
use app::page::pack::{Done, Problem};
use app::page::plain::PlainPage;
use axum::Form;
use axum::extract::multipart::Multipart;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::codes::{Coded, Parsed};
use domain::pack::{Entry, FileNumber, ServerCommand};
use domain::{Audience, MesaId, Remark};

use super::answer::{Page, Refused};
use super::export::disposition;
use super::extract::SignedIn;
use super::file::{self, Kept};
use super::paper::is_too_large;
use crate::app_state::AppState;
use crate::clock;
use crate::composed::composed;
use crate::service::pack::{self, Announced, Asker, SendError, reminders};

/// Bytes of a request with a file: the file, and what multipart adds.
pub(super) const UPLOAD_LIMIT: usize = pack::MOST_BYTES + 16 * 1024;

/// Who takes part in the mesa; the public doesn't.
pub(super) fn asker(me: &SignedIn) -> Result<Asker, Refused> {
    let role = me.role();
    if Audience::of(role) == Audience::Public {
        return Err(Refused::NotForYou);
    }
    Ok(Asker { person: me.session.person, seat: me.session.grant.seat, role })
}

async fn drawn(
    state: &AppState,
    me: &SignedIn,
    who: Asker,
    done: Option<Done>,
) -> Result<Page, Refused> {
    let (seen, mesa) = (&me.there.exercise, me.there.mesa);
    let mut page = pack::page(seen, mesa, who, clock::now(), done);
    if page.leads {
        let reminded = reminders::standing(state, mesa.exercise, seen, mesa.number).await?;
        for (reader, reminded) in page.readers.iter_mut().zip(reminded) {
            reader.reminded = reminded;
        }
    }
    Ok(Page::from(PlainPage::Pack(Box::new(page))))
}

/// Back with what was wrong; nothing changed.
async fn refused(
    state: &AppState,
    me: &SignedIn,
    who: Asker,
    problem: Problem,
) -> Result<Response, Refused> {
    let page = drawn(state, me, who, Some(Done::Refused(problem))).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Where the page is after a change.
pub(super) fn way_after(page: String, done: &Done, entry: Entry) -> String {
    let query = match done {
        Done::Sent { file } => format!("?enviado={file}"),
        Done::Same { file } => format!("?igual={file}"),
        Done::Withdrawn => "?retirado".to_owned(),
        Done::Declared | Done::Refused(_) => "?respuesta".to_owned(),
    };
    format!("{page}{query}#{}", entry.code())
}

/// The way there, so that reloading it sends nothing again.
fn after(mesa: MesaId, done: &Done, entry: Entry) -> Response {
    Redirect::to(&way_after(address::pack(mesa), done, entry)).into_response()
}

/// `GET /ejercicio/{exercise}/mesa/{number}/expediente`.
pub(super) async fn page(
    State(state): State<AppState>,
    me: SignedIn,
    RawQuery(query): RawQuery,
) -> Result<Page, Refused> {
    let who = asker(&me)?;
    let done = query.as_deref().and_then(|query| match query.split_once('=') {
        None if query == "retirado" => Some(Done::Withdrawn),
        None if query == "respuesta" => Some(Done::Declared),
        Some(("enviado", file)) => Some(Done::Sent { file: file.parse().ok()? }),
        Some(("igual", file)) => Some(Done::Same { file: file.parse().ok()? }),
        _ => None,
    });
    drawn(&state, &me, who, done).await
}

/// `POST` to the same address: there is nothing of an entry, there is after all, or a file is withdrawn.
pub(super) async fn posted(
    State(state): State<AppState>,
    me: SignedIn,
    Form(posted): Form<Vec<(String, String)>>,
) -> Result<Response, Refused> {
    let who = asker(&me)?;
    let text = |name: &str| posted.iter().find(|(key, _)| key == name).map(|(_, value)| value);
    let (mesa, seen) = (me.there.mesa, &me.there.exercise);
    let reason = text("razon").and_then(|reason| Remark::parse(&composed(reason)).ok());
    let withdrawn = text("retira").map(|file| file.parse::<FileNumber>());
    let (entry, command, done) = match withdrawn {
        Some(file) => {
            let file = file.map_err(|_| Refused::NotFound)?;
            let known = seen.pack.file(file).ok_or(Refused::NotFound)?;
            let entry = known.entry;
            // Whoever prepares may also take away what shouldn't be there once the mesa has begun.
            let prepares = me.session.grant.prepares(seen, Some(mesa.number));
            if !prepares && !who.may_send(seen, mesa.number, entry.sender()) {
                return Err(Refused::NotForYou);
            }
            let Some(reason) = reason else {
                return refused(&state, &me, who, Problem::NoReason).await;
            };
            let at = clock::now();
            (entry, ServerCommand::Withdraw { file, reason, at }, Done::Withdrawn)
        }
        None => {
            let entry = text("entrada").and_then(|code| Entry::parse(code));
            let entry = entry.ok_or(Refused::NotFound)?;
            if !who.may_send(seen, mesa.number, entry.sender()) {
                return Err(Refused::NotForYou);
            }
            let taken_back = text("si-hay").is_some();
            if !taken_back && reason.is_none() {
                return refused(&state, &me, who, Problem::NoReason).await;
            }
            let reason = reason.filter(|_| !taken_back);
            (entry, pack::declaration(who, entry, reason), Done::Declared)
        }
    };
    match pack::enter(&state, mesa.exercise, who, command).await? {
        Ok(()) => Ok(after(mesa, &done, entry)),
        Err(_) if done == Done::Declared => refused(&state, &me, who, Problem::HasFiles).await,
        Err(_) => Err(Refused::NotFound),
    }
}

/// `POST /ejercicio/{exercise}/mesa/{number}/expediente/archivo`.
pub(super) async fn upload(
    State(state): State<AppState>,
    me: SignedIn,
    mut form: Multipart,
) -> Result<Response, Refused> {
    let who = asker(&me)?;
    let (mesa, seen) = (me.there.mesa, &me.there.exercise);
    let (mut entry, mut replaces) = (None, None);
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return refused(&state, &me, who, Problem::Missing).await,
            Err(error) => return refused(&state, &me, who, cut_off(error.status())).await,
        };
        match field.name() {
            Some("entrada") => {
                entry = field.text().await.ok().and_then(|code| Entry::parse(&code));
            }
            Some("reemplaza") => {
                let number = field.text().await.ok().and_then(|number| number.parse().ok());
                replaces = Some(number.ok_or(Refused::NotFound)?);
            }
            Some("archivo") => {
                let entry: Entry = entry.ok_or(Refused::NotFound)?;
                if !who.may_send(seen, mesa.number, entry.sender()) {
                    return Err(Refused::NotForYou);
                }
                let name = field.file_name().unwrap_or_default().to_owned();
                let announced = Announced { entry, replaces, name: &name };
                let sent = pack::send(&state, mesa.exercise, who, announced, field);
                return match Box::pin(sent).await {
                    Ok(done) => Ok(after(mesa, &done, entry)),
                    Err(SendError::Refused(problem)) => refused(&state, &me, who, problem).await,
                    Err(SendError::Failed(error)) => Err(Refused::Failed(error)),
                };
            }
            _ => {}
        }
    }
}

fn cut_off(status: StatusCode) -> Problem {
    if is_too_large(status) { Problem::TooLarge } else { Problem::CutOff }
}

/// A file that stands, by the number in an address.
pub(super) fn asked<'a>(me: &'a SignedIn, number: &str) -> Result<&'a domain::pack::File, Refused> {
    let number: FileNumber = number.parse().map_err(|_| Refused::NotFound)?;
    let known = me.there.exercise.pack.file(number);
    known.filter(|file| file.end.is_none()).ok_or(Refused::NotFound)
}

/// `POST /ejercicio/{exercise}/mesa/{number}/expediente/{which}`: a person opens it.
pub(super) async fn open(
    State(state): State<AppState>,
    me: SignedIn,
    Path((_, _, number)): Path<(String, String, String)>,
) -> Result<Response, Refused> {
    let (who, file) = (asker(&me)?, asked(&me, &number)?.number);
    let mesa = me.there.mesa;
    pack::open(&state, mesa.exercise, who, file).await?.map_err(|_| Refused::NotFound)?;
    Ok(Redirect::to(&address::pack_file(mesa, file)).into_response())
}

/// `GET` of the same: the file as it was sent. Pictures are shown, all else is to be kept; nothing runs.
pub(super) async fn file(
    State(state): State<AppState>,
    me: SignedIn,
    Path((_, _, number)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    asker(&me)?;
    let asked = asked(&me, &number)?;
    let kept = Kept {
        digest: asked.digest,
        media_type: asked.kind.media_type(),
        cache: "private, max-age=0",
    };
    let mut response = file::answer(&state, &kept, &headers).await?;
    let named = disposition(asked.name.as_str());
    let named = match named.strip_prefix("attachment") {
        Some(name) if asked.kind.is_picture() => format!("inline{name}"),
        _ => named,
    };
    let named = HeaderValue::from_str(&named).map_err(|_| Refused::NotFound)?;
    response.headers_mut().insert(header::CONTENT_DISPOSITION, named);
    Ok(response)
}
