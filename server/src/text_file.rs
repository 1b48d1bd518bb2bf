//! Text in a file that an operator brings: from a notepad, a word processor, or copied from a PDF,
//! in whatever encoding it was saved. The words are kept; what only laid them out on a page (form
//! feeds, padding spaces) isn't.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Most bytes of a file that is read.
pub const BYTES: usize = 1024 * 1024;

/// The encoding of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// UTF-8, with or without a BOM.
    Utf8,
    /// UTF-16 with a BOM, in either byte order.
    Utf16,
    /// Windows-1252, the default of notepads of Western Europe and the Americas until 2019.
    Windows1252,
}

/// Why a file isn't a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoText {
    /// More than [`BYTES`].
    #[error("more than {BYTES} bytes")]
    TooLarge,
    /// A word processor's document, with formatting.
    #[error("a word processor's document")]
    Document,
    /// A PDF.
    #[error("a PDF")]
    Pdf,
    /// A web page.
    #[error("a web page")]
    WebPage,
    /// UTF-8, UTF-16 or UTF-32 that is truncated, or was changed by a program that took it for
    /// another encoding.
    #[error("damaged text")]
    Damaged,
    /// Something else.
    #[error("no text")]
    Other,
}

/// The text of a file's bytes, and the encoding that they were in. Line breaks are `\n`.
///
/// # Errors
/// [`NoText`] when they are none.
pub fn read(bytes: &[u8]) -> Result<(String, Saved), NoText> {
    let (text, saved) = decode(bytes)?;
    if text.chars().any(|letter| letter.is_control() && !is_layout(letter)) {
        return Err(NoText::Other);
    }
    Ok((laid_out(&text), saved))
}

/// The control characters that texts contain.
fn is_layout(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\u{B}' | '\u{C}' | '\r' | '\u{85}')
}

fn decode(bytes: &[u8]) -> Result<(String, Saved), NoText> {
    if bytes.len() > BYTES {
        return Err(NoText::TooLarge);
    }
    if let Some(kind) = known(bytes) {
        return Err(kind);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let saved =
            if encoding == UTF_16LE || encoding == UTF_16BE { Saved::Utf16 } else { Saved::Utf8 };
        let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]);
        return text.map(|text| (text.into_owned(), saved)).ok_or(NoText::Damaged);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((text.to_owned(), Saved::Utf8));
    }
    if is_damaged_utf8(bytes) {
        return Err(NoText::Damaged);
    }
    // The five bytes that are undefined there decode to control characters, which no text has.
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    Ok((text.into_owned(), Saved::Windows1252))
}

/// Recognises, by their first bytes, files that aren't text, or are text that isn't meant to be
/// read.
fn known(bytes: &[u8]) -> Option<NoText> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let begins =
        |mark: &[u8]| text.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark));
    if begins(b"PK\x03\x04") || begins(b"\xD0\xCF\x11\xE0") || begins(b"{\\rtf") {
        Some(NoText::Document)
    } else if begins(b"%PDF-") {
        Some(NoText::Pdf)
    } else if begins(b"<!doctype html") || begins(b"<html") || begins(b"<?xml") {
        Some(NoText::WebPage)
    } else if bytes.starts_with(b"\xFF\xFE\0\0") || bytes.starts_with(b"\0\0\xFE\xFF") {
        // UTF-32, which no notepad saves.
        Some(NoText::Damaged)
    } else {
        None
    }
}

/// Whether bytes that aren't valid UTF-8 were it once: their valid sequences would be rare in
/// Windows-1252 (`Ã¡` for `á`).
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    right > wrong
}

/// The text without its page layout.
fn laid_out(text: &str) -> String {
    let text = text
        .replace("\r\n", "\n")
        .replace(['\r', '\u{B}', '\u{85}', '\u{2028}'], "\n")
        .replace('\u{2029}', "\n\n");
    let mut pages =
        text.split('\u{C}').map(|page| page.split('\n').map(line).collect::<Vec<_>>().join("\n"));
    let mut joined = pages.next().unwrap_or_default();
    for page in pages {
        let (before, after) = (joined.trim_end(), page.trim_start_matches('\n'));
        // A sentence that continues on the next page is one paragraph; anything else begins
        // another.
        let goes_on = before.ends_with(|end: char| end.is_alphanumeric() || end == ',')
            && after.trim_start().starts_with(char::is_lowercase);
        let between = if before.is_empty() || after.is_empty() {
            ""
        } else if goes_on {
            "\n"
        } else {
            "\n\n"
        };
        joined = format!("{before}{between}{after}");
    }
    joined
}

/// Whether a character only separates words.
fn is_space(letter: char) -> bool {
    letter != '\n' && letter.is_whitespace()
}

/// A line: its indentation stays, runs of spaces inside it become one, trailing ones go. The
/// bullets that a word processor writes in a font of its own are replaced by ones that every font
/// has.
fn line(line: &str) -> String {
    let inside = line.trim_start_matches(is_space);
    let mut out = line[..line.len() - inside.len()].replace('\t', "    ");
    let mut spaces = String::new();
    for letter in inside.chars() {
        if is_space(letter) {
            spaces.push(letter);
            continue;
        }
        // A single one may be a no-break space: "art. 5".
        let one =
            spaces.chars().next().filter(|space| *space != '\t' && spaces.chars().count() == 1);
        if !spaces.is_empty() {
            out.push(one.unwrap_or(' '));
            spaces.clear();
        }
        out.push(match letter {
            '\u{F0B7}' => '•',
            '\u{F0A7}' => '▪',
            other => other,
        });
    }
    if inside.is_empty() { String::new() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The characters of a notice on which encodings differ.
    const NOTICE: &str = "AVISO — «Sierra Clara»\n• Año, niñez, pingüino\n– 5 € …";

    fn bytes(mark: &[u8], units: impl Iterator<Item = [u8; 2]>) -> Vec<u8> {
        mark.iter().copied().chain(units.flatten()).collect()
    }

    #[test]
    fn every_encoding_is_read() {
        let (windows, _, lost) = WINDOWS_1252.encode(NOTICE);
        assert!(!lost);
        let marked = [b"\xEF\xBB\xBF".as_slice(), NOTICE.as_bytes()].concat();
        let cases = [
            ("UTF-8", NOTICE.as_bytes().to_vec(), Saved::Utf8),
            ("UTF-8 with its mark", marked, Saved::Utf8),
            (
                "UTF-16 LE",
                bytes(b"\xFF\xFE", NOTICE.encode_utf16().map(u16::to_le_bytes)),
                Saved::Utf16,
            ),
            (
                "UTF-16 BE",
                bytes(b"\xFE\xFF", NOTICE.encode_utf16().map(u16::to_be_bytes)),
                Saved::Utf16,
            ),
            ("Windows-1252", windows.into_owned(), Saved::Windows1252),
        ];
        for (name, bytes, saved) in cases {
            assert_eq!(read(&bytes), Ok((NOTICE.to_owned(), saved)), "{name}");
        }
        assert_eq!(read(b""), Ok((String::new(), Saved::Utf8)));
        assert_eq!(
            read(b"CAF\xC9\xBB y ni\xF1os"),
            Ok(("CAFÉ» y niños".to_owned(), Saved::Windows1252))
        );
    }

    #[test]
    fn what_is_no_text_is_known_for_what_it_is() {
        let cases: [(&[u8], NoText); 13] = [
            (b"PK\x03\x04\x14\0", NoText::Document),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", NoText::Document),
            (b"{\\rtf1\\ansi Aviso}", NoText::Document),
            (b"%PDF-1.7\n", NoText::Pdf),
            (b"\xEF\xBB\xBF\n<!DOCTYPE html><p>Aviso", NoText::WebPage),
            (b"\x89PNG\r\n\x1A\n\0\0", NoText::Other),
            (b"Aviso\0", NoText::Other),
            (b"A\0v\0i\0s\0o\0", NoText::Other),
            (b"ni\xF1o \x81", NoText::Other),
            (b"informaci\xC3\xB3n, a\xC3\xB1o y ni\xC3ez", NoText::Damaged),
            (b"\xFF\xFEA\0v\0i", NoText::Damaged),
            (b"\xFF\xFE\x3D\xD8A\0", NoText::Damaged),
            (b"\xFF\xFE\0\0A\0\0\0", NoText::Damaged),
        ];
        for (bytes, expected) in cases {
            assert_eq!(read(bytes), Err(expected), "{}", String::from_utf8_lossy(bytes));
        }
        assert_eq!(read(&vec![b'a'; BYTES + 1]), Err(NoText::TooLarge));
    }

    #[test]
    fn what_only_laid_a_text_out_is_gone_and_nothing_else() {
        let cases = [
            (
                "uno\r\ndos\rtres\u{B}cuatro\u{85}cinco\u{2028}seis",
                "uno\ndos\ntres\ncuatro\ncinco\nseis",
            ),
            ("uno\u{2029}dos", "uno\n\ndos"),
            ("Los   datos     personales  se usan\tasí.", "Los datos personales se usan así."),
            ("Fin.  Otra.   \n", "Fin. Otra.\n"),
            ("art.\u{A0}5 y\u{A0}\u{A0}6", "art.\u{A0}5 y 6"),
            (
                "    • uno\n\t– dos\n- tres\n◦   cuatro\n1.   cinco",
                "    • uno\n    – dos\n- tres\n◦ cuatro\n1. cinco",
            ),
            ("\u{F0B7}\tuno\n\u{F0A7} dos", "• uno\n▪ dos"),
            ("renglones\ncortados\n\npárrafo", "renglones\ncortados\n\npárrafo"),
            ("fin de la página.\n\u{C}Otra", "fin de la página.\n\nOtra"),
            ("fin de la página.\u{C}Otra", "fin de la página.\n\nOtra"),
            ("sigue en la\n\n\u{C}\npágina que sigue", "sigue en la\npágina que sigue"),
            ("por ejemplo,\n\u{C}  los nombres", "por ejemplo,\n  los nombres"),
            ("- uno\n\u{C}- dos", "- uno\n\n- dos"),
            ("fin\n\u{C}", "fin"),
            ("\u{C}\u{C}uno\n  \ndos", "uno\n\ndos"),
        ];
        for (file, text) in cases {
            assert_eq!(read(file.as_bytes()), Ok((text.to_owned(), Saved::Utf8)), "{file:?}");
        }
    }
}
