//! When the program itself panics: a sentence on the page. What was typed is in the outbox already.

use leptos::prelude::document;

use crate::text::status::FAILED;

/// The id of the element with the sentence.
const ELEMENT: &str = "fallo";

/// Installs the panic hook; called before the first render, so that a panic there is reported too.
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
        // If the sentence can't be shown, there is nothing else to do.
        let _ = element.set_attribute("role", "alert");
        let _ = element.remove_attribute("hidden");
        element.set_text_content(Some(FAILED));
    }
}
