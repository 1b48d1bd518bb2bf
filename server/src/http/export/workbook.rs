//! The workbook for people: a sheet each for commitments, activities and problems. Text is text
//! whatever it begins with, days are days, numbers are numbers; there are no formulas and no links.
//! The same state gives the same bytes.

use app::text::date;
use domain::{Date, Millis};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, IgnoreError, Workbook,
    Worksheet, XlsxError,
};

use super::table::is_number;

/// Widths of columns, in letters: for numbers and days, for a word, a name, a sentence, and more.
pub(super) const NARROW: f64 = 7.0;
pub(super) const DAY: f64 = 11.0;
pub(super) const ID: f64 = 13.0;
pub(super) const WORD: f64 = 17.0;
pub(super) const NAME: f64 = 26.0;
pub(super) const LONG: f64 = 42.0;

/// Height of a line, and the most that a row may have, in points.
const LINE: f64 = 15.0;
const HIGHEST: f64 = 409.0;
/// Letter size, as printers in Mexico have it.
const PAPER: u8 = 1;
/// Longest header of a printed page; a spreadsheet allows 255 characters with its codes.
const HEAD_LIMIT: usize = 200;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// Text; empty when there is none.
    Text(String),
    /// What was written where a number is expected: a number if it is one.
    Figure(String),
    /// An integer.
    Number(Option<u32>),
    /// A day.
    Day(Option<Date>),
}

#[derive(Clone, Debug)]
pub(super) struct Sheet {
    /// The name on its tab.
    pub name: &'static str,
    /// The heading of each column, and its width in letters.
    pub columns: Vec<(&'static str, f64)>,
    /// How many of the first columns identify a row: they are repeated on each printed page.
    pub names: u16,
    /// How many pages wide it is printed.
    pub pages: u16,
    /// The rows, each with as many cells as there are columns.
    pub rows: Vec<Vec<Entry>>,
}

/// The workbook's properties.
#[derive(Clone, Copy, Debug)]
pub(super) struct About<'a> {
    /// Its title.
    pub title: &'a str,
    /// Who holds the exercise.
    pub exercise: &'a str,
    /// The address that it is from.
    pub page: &'a str,
    /// The footer of each printed page, with the codes for sheet and page.
    pub foot: &'a str,
    /// The creation date that a workbook has to have: when the mesa was to begin.
    pub at: Millis,
}

/// The workbook's bytes.
///
///
/// # Errors
/// [`XlsxError`] when something is longer than a workbook allows, which no text of a mesa is, or
/// when the mesa meets before 1900 or after 9999.
pub(super) fn workbook(about: &About<'_>, sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let properties = DocProperties::new()
        .set_title(about.title)
        .set_author(about.exercise)
        .set_comment(about.page);
    workbook.set_properties(
        &properties
            .set_creation_datetime(&ExcelDateTime::from_timestamp(about.at.div_euclid(1_000))?),
    );
    let looks = Looks::new();
    for sheet in sheets {
        add(workbook.add_worksheet(), sheet, &looks, about)?;
    }
    workbook.save_to_buffer()
}

struct Looks {
    head: Format,
    text: Format,
    /// The format of a text that would be reinterpreted when somebody edits its cell.
    marked: Format,
    number: Format,
    day: Format,
}

impl Looks {
    fn new() -> Self {
        let cell = Format::new().set_align(FormatAlign::Top);
        let head =
            cell.clone().set_bold().set_text_wrap().set_background_color(Color::RGB(0x00E7_EEEA));
        let text = cell.clone().set_text_wrap();
        Self {
            head: head.set_border_bottom(FormatBorder::Thin),
            marked: text.clone().set_quote_prefix(),
            text,
            number: cell.clone(),
            day: cell.set_num_format("dd/mm/yyyy").set_align(FormatAlign::Left),
        }
    }
}

fn add(
    worksheet: &mut Worksheet,
    sheet: &Sheet,
    looks: &Looks,
    about: &About<'_>,
) -> Result<(), XlsxError> {
    worksheet.set_name(sheet.name)?;
    for ((heading, width), column) in sheet.columns.iter().zip(0..) {
        worksheet.set_column_width(column, *width)?;
        worksheet.write_string_with_format(0, column, *heading, &looks.head)?;
    }
    let head = sheet.columns.iter().map(|(heading, width)| lines(heading, *width));
    worksheet.set_row_height(0, height(head))?;
    for (row, place) in sheet.rows.iter().zip(1..) {
        let cells = row.iter().zip(&sheet.columns).map(|(entry, (_, width))| match entry {
            Entry::Text(text) | Entry::Figure(text) => lines(text, *width),
            Entry::Number(_) | Entry::Day(_) => 1,
        });
        worksheet.set_row_height(place, height(cells))?;
        for (entry, column) in row.iter().zip(0..) {
            write(worksheet, place, column, entry, looks)?;
        }
    }
    let last_column = u16::try_from(sheet.columns.len()).unwrap_or(u16::MAX).saturating_sub(1);
    let last_row = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
    // Text that looks like a number is meant as text.
    worksheet.ignore_error_range(0, 0, last_row, last_column, IgnoreError::NumberStoredAsText)?;
    worksheet.autofilter(0, 0, last_row, last_column)?;
    worksheet.set_freeze_panes(1, 1)?;
    worksheet
        .set_landscape()
        .set_paper_size(PAPER)
        .set_page_order(false)
        .set_print_fit_to_pages(sheet.pages, 0);
    worksheet.set_repeat_rows(0, 0)?;
    if sheet.pages > 1 {
        worksheet.set_repeat_columns(0, sheet.names.saturating_sub(1))?;
    }
    worksheet.set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.3);
    worksheet.set_footer(about.foot.chars().take(HEAD_LIMIT).collect::<String>());
    Ok(())
}

fn write(
    worksheet: &mut Worksheet,
    row: u32,
    column: u16,
    entry: &Entry,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let text = |worksheet: &mut Worksheet, text: &str| -> Result<(), XlsxError> {
        if !text.is_empty() {
            let look = if turns(text) { &looks.marked } else { &looks.text };
            worksheet.write_string_with_format(row, column, text, look)?;
        }
        Ok(())
    };
    match entry {
        Entry::Text(written) => text(worksheet, written)?,
        Entry::Figure(written) => match written.parse::<f64>() {
            Ok(number) if is_number(written) => {
                worksheet.write_number_with_format(row, column, number, &looks.number)?;
            }
            Ok(_) | Err(_) => text(worksheet, written)?,
        },
        Entry::Number(number) => {
            if let Some(number) = number {
                worksheet.write_number_with_format(row, column, *number, &looks.number)?;
            }
        }
        Entry::Day(None) => {}
        Entry::Day(Some(day)) => match moment(*day) {
            Ok(at) => {
                worksheet.write_datetime_with_format(row, column, &at, &looks.day)?;
            }
            // Spreadsheets have no days before 1900.
            Err(_) => text(worksheet, &date::date(*day))?,
        },
    }
    Ok(())
}

/// How many lines a text takes in a column of a width in letters. Not every program measures that
/// when it opens the file; what it doesn't measure runs into the next row.
fn lines(text: &str, width: f64) -> u32 {
    // Words don't fill a line, and fonts that stand in are wider.
    let fits = (width * 0.85).max(1.0);
    let taken = |line: &str| {
        let letters = u32::try_from(line.chars().count()).unwrap_or(u32::MAX);
        (f64::from(letters) / fits).ceil().max(1.0)
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a positive number, and casts saturate"
    )]
    let lines = text.lines().map(taken).sum::<f64>().max(1.0) as u32;
    lines
}

/// The height of a row whose cells take so many lines, in points.
fn height(lines: impl Iterator<Item = u32>) -> f64 {
    (f64::from(lines.max().unwrap_or(1)) * LINE).min(HIGHEST)
}

fn moment(day: Date) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(
        u16::try_from(day.year()).unwrap_or_default(),
        day.month().into(),
        day.day(),
    )
}

/// Whether editing the cell could turn its text into a formula, a number or a day: it doesn't begin
/// with a letter.
fn turns(text: &str) -> bool {
    !text.trim_start().starts_with(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_as_high_as_its_longest_cell() {
        assert_eq!((lines("", 26.0), lines("Oaxaca", 26.0)), (1, 1));
        assert_eq!(lines(&"agua ".repeat(40), 42.0), 6);
        assert_eq!(lines("uno\ndos\n\ntres", 42.0), 4);
        assert!((height([1, 6, 2].into_iter()) - 90.0).abs() < 1e-9);
        assert!((height([8_000].into_iter()) - HIGHEST).abs() < 1e-9);
    }
}
