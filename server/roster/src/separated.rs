//! Text with separators: CSV, TSV, and cells that were copied.

use csv::{ReaderBuilder, StringRecord};
use serde::{Deserialize, Serialize};

use crate::columns;
use crate::read::{MOST_COLUMNS, MOST_TEXT, ReadError};
use crate::table::{Found, Row, Source, Table};

/// What separates columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Separator {
    /// A tab, as when cells are copied.
    Tab,
    /// `;`
    Semicolon,
    /// `,`
    Comma,
    /// `|`
    Bar,
}

/// In the order in which they are tried: what stands in names comes last.
const SEPARATORS: [Separator; 4] =
    [Separator::Tab, Separator::Semicolon, Separator::Bar, Separator::Comma];
/// Rows by which the separator is found.
const SAMPLE: usize = 60;

impl Separator {
    /// The character.
    pub const fn character(self) -> char {
        match self {
            Self::Tab => '\t',
            Self::Semicolon => ';',
            Self::Comma => ',',
            Self::Bar => '|',
        }
    }
}

/// Reads a text.
pub(crate) fn table(text: &str, source: Source, most_rows: usize) -> Result<Table, ReadError> {
    let plain_quotes = text.matches('"').count() % 2 == 1;
    let (separator, text) = match said(text) {
        Some((separator, rest)) => (Some(separator), rest),
        None => (likeliest(text, plain_quotes), text),
    };
    let (mut rows, mut dropped, mut length) = (Vec::new(), 0, 0_usize);
    for (number, record) in records(text, separator, plain_quotes) {
        dropped += number.blank;
        // Where nothing is separated, a row may still be nothing but separators.
        let says_nothing =
            |c: char| c.is_whitespace() || (separator.is_none() && ";,|".contains(c));
        if record.iter().all(|cell| cell.chars().all(says_nothing)) {
            dropped += 1;
            continue;
        }
        let mut cells: Vec<String> =
            record.iter().map(|cell| unquoted(cell, plain_quotes)).collect();
        while cells.pop_if(|cell| cell.trim().is_empty()).is_some() {}
        length += cells.iter().map(String::len).sum::<usize>();
        if cells.len() > MOST_COLUMNS {
            return Err(ReadError::TooWide);
        } else if length > MOST_TEXT {
            return Err(ReadError::TooMuchText);
        } else if rows.len() == most_rows {
            return Err(ReadError::TooManyRows);
        }
        let swallowing = separator.is_some_and(|separator| {
            cells
                .iter()
                .any(|cell| cell.contains(['\n', '\r']) && cell.contains(separator.character()))
        });
        rows.push(Row { number: number.row, cells, swallowing });
    }
    Table::new(rows, dropped, Found { source, separator, plain_quotes })
}

/// Where a record stands.
struct Number {
    /// Its row, from 1.
    row: u32,
    /// Empty lines right before it.
    blank: usize,
}

/// The records with their row numbers. A line end inside quotation marks begins no row; an empty
/// line is one.
fn records(
    text: &str,
    separator: Option<Separator>,
    plain_quotes: bool,
) -> impl Iterator<Item = (Number, StringRecord)> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        // A control character that no text has, where everything is one column.
        .delimiter(separator.map_or(0x1F, |separator| separator.character() as u8))
        .quoting(!plain_quotes)
        .from_reader(text.as_bytes());
    let mut row = 0;
    let mut at = 0;
    std::iter::from_fn(move || {
        let mut record = StringRecord::new();
        // A text is UTF-8 and records may differ in length: nothing can be wrong with it.
        if !matches!(reader.read_record(&mut record), Ok(true)) {
            return None;
        }
        // The reader may stand between the two characters of a line end.
        let rest = &text[at..];
        let rest =
            if text[..at].ends_with('\r') { rest.strip_prefix('\n').unwrap_or(rest) } else { rest };
        let blank = empty_lines(rest);
        at = usize::try_from(reader.position().byte()).ok()?;
        row += u32::try_from(blank).ok()? + 1;
        Some((Number { row, blank }, record))
    })
}

/// How many line ends stand at the beginning.
fn empty_lines(text: &str) -> usize {
    let mut rest = text;
    let mut lines = 0;
    while let Some(next) = ["\r\n", "\n", "\r"].iter().find_map(|end| rest.strip_prefix(end)) {
        rest = next;
        lines += 1;
    }
    lines
}

/// `sep=;` in the first line says what separates, and Excel doesn't show that line: the row after
/// it is the first.
fn said(text: &str) -> Option<(Separator, &str)> {
    let (line, rest) = text.split_at(text.find('\n')? + 1);
    let line = line.trim_end_matches(['\r', '\n']).trim_matches('"').to_ascii_lowercase();
    let said = line.strip_prefix("sep=")?;
    SEPARATORS
        .into_iter()
        .find(|separator| said.chars().eq([separator.character()]))
        .map(|separator| (separator, rest))
}

/// The separator by which headings are found, else the one that cuts most rows alike.
fn likeliest(text: &str, plain_quotes: bool) -> Option<Separator> {
    let sample = |separator| {
        records(text, Some(separator), plain_quotes)
            .map(|(_, record)| record)
            .filter(|record| record.iter().any(|cell| !cell.trim().is_empty()))
            .take(SAMPLE)
            .collect::<Vec<_>>()
    };
    let samples = SEPARATORS.map(|separator| (separator, sample(separator)));
    let headed = samples.iter().find(|(_, records)| {
        records.iter().take(10).any(|record| record.len() > 1 && columns::is_header(record.iter()))
    });
    if let Some((separator, _)) = headed {
        return Some(*separator);
    }
    let alike = samples.iter().map(|(separator, records)| (*separator, alike(records)));
    // Of equal ones the first.
    let best = alike.rev().max_by_key(|(_, alike)| *alike);
    best.filter(|(_, alike)| *alike > 0).map(|(separator, _)| separator)
}

/// How many rows have the most frequent number of columns, if that is more than one and they are
/// at least half of the rows.
fn alike(records: &[StringRecord]) -> usize {
    let most = records
        .iter()
        .map(StringRecord::len)
        .filter(|columns| *columns > 1)
        .map(|columns| records.iter().filter(|record| record.len() == columns).count())
        .max()
        .unwrap_or(0);
    if most * 2 >= records.len() { most } else { 0 }
}

fn unquoted(cell: &str, plain_quotes: bool) -> String {
    let trimmed = cell.trim();
    let inner = trimmed.strip_prefix('"').and_then(|cell| cell.strip_suffix('"'));
    match inner.filter(|_| plain_quotes) {
        Some(inner) => inner.replace("\"\"", "\""),
        None => cell.to_owned(),
    }
}
