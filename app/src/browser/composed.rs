//! Unicode normalisation, which the browser has built in.

/// The text in composed form (NFC).
pub(crate) fn composed(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFC").into()
}
