//! Open data: what the public page shows, as a workbook for people, and for programs as tables with their description and as
//! JSON. Made from the public's snapshot only, so that nothing can be in them that isn't on the page.

use app::pages::address;
use app::text::{export as words, table as headings};
use axum::extract::{Path, State as Shared};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::exercise::{MesaCard, PlanCard};
use domain::{Audience, State, StreamId};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rust_xlsxwriter::XlsxError;

use super::{origin, pages, surround};
use crate::app_state::{AppState, Unexpected};

mod data;
mod guard;
mod package;
mod sheets;
mod short_id;
mod table;
mod tables;
mod workbook;

/// Workbooks, which are packed already.
pub(super) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// What is escaped in a file's name beyond ASCII.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'-').remove(b'_');
/// Longest part of a file's name that is the mesa's theme.
const THEME_LIMIT: usize = 60;

/// Why a file can't be made.
#[derive(Debug, thiserror::Error)]
enum ExportError {
    #[error(transparent)]
    Unexpected(#[from] Unexpected),
    #[error(transparent)]
    Workbook(#[from] XlsxError),
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// A file of the open data.
struct File {
    name: String,
    media_type: &'static str,
    bytes: Vec<u8>,
}

/// `GET /publico/{mesa}/{file}`.
pub(super) async fn export(Shared(state): Shared<AppState>, Path((mesa, file)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let Ok(mesa) = mesa.parse() else { return StatusCode::NOT_FOUND.into_response() };
    match made(&state, mesa, &file, &headers).await {
        Ok(Some(file)) => download(file),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(%error, file, "open data can't be made");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// The file of that name; none when there is no such mesa or file.
async fn made(state: &AppState, mesa: StreamId, file: &str, headers: &HeaderMap) -> Result<Option<File>, ExportError> {
    let Some(snapshot) = pages::snapshot(state, mesa, Audience::Public).await? else { return Ok(None) };
    let seen = snapshot.state;
    let Some(card) = seen.mesa.as_deref() else { return Ok(None) };
    let heading = format!("{} · {}", headings::mesa(card.number), card.theme);
    let base = origin::base_url(headers, &state.settings);
    let name = file.to_owned();
    Ok(match file {
        address::WORKBOOK => {
            let bytes = workbook_of(&seen, card, &heading, &format!("{base}{}", address::public(mesa)))?;
            Some(File { name: workbook_name(card), media_type: XLSX, bytes })
        }
        address::DATA_JSON => Some(File { name, media_type: "application/json", bytes: serde_json::to_vec_pretty(&data::data(&seen))? }),
        address::DATA_PACKAGE => {
            let plan = surround::plan(state, card.plan).await?;
            let plan: Option<&PlanCard> = plan.as_ref().and_then(|plan| plan.plan.as_deref());
            let source = package::Source { mesa, heading: &heading, card, plan, base: &base };
            let package = package::package(&source, &tables::tables(&seen));
            Some(File { name, media_type: "application/json", bytes: serde_json::to_vec_pretty(&package)? })
        }
        _ => tables::tables(&seen).into_iter().find(|table| table.file == file).map(|table| File {
            name,
            media_type: "text/csv; charset=utf-8; header=present",
            bytes: table.csv().into_bytes(),
        }),
    })
}

fn workbook_of(seen: &State, card: &MesaCard, heading: &str, page: &str) -> Result<Vec<u8>, XlsxError> {
    let (title, foot) = (words::title(heading), words::foot(heading));
    let about = workbook::About { title: &title, exercise: card.exercise_name.as_str(), page, foot: &foot, at: card.starts_at };
    workbook::workbook(&about, &sheets::sheets(seen))
}

/// What the workbook is called among other downloads: "Mesa 1 Agua y cuidados compromisos.xlsx".
fn workbook_name(card: &MesaCard) -> String {
    let theme: String = card.theme.as_str().chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    let theme: String = theme.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(THEME_LIMIT).collect();
    format!("{} {} {}.xlsx", headings::mesa(card.number), theme.trim_end(), words::WORKBOOK)
}

fn download(file: File) -> Response {
    let headers = [
        (header::CONTENT_TYPE, file.media_type.to_owned()),
        (header::CONTENT_DISPOSITION, disposition(&file.name)),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    (headers, file.bytes).into_response()
}

/// That it is to be kept, under that name: by RFC 6266, with a plain one for who doesn't understand the other.
fn disposition(name: &str) -> String {
    let plain: String =
        name.chars().map(|letter| if letter.is_ascii_alphanumeric() || " .-_".contains(letter) { letter } else { '_' }).collect();
    if plain == name {
        return format!("attachment; filename=\"{name}\"");
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", utf8_percent_encode(name, ESCAPED))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_s_name_survives_accents() {
        assert_eq!(disposition("datos.json"), "attachment; filename=\"datos.json\"");
        assert_eq!(
            disposition("Mesa 1 Educación.xlsx"),
            "attachment; filename=\"Mesa 1 Educaci_n.xlsx\"; filename*=UTF-8''Mesa%201%20Educaci%C3%B3n.xlsx"
        );
        assert!(!disposition("a\"\r\nb.xlsx").contains(['\r', '\n']));
    }
}
