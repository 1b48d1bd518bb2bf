//! A list of seats that is pasted from a spreadsheet, and what would become of it.

use roster::{Answers, Columns, Found, Preview, ReadError};

/// The page. Everything that it knows is in its form: nothing is kept until the list is taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paste {
    /// The list as text, as it was pasted or read from a file.
    pub text: String,
    /// Why it can't be read.
    pub problem: Option<ReadError>,
    /// What would become of it.
    pub looked: Option<Looked>,
    /// What became of it.
    pub taken: Option<Taken>,
}

/// A list with what would become of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// What was found out about it.
    pub found: Found,
    /// What each column holds.
    pub columns: Columns,
    /// The heading of each column, or its first cell.
    pub headings: Vec<String>,
    /// What was answered.
    pub answers: Answers,
    /// What would become of each row.
    pub preview: Preview,
    /// The organisations that may be chosen.
    pub organisations: Vec<String>,
}

/// What became of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// How many seats were made.
    pub new: usize,
    /// How many changed.
    pub changed: usize,
    /// What takes it back, as the server wrote it.
    pub undo: String,
    /// Whether it was taken back.
    pub undone: bool,
}
