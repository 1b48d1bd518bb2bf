//! Selecting and copying text. The clipboard API is missing on plain HTTP, so `execCommand` is used
//! everywhere.

use leptos::prelude::{document, window};
use leptos::wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlElement, HtmlTextAreaElement};

/// Whether some text of the page is selected.
pub fn is_selecting() -> bool {
    window().get_selection().ok().flatten().is_some_and(|selection| !selection.is_collapsed())
}

/// Copies a text; returns whether that worked. Must be called from the handler of a tap or key.
pub fn copy(text: &str) -> bool {
    try_copy(text).unwrap_or(false)
}

fn try_copy(text: &str) -> Option<bool> {
    let document = document();
    let body = document.body()?;
    let focused =
        document.active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    let area: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    area.set_value(text);
    area.set_read_only(true);
    area.set_class_name("visually-hidden");
    body.append_child(&area).ok()?;
    area.select();
    // Some phones select nothing in a read-only area without an explicit range.
    let _ = area.set_selection_range(0, u32::MAX >> 1);
    let copied = document.dyn_into::<HtmlDocument>().ok()?.exec_command("copy").unwrap_or(false);
    area.remove();
    if let Some(focused) = focused {
        let _ = focused.focus();
    }
    Some(copied)
}
