//! ODS, LibreOffice's workbooks. Read here and not by calamine 0.38, which never ends on a table
//! that isn't closed and puts every repeated cell into memory (sixteen thousand in a row, a million
//! such rows) before a limit could be applied. Only texts and values are looked at.

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};

use crate::package::Package;
use crate::read::{MOST_COLUMNS, MOST_TEXT, ReadError};
use crate::table::{Grid, Source, Table};

/// The first table with content.
pub(crate) fn table(package: &Package, most_rows: usize) -> Result<Table, ReadError> {
    if let Some(manifest) = package.part("meta-inf/manifest.xml")
        && manifest.windows(15).any(|part| part == b"encryption-data")
    {
        return Err(ReadError::Password);
    }
    let content = package.part("content.xml").ok_or(ReadError::Damaged)?;
    let mut sheets = Sheets { grid: Grid::up_to(most_rows), ..Sheets::default() };
    let content = std::str::from_utf8(content).map_err(|_| ReadError::Damaged)?;
    let mut xml = Reader::from_str(content);
    xml.config_mut().expand_empty_elements = true;
    let mut depth = 0_u32;
    loop {
        match xml.read_event().map_err(|_| ReadError::Damaged)? {
            Event::Start(element) => {
                depth += 1;
                sheets.begin(&element)?;
            }
            Event::End(element) => {
                depth = depth.saturating_sub(1);
                sheets.end(element.name().as_ref())?;
            }
            Event::Text(text) => sheets.text(&text.xml10_content()),
            Event::CData(text) => sheets.text(&text.xml10_content()),
            Event::GeneralRef(entity) => {
                let character = entity.resolve_char_ref().map_err(|_| ReadError::Damaged)?;
                match (resolve_xml_entity(&entity), character) {
                    (Some(text), _) => sheets.text(text),
                    (None, Some(character)) => sheets.text(character.encode_utf8(&mut [0; 4])),
                    (None, None) => return Err(ReadError::Entities),
                }
            }
            Event::DocType(_) => return Err(ReadError::Entities),
            Event::Eof if depth > 0 => return Err(ReadError::Damaged),
            Event::Eof => return sheets.table(),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

#[derive(Default)]
struct Sheets {
    /// The table that is read; the first with content is kept.
    grid: Grid,
    name: String,
    /// Names of the other tables.
    others: Vec<String>,
    found: bool,
    /// Rows and columns before the place that is read.
    row: u32,
    column: usize,
    rows: u32,
    columns: usize,
    line: Vec<(usize, String)>,
    cell: Option<Cell>,
    /// Inside a note of a cell.
    notes: u32,
}

struct Cell {
    value: Option<String>,
    text: String,
    paragraphs: u32,
}

impl Sheets {
    fn begin(&mut self, element: &BytesStart<'_>) -> Result<(), ReadError> {
        match element.name().as_ref() {
            "table:table" => {
                let name = attribute(element, "table:name")?.unwrap_or_default();
                if self.found {
                    self.others.push(name);
                } else {
                    self.name = name;
                }
                self.row = 0;
            }
            "table:table-row" => {
                self.rows = repeated(element, "table:number-rows-repeated")?;
                self.column = 0;
                self.line.clear();
            }
            "table:table-cell" | "table:covered-table-cell" => {
                self.columns = repeated(element, "table:number-columns-repeated")? as usize;
                self.cell =
                    Some(Cell { value: value(element)?, text: String::new(), paragraphs: 0 });
            }
            "office:annotation" => self.notes += 1,
            "text:p" if self.notes == 0 => {
                if let Some(cell) = &mut self.cell {
                    cell.paragraphs += 1;
                    if cell.paragraphs > 1 {
                        cell.text.push('\n');
                    }
                }
            }
            "text:s" | "text:tab" => self.text(" "),
            "text:line-break" => self.text("\n"),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let Some(cell) = &mut self.cell
            && self.notes == 0
            && cell.paragraphs > 0
        {
            cell.text.push_str(text);
        }
    }

    fn end(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "office:annotation" => self.notes = self.notes.saturating_sub(1),
            "table:table-cell" | "table:covered-table-cell" => {
                let Some(cell) = self.cell.take() else { return Ok(()) };
                let text = cell.value.unwrap_or(cell.text);
                if !self.found && !text.trim().is_empty() {
                    if self.column.saturating_add(self.columns) > MOST_COLUMNS {
                        return Err(ReadError::TooWide);
                    }
                    if text.len().saturating_mul(self.columns) > MOST_TEXT {
                        return Err(ReadError::TooMuchText);
                    }
                    for column in self.column..self.column + self.columns {
                        self.line.push((column, text.clone()));
                    }
                }
                self.column = self.column.saturating_add(self.columns);
            }
            "table:table-row" => {
                if !self.line.is_empty() && self.rows as usize > self.grid.most_rows {
                    return Err(ReadError::TooManyRows);
                }
                let line = std::mem::take(&mut self.line);
                let copies = if line.is_empty() { 0 } else { self.rows };
                for row in 0..copies {
                    for (column, text) in &line {
                        let number = self.row.saturating_add(row).saturating_add(1);
                        self.grid.put(number, *column, text.clone())?;
                    }
                }
                self.row = self.row.saturating_add(self.rows);
            }
            "table:table" if !self.found => {
                self.found = !self.grid.is_empty();
                if !self.found {
                    self.others.push(std::mem::take(&mut self.name));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn table(self) -> Result<Table, ReadError> {
        self.grid.table(Source::OpenDocument { sheet: self.name, others: self.others })
    }
}

/// What a cell holds, where that isn't what its paragraphs show: a number is shown as its format
/// says, perhaps as 9.51E+09.
fn value(element: &BytesStart<'_>) -> Result<Option<String>, ReadError> {
    Ok(match attribute(element, "office:value-type")?.as_deref() {
        Some("float") => attribute(element, "office:value")?
            .and_then(|value| value.parse().ok())
            .map(|number: f64| number.to_string()),
        Some("date") => attribute(element, "office:date-value")?,
        Some("string") => attribute(element, "office:string-value")?,
        Some("boolean") => attribute(element, "office:boolean-value")?
            .map(|value| if value == "true" { "1" } else { "0" }.to_owned()),
        _ => None,
    })
}

fn repeated(element: &BytesStart<'_>, name: &str) -> Result<u32, ReadError> {
    match attribute(element, name)? {
        Some(times) => times.parse().map_err(|_| ReadError::Damaged),
        None => Ok(1),
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, ReadError> {
    let found = element.try_get_attribute(name).map_err(|_| ReadError::Damaged)?;
    let Some(found) = found else { return Ok(None) };
    let value = found.normalized_value(quick_xml::XmlVersion::Implicit1_0);
    value.map(|value| Some(value.into_owned())).map_err(|_| ReadError::Entities)
}
