//! Problems with their minimum criteria, solutions and preliminary commitments from a spreadsheet, as the
//! guarantor sends them (line A1 of `docs/process.md`): what each column holds ([`Columns`]), and what would
//! become of each row ([`preview`]). A row has a problem, or goes on with the one above it; each may bring a
//! solution and a preliminary commitment. Nothing is done here: no I/O, no store, no words for people.

mod columns;
mod preview;

pub use columns::{Column, Columns};
pub use preview::{Counts, Entry, Known, Line, Part, Preview, Standing, preview};
