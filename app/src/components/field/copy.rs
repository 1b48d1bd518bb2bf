//! A button that copies a text and says whether it succeeded.

use leptos::prelude::*;

use crate::browser;
use crate::erased::reactive;
use crate::text::status;

/// Copies `text`, read when the button is pressed.
#[component]
pub fn CopyButton(
    /// The text.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let outcome = RwSignal::new(None);
    let copy = move |_| outcome.set(Some(browser::copy(&text.get_untracked())));
    view! {
        <button type="button" class="copy" on:click=copy>{status::COPY}</button>
        <span class="copy-outcome" role="status">
            {reactive(move || outcome.get().map(|copied| if copied { status::COPIED } else { status::NOT_COPIED }))}
        </span>
    }
}
