//! What a cell says, without what nobody can see.

use domain::text::words::{SHORT_LIMIT, cleaned_line, is_plain};
use unicode_normalization::UnicodeNormalization as _;

/// What is wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It has characters that turn the reading direction, or other control characters. What it
    /// says without them.
    Hidden(String),
    /// It is longer than allowed: its length, in Unicode scalars.
    TooLong(usize),
}

/// The text of a cell on one line: composed, with single spaces, without invisible characters.
pub fn text(cell: &str) -> String {
    let composed: String = cell.nfc().collect();
    let plain: String =
        cleaned_line(&composed).chars().filter(|character| !is_invisible(*character)).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    // What was left out may have stood between a letter and its accent.
    words.join(" ").nfc().collect()
}

/// The text of a cell of at most `limit` Unicode scalars.
pub(crate) fn checked(cell: &str, limit: usize) -> Result<String, Fault> {
    let text = text(cell);
    let length = text.chars().count();
    if length > limit {
        Err(Fault::TooLong(length))
    } else if cell.chars().any(is_hiding) {
        Err(Fault::Hidden(text))
    } else {
        Ok(text)
    }
}

/// Most Unicode scalars of a name.
pub(crate) const NAME_LIMIT: usize = SHORT_LIMIT;
/// Most Unicode scalars of a cell with addresses, of which it may hold several.
pub(crate) const ADDRESSES_LIMIT: usize = 2_000;

/// Characters that can make a text read differently from what it is. Spaces, line ends and what is
/// merely invisible aren't.
fn is_hiding(character: char) -> bool {
    !is_plain(character)
        && !character.is_whitespace()
        && !matches!(character, '\u{AD}' | '\u{200B}' | '\u{FEFF}' | '\u{FFFC}')
}

/// Marks of direction without an effect on other words, joiners of nothing, tags.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200E}' | '\u{200F}' | '\u{61C}' | '\u{180E}' | '\u{2060}'..='\u{2064}')
        || matches!(character, '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_left_out() {
        for (cell, clean) in [
            ("  Consejo \u{A0} Empresarial\t", "Consejo Empresarial"),
            ("Secretaría de\r\nDesarrollo", "Secretaría de Desarrollo"),
            ("Contralori\u{301}a", "Contraloría"),
            ("Con\u{AD}traloría\u{200B}", "Contraloría"),
            ("\u{200E}José\u{200F}", "José"),
            ("Jose\u{200E}\u{301}", "José"),
            ("=SUMA(A1)", "=SUMA(A1)"),
            ("<script>alert(1)</script>", "<script>alert(1)</script>"),
            ("Grupo 👩🏽‍🌾", "Grupo 👩🏽‍🌾"),
        ] {
            assert_eq!(checked(cell, NAME_LIMIT), Ok(clean.to_owned()), "{cell:?}");
        }
    }

    #[test]
    fn what_reads_differently_is_a_fault() {
        for cell in ["a\u{202E}b", "a\u{2066}b\u{2069}", "a\0b", "a\u{1B}b", "a\u{7F}b"] {
            assert_eq!(checked(cell, NAME_LIMIT), Err(Fault::Hidden("ab".to_owned())), "{cell:?}");
        }
        assert_eq!(checked(&"a".repeat(10_000), NAME_LIMIT), Err(Fault::TooLong(10_000)));
        assert_eq!(checked(&"á".repeat(NAME_LIMIT), NAME_LIMIT), Ok("á".repeat(NAME_LIMIT)));
    }
}
