//! The results of a consultation from a spreadsheet: what each column of a [`Table`] is
//! ([`Mapping`]), and what it comes to when it is counted ([`count`]). A table has a row for each person, or
//! a row for each option with its counts. Nothing is done here: no I/O, no store, no words for people.
//!
//! What is counted as the same: texts that differ in capitals, accents, how these are composed, and signs.
//! A cell with several options is cut by the list of options, so that one that holds commas is one
//! ([`options`]). What matches no option is counted as it stands, and never dropped.

mod cells;
mod column;
mod counts;
mod groups;
mod guess;
pub mod options;
mod people;

use domain::pack::results::Counted;
use roster::Table;

pub use column::{Column, Mapping, Rows};

/// Most rows that are read.
pub const MOST_ROWS: usize = 20_000;

/// Counts a table.
pub fn count(table: &Table, mapping: &Mapping) -> Counted {
    let rows = Rows::of(table, mapping.headed);
    if mapping.is_counted() { counts::count(&rows, mapping) } else { people::count(&rows, mapping) }
}
