//! Which kind of file it is, by its content, and why it can't be read.

use crate::table::{Source, Table};
use crate::{decode, ods, package, separated, workbook};

/// Most bytes of a file or a pasted text.
pub const MOST_BYTES: usize = 5 * 1024 * 1024;
/// Most rows that hold something.
pub const MOST_ROWS: usize = 2_000;
/// Most columns up to the last cell that holds something.
pub const MOST_COLUMNS: usize = 100;
/// Most bytes of text in all cells.
pub const MOST_TEXT: usize = 4 * 1024 * 1024;
/// Most bytes to which a workbook may unpack.
pub const MOST_UNPACKED: u64 = 32 * 1024 * 1024;

/// Why a list can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Nothing is written in it.
    #[error("nothing is written in it")]
    Empty,
    /// More than [`MOST_BYTES`].
    #[error("longer than {MOST_BYTES} bytes")]
    TooLarge,
    /// More rows hold something than are read.
    #[error("too many rows")]
    TooManyRows,
    /// Something stands beyond column [`MOST_COLUMNS`].
    #[error("more than {MOST_COLUMNS} columns")]
    TooWide,
    /// The cells hold more than [`MOST_TEXT`] bytes.
    #[error("more than {MOST_TEXT} bytes of text")]
    TooMuchText,
    /// A workbook that says or turns out to unpack to more than [`MOST_UNPACKED`] bytes, or that
    /// asks for more memory than any list needs.
    #[error("unpacks to more than any list needs")]
    Unpacks,
    /// A workbook that declares entities or a document type, which no spreadsheet program writes.
    #[error("declares entities")]
    Entities,
    /// Protected by a password.
    #[error("protected by a password")]
    Password,
    /// A workbook in a form that isn't read: Excel's before 2007 (`.xls`) or its binary one.
    #[error("a workbook in an older or binary form")]
    OtherWorkbook,
    /// Neither text nor a workbook: a picture, a document, a web page.
    #[error("neither text nor a workbook")]
    NotAList,
    /// Begins as a workbook and is damaged.
    #[error("damaged")]
    Damaged,
}

/// Reads a file: XLSX, ODS, or text (CSV, TSV, Excel's "Unicode text"). A workbook at the limits
/// takes a processor for a second or two.
///
/// # Errors
/// [`ReadError`]; nothing of a file is taken when a part of it can't be.
pub fn read(bytes: &[u8]) -> Result<Table, ReadError> {
    read_up_to(bytes, MOST_ROWS)
}

/// The same with another number of rows that may hold something.
///
/// # Errors
/// As [`read`].
pub fn read_up_to(bytes: &[u8], most_rows: usize) -> Result<Table, ReadError> {
    if bytes.len() > MOST_BYTES {
        return Err(ReadError::TooLarge);
    }
    if bytes.starts_with(b"PK") {
        let package = package::open(bytes)?;
        return match package.kind()? {
            package::Kind::Excel => workbook::table(bytes, &package, most_rows),
            package::Kind::OpenDocument => ods::table(&package, most_rows),
        };
    }
    if bytes.starts_with(&COMPOUND_FILE) {
        return Err(if holds_encrypted_package(bytes) {
            ReadError::Password
        } else {
            ReadError::OtherWorkbook
        });
    }
    let (text, encoding) = decode::text(bytes)?;
    separated::table(&text, Source::Text(encoding), most_rows)
}

/// Reads what was pasted, from a spreadsheet's cells or from anywhere else.
///
/// # Errors
/// As [`read`].
pub fn read_pasted(text: &str) -> Result<Table, ReadError> {
    if text.len() > MOST_BYTES {
        return Err(ReadError::TooLarge);
    }
    separated::table(decode::without_mark(text), Source::Pasted, MOST_ROWS)
}

/// Begins `.xls` files, and `.xlsx` files with a password.
const COMPOUND_FILE: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

fn holds_encrypted_package(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|part| part == name)
}
