//! Bytes to text: which encoding a file has.

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use serde::{Deserialize, Serialize};

use crate::read::ReadError;

/// An encoding of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, the lower byte first: Excel's "Unicode text".
    Utf16LittleEndian,
    /// UTF-16, the higher byte first.
    Utf16BigEndian,
    /// Windows-1252: Excel's "CSV" in the West.
    Windows1252,
}

/// The text of a file, without its byte order mark.
pub(crate) fn text(bytes: &[u8]) -> Result<(String, Encoding), ReadError> {
    let encoding = encoding(bytes);
    let decoder = match encoding {
        Encoding::Utf8 => UTF_8,
        Encoding::Utf16LittleEndian => UTF_16LE,
        Encoding::Utf16BigEndian => UTF_16BE,
        Encoding::Windows1252 => WINDOWS_1252,
    };
    let (text, broken) = decoder.decode_with_bom_removal(bytes);
    if broken || is_no_list(&text) {
        return Err(ReadError::NotAList);
    }
    Ok((text.into_owned(), encoding))
}

/// A text without the mark that a file's beginning has.
pub(crate) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{FEFF}').unwrap_or(text)
}

fn encoding(bytes: &[u8]) -> Encoding {
    if bytes.starts_with(&[0xFF, 0xFE]) {
        return Encoding::Utf16LittleEndian;
    }
    if bytes.starts_with(&[0xFE, 0xFF]) {
        return Encoding::Utf16BigEndian;
    }
    // Without a mark, every second byte of Western text is zero.
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if bytes.len().is_multiple_of(2) && odd > bytes.len() / 4 && even == 0 {
        Encoding::Utf16LittleEndian
    } else if bytes.len().is_multiple_of(2) && even > bytes.len() / 4 && odd == 0 {
        Encoding::Utf16BigEndian
    } else if std::str::from_utf8(bytes).is_ok() {
        Encoding::Utf8
    } else {
        Encoding::Windows1252
    }
}

/// Pictures and programs are full of control characters; documents and web pages say what they
/// are. A control character here and there is a matter of its cell.
fn is_no_list(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(14).collect();
    let start = start.to_ascii_lowercase();
    let control = |c: &char| c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{B}');
    let controls = text.chars().filter(control).count();
    (controls > 8 && controls > text.len() / 50)
        || ["%pdf", "{\\rtf", "<!doctype", "<html", "<?xml"]
            .iter()
            .any(|beginning| start.starts_with(beginning))
}
