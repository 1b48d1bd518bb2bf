//! What was read: rows of texts with the numbers that they have in the person's own sheet.

use std::collections::BTreeMap;

use crate::columns;
use crate::decode::Encoding;
use crate::read::{MOST_COLUMNS, MOST_TEXT, ReadError};
use crate::separated::Separator;

/// Rows in which headings are looked for.
const MOST_ABOVE: usize = 10;

/// A list as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The row with the headings, if there is one.
    pub header: Option<Row>,
    /// Rows above the headings: titles and dates. They aren't part of the list.
    pub above: Vec<Row>,
    /// The rows of the list, as they stand. Each has at least one cell with something in it.
    pub rows: Vec<Row>,
    /// How many rows hold nothing, or nothing but separators. Of a workbook: up to the last row
    /// with something in it.
    pub dropped_empty: usize,
    /// What was found out about the list.
    pub found: Found,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number in the person's own sheet, from 1.
    pub number: u32,
    /// Its cells from column A on, as they were written; empty ones at the end are left out.
    pub cells: Vec<String>,
    /// A cell holds both a line end and the list's separator: a quotation mark may be open, and
    /// other rows be in it.
    pub swallowing: bool,
}

/// What was found out about a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it comes from.
    pub source: Source,
    /// What separates its columns; none in a workbook and where there is one column.
    pub separator: Option<Separator>,
    /// Quotation marks are letters like any other, because their number is odd.
    pub plain_quotes: bool,
}

/// Where a list comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// It was pasted.
    Pasted,
    /// A text file.
    Text(Encoding),
    /// An XLSX workbook.
    Excel {
        /// The sheet that was read: the first with content.
        sheet: String,
        /// The others, which weren't.
        others: Vec<String>,
    },
    /// An ODS workbook.
    OpenDocument {
        /// The sheet that was read: the first with content.
        sheet: String,
        /// The others, which weren't.
        others: Vec<String>,
    },
}

impl Table {
    /// How many columns there are.
    pub fn width(&self) -> usize {
        self.header.iter().chain(&self.rows).map(|row| row.cells.len()).max().unwrap_or(0)
    }

    /// Every row with something in it, as they stand: titles and headings too.
    pub fn all(&self) -> impl Iterator<Item = &Row> {
        self.above.iter().chain(&self.header).chain(&self.rows)
    }

    /// The table of rows that aren't empty.
    pub(crate) fn new(
        mut rows: Vec<Row>,
        dropped_empty: usize,
        found: Found,
    ) -> Result<Self, ReadError> {
        if rows.is_empty() {
            return Err(ReadError::Empty);
        }
        // Above stand titles, which have less in them; whatever has as much is part of the list.
        let header = rows.iter().take(MOST_ABOVE).position(Row::is_header).filter(|at| {
            let filled = rows[*at].filled();
            rows[..*at].iter().all(|row| row.filled() < filled)
        });
        let (header, above) = match header {
            Some(at) => {
                let below = rows.split_off(at + 1);
                let header = rows.pop();
                (header, std::mem::replace(&mut rows, below))
            }
            None => (None, Vec::new()),
        };
        Ok(Self { header, above, rows, dropped_empty, found })
    }
}

impl Row {
    fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.trim().is_empty()).count()
    }

    fn is_header(&self) -> bool {
        columns::is_header(self.cells.iter().map(String::as_str))
    }

    /// What stands in a column.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// Cells as they come, within the limits.
#[derive(Default)]
pub(crate) struct Grid {
    /// Most rows that may hold something.
    pub most_rows: usize,
    rows: BTreeMap<u32, Vec<String>>,
    text: usize,
}

impl Grid {
    /// An empty one, of at most so many rows.
    pub fn up_to(most_rows: usize) -> Self {
        Self { most_rows, ..Self::default() }
    }

    /// Whether nothing came.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A cell with something in it: row from 1, column from 0.
    pub fn put(&mut self, row: u32, column: usize, text: String) -> Result<(), ReadError> {
        if column >= MOST_COLUMNS {
            return Err(ReadError::TooWide);
        }
        self.text = self.text.saturating_add(text.len());
        if self.text > MOST_TEXT {
            return Err(ReadError::TooMuchText);
        }
        let cells = self.rows.entry(row).or_default();
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column] = text;
        if self.rows.len() > self.most_rows { Err(ReadError::TooManyRows) } else { Ok(()) }
    }

    /// The table.
    pub fn table(self, source: Source) -> Result<Table, ReadError> {
        let last = self.rows.keys().next_back().map_or(0, |row| *row as usize);
        let dropped = last.saturating_sub(self.rows.len());
        let rows = self.rows.into_iter();
        let rows = rows.map(|(number, cells)| Row { number, cells, swallowing: false }).collect();
        Table::new(rows, dropped, Found { source, separator: None, plain_quotes: false })
    }
}
