//! The results of consultations at a mesa, and counting a file of the pack.

use app::address;
use app::page::plain::PlainPage;
use app::page::results::{Done, ResultsPage};
use axum::Form;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::pack::{File, ServerCommand};
use domain::{ItemId, MesaId};

use super::answer::{Page, Refused};
use super::extract::SignedIn;
use super::pack::{asked, asker};
use crate::app_state::AppState;
use crate::service::pack::{self, Asker, results};

/// Bytes of the form of a file that is being counted.
pub(super) const FORM_LIMIT: usize = 2 * 1024 * 1024;

/// Names and values of a form.
type Fields = Vec<(String, String)>;

fn drawn(me: &SignedIn, who: Asker, done: Option<Done>) -> ResultsPage {
    results::page(&me.there.exercise, me.there.mesa, who, done)
}

/// The way to the page after a change, so that reloading it sends nothing again.
fn after(mesa: MesaId, done: &Done) -> Response {
    let query = match done {
        Done::Kept => "?guardado".to_owned(),
        Done::Dropped => "?quitado".to_owned(),
        Done::Projected => "?proyectado".to_owned(),
        Done::WallTaken => "?pantalla-tomada".to_owned(),
        Done::Problem(item) => format!("?problema={item}"),
        Done::Known(item) => format!("?conocido={item}"),
        Done::NoProblem => "?sin-problema".to_owned(),
    };
    Redirect::to(&format!("{}{query}", address::results(mesa))).into_response()
}

/// `GET /ejercicio/{exercise}/mesa/{number}/resultados`.
pub(super) async fn page(me: SignedIn, RawQuery(query): RawQuery) -> Result<Page, Refused> {
    let who = asker(&me)?;
    let item = |item: &str| item.parse::<ItemId>().ok();
    let done = query.as_deref().and_then(|query| match query.split_once('=') {
        None if query == "guardado" => Some(Done::Kept),
        None if query == "quitado" => Some(Done::Dropped),
        None if query == "proyectado" => Some(Done::Projected),
        None if query == "pantalla-tomada" => Some(Done::WallTaken),
        None if query == "sin-problema" => Some(Done::NoProblem),
        Some(("problema", problem)) => Some(Done::Problem(item(problem)?)),
        Some(("conocido", problem)) => Some(Done::Known(item(problem)?)),
        _ => None,
    });
    Ok(Page::from(PlainPage::Results(Box::new(drawn(&me, who, done)))))
}

/// `POST` to the same address: a row becomes a problem, the projector shows a question, or results are
/// shown no longer.
pub(super) async fn posted(
    State(state): State<AppState>,
    me: SignedIn,
    Form(posted): Form<Fields>,
) -> Result<Response, Refused> {
    let who = asker(&me)?;
    let (mesa, seen) = (me.there.mesa, &me.there.exercise);
    let text = |name: &str| posted.iter().find(|(key, _)| key == name).map(|(_, value)| value);
    let page = drawn(&me, who, None);
    if let Some(name) = text("problema") {
        let (from, question, row) = results::named(seen, name).ok_or(Refused::NotFound)?;
        let row = row.ok_or(Refused::NotFound)?;
        if !page.leads {
            return Err(Refused::NotForYou);
        }
        let done =
            results::to_problem(&state, seen, mesa, &me.session, (from, question, row)).await?;
        return Ok(after(mesa, &done));
    }
    if let Some(name) = text("proyecta") {
        let (_, question, _) = results::named(seen, name).ok_or(Refused::NotFound)?;
        if !page.conducts {
            return Err(Refused::NotForYou);
        }
        let done = results::project(&state, seen, mesa, &me.session, question).await?;
        return Ok(after(mesa, &done));
    }
    let number = text("quita").and_then(|number| number.parse().ok()).ok_or(Refused::NotFound)?;
    let set = page.sets.iter().find(|set| set.number == number).ok_or(Refused::NotFound)?;
    if !set.may_count {
        return Err(Refused::NotForYou);
    }
    let command = ServerCommand::DropCount { results: number };
    pack::enter(&state, mesa.exercise, who, command).await?.map_err(|_| Refused::NotFound)?;
    Ok(after(mesa, &Done::Dropped))
}

/// The file that is to be counted, if it can be, and by whom.
fn counted<'a>(me: &'a SignedIn, number: &str) -> Result<(Asker, &'a File), Refused> {
    let who = asker(me)?;
    let file = asked(me, number)?;
    if !results::is_table(file.kind) {
        return Err(Refused::NotFound);
    }
    let may = results::may_count(&me.there.exercise, me.there.mesa, who, file.entry);
    if may { Ok((who, file)) } else { Err(Refused::NotForYou) }
}

/// `GET /ejercicio/{exercise}/mesa/{number}/expediente/{which}/resultados`.
pub(super) async fn count(
    State(state): State<AppState>,
    me: SignedIn,
    Path((_, _, number)): Path<(String, String, String)>,
) -> Result<Response, Refused> {
    of_file(&state, &me, &number, Vec::new()).await
}

/// `POST` to the same address: looks again, or keeps it.
pub(super) async fn count_posted(
    State(state): State<AppState>,
    me: SignedIn,
    Path((_, _, number)): Path<(String, String, String)>,
    Form(posted): Form<Fields>,
) -> Result<Response, Refused> {
    of_file(&state, &me, &number, posted).await
}

async fn of_file(
    state: &AppState,
    me: &SignedIn,
    number: &str,
    posted: Fields,
) -> Result<Response, Refused> {
    let (who, file) = counted(me, number)?;
    let (mesa, seen) = (me.there.mesa, &me.there.exercise);
    let posted = results::Posted::of(&posted);
    let counting = results::count(state, seen, mesa, who, file, posted);
    match Box::pin(counting).await? {
        Ok(_) => Ok(after(mesa, &Done::Kept)),
        Err(page) => {
            let wrong = page.problem.is_some() || page.looked.is_err();
            let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            let page = Page::from(PlainPage::Count(Box::new(page)));
            Ok((status, page).into_response())
        }
    }
}
