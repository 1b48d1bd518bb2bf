//! Going along with the facilitation, in the browser: what a person does themselves ends it, and who
//! is in the middle of something isn't moved.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, Event};

/// What a person does to a page on their own: scrolls, taps, uses the keyboard, goes back.
const OWN: [&str; 6] = ["wheel", "touchmove", "pointerdown", "click", "keydown", "popstate"];

/// Calls back whenever the person does something themselves, outside `inside`, until the current
/// owner is cleaned up.
pub(crate) fn listen(inside: &'static str, callback: Callback<()>) {
    for name in OWN {
        let handle = window_event_listener_untyped(name, move |event: Event| {
            let target = event.target();
            let element = target.as_ref().and_then(|target| target.dyn_ref::<Element>());
            let within = element.is_some_and(|it| it.closest(inside).is_ok_and(|it| it.is_some()));
            if !within {
                callback.run(());
            }
        });
        on_cleanup(move || handle.remove());
    }
}

/// Whether the person is in the middle of something: a field has the focus, a question or an editor
/// is open.
pub(crate) fn is_busy() -> bool {
    const FIELDS: &str = "input, textarea, select, [contenteditable]";
    let focused = document().active_element();
    focused.is_some_and(|it| it.matches(FIELDS).unwrap_or(false))
        || document()
            .query_selector("dialog[open], [role=\"dialog\"], .question")
            .is_ok_and(|found| found.is_some())
}
