//! Seats from a spreadsheet: bytes or pasted text become a [`Table`], its columns get a meaning
//! ([`Columns`]), and [`preview`] says of every row what would become of it or what has to be asked
//! first. Nothing is done here: no I/O, no store, no words for people.
//!
//! What happens to what is in a cell:
//! - Composed and decomposed letters are one (NFC). Line ends, tabs and every kind of space become
//!   one space; invisible characters (zero width, soft hyphen, direction marks) are dropped.
//! - Characters that turn the reading direction and other control characters are asked about
//!   ([`Doubt::Hidden`]), and so is what is too long ([`Doubt::TooLong`]).
//! - `=`, `+`, `-` and `@` at the beginning are text like any other; who writes a spreadsheet has to
//!   guard them. A formula in a workbook counts as the value that it had when it was saved.

mod clean;
mod columns;
mod decode;
mod doubt;
mod guess;
mod inspect;
mod lines;
mod mail;
mod near;
mod ods;
mod organisations;
mod package;
mod people;
mod preview;
mod read;
mod seat;
mod sector;
mod separated;
mod shared;
mod table;
mod workbook;

pub use clean::text as cleaned;
pub use columns::{Column, Columns, Whose};
pub use decode::Encoding;
pub use doubt::{Answer, Answers, Asked, Doubt, Offer, Other, Question, Topic};
pub use lines::{Field, Place};
pub use preview::{Change, Counts, Entry, Line, Preview, Standing, entries, preview};
pub use read::{
    MOST_BYTES, MOST_COLUMNS, MOST_ROWS, MOST_TEXT, MOST_UNPACKED, ReadError, read, read_pasted,
    read_up_to,
};
pub use seat::{Draft, Seat};
pub use separated::Separator;
pub use table::{Found, Row, Source, Table};
