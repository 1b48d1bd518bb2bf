//! One way of writing what can be written in two: é as one character, not as e and an accent.

/// The text in composed form (NFC). In the browser, which has it built in; on the server, where
/// nobody types into a page, the text as it is.
pub fn composed(text: &str) -> String {
    // Below the combining marks nothing can be composed.
    if text.chars().all(|character| character < '\u{300}') {
        return text.to_owned();
    }
    crate::browser::composed(text)
}
