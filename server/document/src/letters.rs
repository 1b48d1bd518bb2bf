//! What becomes of letters before they are set: the normal form that the frozen text should hold,
//! and pieces in which a text can be broken into lines.

mod pieces;
mod shaping;
mod symbol;

pub use shaping::{Missing, Style, Trouble};

pub(crate) use pieces::rich;
pub(crate) use shaping::{Shaper, is_plain};

use unicode_normalization::UnicodeNormalization;

/// The normal form of a text that goes into a document. It is what should be frozen, so that the
/// document and the text whose code it bears have the same letters.
///
/// - Composed where a letter can be (NFC).
/// - Line ends of every kind (CR LF, CR, vertical tab, form feed, U+0085, U+2028, U+2029) are LF.
/// - TAB is a space, U+202F the no-break space: as they are, words run together when copied.
/// - Other controls, U+FEFF, U+FFFC, U+FFF9 to U+FFFB and what turns the reading direction (U+202A
///   to U+202E, U+2066 to U+2069) are gone: a page may not read otherwise than its text.
/// - Bullets and ticks that Word takes from Symbol and Wingdings (U+F0xx) are the characters that
///   they look like.
///
/// Doing it twice changes nothing.
pub fn prepare(text: &str) -> String {
    let mut after_return = false;
    let mut kept = String::with_capacity(text.len());
    for letter in text.chars() {
        let line_feed_of_pair = after_return && letter == '\n';
        after_return = letter == '\r';
        match letter {
            '\n' if line_feed_of_pair => {}
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => kept.push('\n'),
            '\t' => kept.push(' '),
            '\u{202f}' => kept.push('\u{a0}'),
            '\u{feff}' | '\u{fff9}'..='\u{fffc}' => {}
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            _ if letter.is_control() => {}
            _ => kept.push(symbol::of(letter).unwrap_or(letter)),
        }
    }
    kept.nfc().collect()
}

/// What stands for a character that no font shows: `[U+4E2D]`.
pub(crate) fn stand_in(letter: char) -> String {
    format!("[U+{:04X}]", u32::from(letter))
}

/// The text with a stand-in for everything but the letters that each of the faces certainly has.
pub(crate) fn only_plain(text: &str) -> String {
    text.chars()
        .map(|letter| if is_plain(letter) { letter.to_string() } else { stand_in(letter) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_form_of_what_people_paste() {
        for (typed, kept) in [
            ("canci\u{6f}\u{301}n", "canción"),
            ("uno\r\ndos\rtres\u{2028}cuatro\u{b}cinco", "uno\ndos\ntres\ncuatro\ncinco"),
            ("a\tb\u{202f}c", "a b\u{a0}c"),
            ("\u{feff}inicio\u{fffc}\u{0}\u{7}", "inicio"),
            ("\u{f0b7} punto \u{f0d8} flecha \u{f0fc}", "• punto ➢ flecha ✓"),
            ("abc\u{202e}def\u{202c}", "abcdef"),
            ("saltillo ꞌ, ā, a̱, ①, 👍🏽", "saltillo ꞌ, ā, a̱, ①, 👍🏽"),
        ] {
            assert_eq!(prepare(typed), kept);
            assert_eq!(prepare(kept), kept);
        }
    }
}
