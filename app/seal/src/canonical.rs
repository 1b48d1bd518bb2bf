//! The one way to write a value as JSON (RFC 8785), which is what is signed and hashed.

use serde::Serialize;

/// A value as canonical JSON: no spaces, keys in order.
pub fn canonical(value: &impl Serialize) -> String {
    serde_json_canonicalizer::to_string(value).expect("texts and whole numbers have a JSON form")
}
