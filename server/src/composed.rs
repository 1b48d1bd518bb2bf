//! Unicode normalisation: é as one character, not as e and an accent.

use unicode_normalization::UnicodeNormalization as _;

/// The text in composed form (NFC), for what comes in by a form, a file or the command line. What
/// is typed into a page is composed by the browser.
pub fn composed(text: &str) -> String {
    text.nfc().collect()
}
