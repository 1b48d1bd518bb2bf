//! A page with one sentence: what happened, and what to do next.

use leptos::prelude::*;

use crate::address;
use crate::page::PageError;
use crate::text::{PRODUCT, error};

/// The page.
#[component]
pub fn ErrorPage(
    /// What happened.
    error: PageError,
) -> impl IntoView {
    view! {
        <main id="contenido" class="entry">
            <header class="entry-head">
                <p class="secondary">{PRODUCT}</p>
                <h1>{error::heading(error)}</h1>
                <p>{error::sentence(error)}</p>
            </header>
            <a class="action" href=address::HOME rel="external">{error::HOME}</a>
        </main>
    }
    .into_any()
}
