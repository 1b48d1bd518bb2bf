//! The optional sections, from a plan's canonical text.

use document::Definition;
use serde_json::Value;

/// A section that is read as a text, or its entries.
pub(super) fn texts(plan: &Value, section: &str) -> Vec<String> {
    match &plan["sections"][section] {
        Value::String(text) if !text.is_empty() => vec![text.clone()],
        Value::Array(entries) => {
            entries.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

/// Words with what they mean.
pub(super) fn definitions(plan: &Value) -> Vec<Definition> {
    let definition = |one: &Value| {
        let part = |key| one[key].as_str().map(str::to_owned);
        Some(Definition { term: part("term")?, meaning: part("meaning")? })
    };
    let listed = plan["sections"]["definitions"].as_array().into_iter().flatten();
    listed.filter_map(definition).collect()
}
