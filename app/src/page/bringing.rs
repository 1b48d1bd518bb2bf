//! Problems with their solutions and preliminary commitments that are brought from a spreadsheet.

use diagnosis::{Columns, Preview};
use domain::MesaId;
use roster::{Found, ReadError};

/// The page. Everything that it knows is in its form: nothing is kept until the list is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bringing {
    /// The mesa.
    pub mesa: MesaId,
    /// The exercise's name.
    pub name: String,
    /// The mesa's theme.
    pub theme: String,
    /// Whether whoever reads may add nothing now.
    pub closed: bool,
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
    /// The first cell of each column.
    pub headings: Vec<String>,
    /// What would become of each row.
    pub preview: Preview,
}

/// What became of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// How many problems were added.
    pub problems: usize,
    /// How many solutions.
    pub solutions: usize,
    /// How many preliminary commitments.
    pub drafts: usize,
    /// Whether not all of it was taken, because the mesa doesn't take more now.
    pub cut: bool,
    /// What takes it back, as the server wrote it.
    pub undo: String,
    /// Whether it was taken back.
    pub undone: bool,
}
