//! Open data: what the public page shows, as a workbook for people, and for programs as tables with
//! a description and as JSON. It is made from the public's snapshot only, so that nothing can be in
//! it that isn't on the page.

use app::address;
use app::text::{export as words, mesas, surround as headings};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use domain::{Mesa, Viewer};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rust_xlsxwriter::XlsxError;

use super::answer::Refused;
use super::extract::InExercise;
use super::origin;
use crate::app_state::AppState;
use crate::service::admit::Browser;

mod data;
mod fields;
mod guard;
mod package;
mod sheets;
mod short_id;
mod table;
mod tables;
mod workbook;

/// The media type of workbooks, which are already compressed.
pub(super) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// The bytes that are escaped in a file name (RFC 5987).
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'-').remove(b'_');
/// Longest part of a file's name that is the mesa's theme.
const THEME_LIMIT: usize = 60;

/// Why a file of the open data can't be made.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The workbook library failed.
    #[error(transparent)]
    Workbook(#[from] XlsxError),
    /// The JSON serialiser failed.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// A file to be downloaded.
pub(super) struct File {
    pub(super) name: String,
    pub(super) media_type: &'static str,
    pub(super) bytes: Vec<u8>,
}

/// `GET /publico/{exercise}/mesa/{number}/{file}`.
pub(super) async fn export(
    State(state): State<AppState>,
    there: InExercise,
    Path((_, _, file)): Path<(String, String, String)>,
    browser: Browser,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    if !browser.follows(there.mesa.exercise, &there.exercise) {
        return Err(Refused::NotPublic);
    }
    let base = origin::base_url(&headers, &state.settings);
    let file = made(&there, &file, &base)?.ok_or(Refused::NotFound)?;
    Ok(download(file))
}

/// The file with that name; none when there is no such file.
fn made(there: &InExercise, file: &str, base: &str) -> Result<Option<File>, ExportError> {
    let mesa = there.mesa;
    let public = there.exercise.for_viewer(Viewer::Public);
    let Some(seen) = public.mesa(mesa.number) else { return Ok(None) };
    let Some(heading) = mesas::named(seen) else { return Ok(None) };
    let name = file.to_owned();
    Ok(match file {
        address::WORKBOOK => {
            let bytes =
                workbook_of(seen, &heading, &format!("{base}{}", address::public_mesa(mesa)))?;
            Some(File { name: workbook_name(seen), media_type: XLSX, bytes })
        }
        address::DATA_JSON => Some(File {
            name,
            media_type: "application/json",
            bytes: serde_json::to_vec_pretty(&data::data(seen))?,
        }),
        address::DATA_PACKAGE => {
            let source = package::Source { id: mesa, heading: &heading, mesa: seen, base };
            let package = package::package(&source, &tables::tables(seen));
            Some(File {
                name,
                media_type: "application/json",
                bytes: serde_json::to_vec_pretty(&package)?,
            })
        }
        _ => tables::tables(seen).into_iter().find(|table| table.file == file).map(|table| File {
            name,
            media_type: "text/csv; charset=utf-8; header=present",
            bytes: table.csv().into_bytes(),
        }),
    })
}

fn workbook_of(seen: &Mesa, heading: &str, page: &str) -> Result<Vec<u8>, XlsxError> {
    let (title, foot) = (words::title(heading), words::foot(heading));
    let exercise = seen.exercise.as_ref().map_or("", |exercise| exercise.name.as_str());
    let at = seen.card.as_ref().map_or(0, |card| card.starts_at);
    let about = workbook::About { title: &title, exercise, page, foot: &foot, at };
    workbook::workbook(&about, &sheets::sheets(seen))
}

/// The file name of the workbook, to be told from other downloads: "Mesa 1 Agua y cuidados
/// compromisos.xlsx".
fn workbook_name(mesa: &Mesa) -> String {
    let theme = mesa.card.as_ref().map_or("", |card| card.theme.as_str());
    let theme: String =
        theme.chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    let theme: String =
        theme.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(THEME_LIMIT).collect();
    format!("{} {} {}.xlsx", headings::mesa(mesa.number), theme.trim_end(), words::WORKBOOK)
}

pub(super) fn download(file: File) -> Response {
    let headers = [
        (header::CONTENT_TYPE, file.media_type.to_owned()),
        (header::CONTENT_DISPOSITION, disposition(&file.name)),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    (headers, file.bytes).into_response()
}

/// `Content-Disposition: attachment` with a file name (RFC 6266), and an ASCII name for clients
/// that don't understand the other.
pub(super) fn disposition(name: &str) -> String {
    let plain: String =
        name.chars()
            .map(|letter| {
                if letter.is_ascii_alphanumeric() || " .-_".contains(letter) { letter } else { '_' }
            })
            .collect();
    if plain == name {
        return format!("attachment; filename=\"{name}\"");
    }
    format!(
        "attachment; filename=\"{plain}\"; filename*=UTF-8''{}",
        utf8_percent_encode(name, ESCAPED)
    )
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
