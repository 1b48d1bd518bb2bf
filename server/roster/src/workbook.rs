//! XLSX, by calamine, cell by cell: never a rectangle that a far-off cell would make large.

use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};

use crate::inspect::inspect;
use crate::package::Package;
use crate::read::ReadError;
use crate::table::{Grid, Source, Table};

/// Most sheets in which content is looked for.
const MOST_SHEETS: usize = 10;

/// The first sheet with content; visible ones come first.
pub(crate) fn table(bytes: &[u8], package: &Package, most_rows: usize) -> Result<Table, ReadError> {
    inspect(package)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut sheets: Vec<_> = workbook.sheets_metadata().to_vec();
    sheets.retain(|sheet| sheet.typ == SheetType::WorkSheet);
    sheets.sort_by_key(|sheet| sheet.visible != SheetVisible::Visible);
    sheets.truncate(MOST_SHEETS);
    for sheet in &sheets {
        let grid = cells(&mut workbook, &sheet.name, most_rows)?;
        if !grid.is_empty() {
            let others = sheets.iter().filter(|other| other.name != sheet.name);
            return grid.table(Source::Excel {
                sheet: sheet.name.clone(),
                others: others.map(|other| other.name.clone()).collect(),
            });
        }
    }
    Err(ReadError::Empty)
}

fn cells(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &str,
    most_rows: usize,
) -> Result<Grid, ReadError> {
    let mut grid = Grid::up_to(most_rows);
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(damaged)?;
    while let Some(cell) = cells.next_cell().map_err(damaged)? {
        let (row, column) = cell.get_position();
        let text = text(cell.get_value());
        if !text.trim().is_empty() {
            grid.put(row.saturating_add(1), column as usize, text)?;
        }
    }
    Ok(grid)
}

fn damaged(error: XlsxError) -> ReadError {
    match error {
        XlsxError::Password => ReadError::Password,
        _ => ReadError::Damaged,
    }
}

/// What a cell shows: numbers without the `.0` of a float, dates as 2026-11-30.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(true) => "1".to_owned(),
        DataRef::Bool(false) => "0".to_owned(),
        DataRef::DateTime(moment) => date(moment),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

fn date(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
    if hour == 0 && minute == 0 {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
    }
}
