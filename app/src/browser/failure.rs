//! When the program itself fails: a sentence on the page; what was typed is in the outbox already.

use leptos::prelude::document;

use crate::text::status::FAILED;

/// The element that says so.
const ELEMENT: &str = "fallo";

/// Says so from now on. Called before anything is drawn, so that a failure there is told too.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
        show();
    }));
}

fn show() {
    let document = document();
    let element = document.get_element_by_id(ELEMENT).or_else(|| {
        let element = document.create_element("p").ok()?;
        element.set_id(ELEMENT);
        document.body()?.append_child(&element).ok()?;
        Some(element)
    });
    if let Some(element) = element {
        // A page that can't show the sentence can't be helped from here.
        let _ = element.set_attribute("role", "alert");
        let _ = element.remove_attribute("hidden");
        element.set_text_content(Some(FAILED));
    }
}
