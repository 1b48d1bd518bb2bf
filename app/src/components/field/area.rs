//! The text area as the editor handles it: the caret in scalars, the value set without scrolling
//! away from where the person is looking.

use leptos::prelude::document;
use leptos::web_sys::{Element, HtmlElement, HtmlTextAreaElement};
use sync::editor::{from_utf16, length, to_utf16};

/// The selection, in scalars of the area's own value.
pub(super) fn selection(area: &HtmlTextAreaElement) -> Option<(u32, u32)> {
    let value = area.value();
    let place = |units: Option<u32>| units.map(|units| from_utf16(&value, units));
    place(area.selection_start().ok()?).zip(place(area.selection_end().ok()?))
}

/// Sets another value, with the selection (in scalars) that belongs to it.
pub(super) fn set(area: &HtmlTextAreaElement, value: &str, selection: Option<(u32, u32)>) {
    let scrolled = area.scroll_top();
    area.set_value(value);
    // In some browsers setting a selection moves the focus.
    if let Some((start, end)) = selection.filter(|_| is_focused(area)) {
        // A text area never refuses it.
        let _ = area.set_selection_range(to_utf16(value, start), to_utf16(value, end));
    }
    area.set_scroll_top(scrolled);
    grow(area);
}

/// Gives the area the focus, the caret at the end.
pub(super) fn enter(area: &HtmlTextAreaElement) {
    // Fails only when the area is gone, which needs no focus.
    let _ = area.focus();
    let value = area.value();
    let end = to_utf16(&value, length(&value));
    let _ = area.set_selection_range(end, end);
    grow(area);
}

/// Makes it as high as its text.
pub(super) fn grow(area: &HtmlTextAreaElement) {
    let missing = area.scroll_height() - area.client_height();
    if missing > 0 {
        // Offset height counts the borders too.
        let height = area.offset_height() + missing;
        let _ = HtmlElement::style(area).set_property("height", &format!("{height}px"));
    }
}

fn is_focused(area: &HtmlTextAreaElement) -> bool {
    let area: &Element = area;
    document().active_element().as_ref() == Some(area)
}
