//! The heading of a screen. When the screen changes without a page load it takes the focus, so that
//! the change is announced and the keyboard starts at the top; the document title follows it.

use leptos::html;
use leptos::prelude::*;

use crate::erased::{effect, reactive};
use crate::text;

/// Whether a screen was announced already: the browser announces the first one, with the page.
#[derive(Clone, Copy)]
pub struct Announced(StoredValue<bool>);

impl Announced {
    /// No screen was announced yet.
    pub fn new() -> Self {
        Self(StoredValue::new(false))
    }

    /// Notes an announcement; returns whether it was the first.
    fn is_first(self) -> bool {
        let first = !self.0.get_value();
        self.0.set_value(true);
        first
    }
}

impl Default for Announced {
    fn default() -> Self {
        Self::new()
    }
}

/// A screen's `h1`.
#[component]
pub fn ScreenHeading(
    /// The words.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let heading = NodeRef::<html::H1>::new();
    let announced = use_context::<Announced>();
    effect(move || {
        if let Some(heading) = heading.get()
            && announced.is_some_and(|announced| !announced.is_first())
        {
            let _ = heading.focus();
        }
    });
    effect(move || document().set_title(&text::document::screen(&text.read())));
    view! { <h1 tabindex="-1" node_ref=heading>{reactive(move || text.get())}</h1> }
}
