//! A button that copies a text and says whether it could.

use leptos::prelude::*;

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
    let copy = move |_| outcome.set(Some(put(&text.get_untracked())));
    view! {
        <button type="button" class="copy" on:click=copy>{status::COPY}</button>
        <span class="copy-outcome" role="status">
            {reactive(move || outcome.get().map(|copied| if copied { status::COPIED } else { status::NOT_COPIED }))}
        </span>
    }
}

/// Whether that worked; never on the server, where nobody presses.
fn put(text: &str) -> bool {
    #[cfg(feature = "csr")]
    return crate::client::copy(text);
    #[cfg(not(feature = "csr"))]
    {
        let _ = text;
        false
    }
}
