//! A list of seats that is pasted from a spreadsheet, and what would become of it.

/// The page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paste {}
