//! One way of writing what can be written in two: é as one character, not as e and an accent.

use unicode_normalization::UnicodeNormalization as _;

/// The text in composed form (NFC): what comes in by a form, a file or the command line. Browsers
/// compose what is typed into a page.
pub fn composed(text: &str) -> String {
    text.nfc().collect()
}
