//! The results of consultations, and a file that is being counted as such.

use domain::pack::results::{Counted, ResultsNumber};
use domain::pack::{Entry, FileNumber};
use domain::{ItemId, MesaId};
use roster::{Found, ReadError};
use tally::Column;

use super::prepare::Moment;

/// The results that a mesa has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultsPage {
    /// The mesa.
    pub mesa: MesaId,
    /// The exercise's name.
    pub name: String,
    /// The mesa's theme.
    pub theme: String,
    /// File by file.
    pub sets: Vec<Set>,
    /// Whether whoever reads may show a chart on the projector.
    pub conducts: bool,
    /// Whether whoever reads leads and may add problems now.
    pub adds: bool,
    /// Whether the page is the facilitation's.
    pub leads: bool,
    /// What came of what was just sent.
    pub done: Option<Done>,
}

/// The results of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set {
    /// Their number.
    pub number: ResultsNumber,
    /// The file.
    pub file: FileNumber,
    /// Its name, as it was given.
    pub name: String,
    /// What it answers.
    pub entry: Entry,
    /// When it was counted.
    pub at: Option<Moment>,
    /// The organisation that had it counted; none: the facilitation.
    pub by: Option<String>,
    /// SHA-256 of the file, as hexadecimal digits.
    pub digest: String,
    /// What was counted.
    pub counted: Counted,
    /// The problems that rows became, by question and row.
    pub problems: Vec<(usize, usize, ItemId)>,
    /// Whether whoever reads may count it anew, or show it no longer.
    pub may_count: bool,
}

/// What came of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    /// The results are kept.
    Kept,
    /// They are shown no longer.
    Dropped,
    /// The projector shows a chart.
    Projected,
    /// It doesn't: somebody else has the wall.
    WallTaken,
    /// A row became a problem.
    Problem(ItemId),
    /// It had become one already.
    Known(ItemId),
    /// The mesa doesn't take problems now, or has too many.
    NoProblem,
}

/// A file that is being counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountPage {
    /// The mesa.
    pub mesa: MesaId,
    /// The file.
    pub file: FileNumber,
    /// Its name, as it was given.
    pub name: String,
    /// What it comes to; or why it can't be read.
    pub looked: Result<Box<Looked>, ReadError>,
    /// Why it wasn't kept.
    pub problem: Option<Problem>,
    /// Whether it was counted before.
    pub known: bool,
}

/// What a file comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// What was found out about it.
    pub found: Found,
    /// Whether its first row has the headings.
    pub headed: bool,
    /// Its columns.
    pub columns: Vec<Held>,
    /// Its first rows, by number.
    pub first: Vec<(u32, Vec<String>)>,
    /// How many rows say something.
    pub rows: usize,
    /// How many hold nothing.
    pub empty: usize,
    /// What is counted.
    pub counted: Counted,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// What; none: it isn't used.
    pub column: Option<Column>,
    /// What it asks.
    pub title: String,
    /// Its options, where it has some.
    pub options: Vec<String>,
}

/// Why results aren't kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// No column is a question.
    Nothing,
    /// More questions, options or groups than there may be.
    TooMuch,
    /// More files are counted than may be.
    TooMany,
    /// The file no longer stands.
    Gone,
}
