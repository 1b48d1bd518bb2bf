//! A page that has only a sentence: what happened, and what to do next.

use leptos::prelude::*;

use crate::page::Notice;
use crate::pages::address;
use crate::text::{PRODUCT, notice};

/// The page of a notice.
#[component]
pub fn NoticePage(
    /// What happened.
    notice: Notice,
) -> impl IntoView {
    view! {
        <main id="contenido" class="entry">
            <header class="entry-head">
                <p class="secondary">{PRODUCT}</p>
                <h1>{notice::heading(notice)}</h1>
                <p>{notice::sentence(notice)}</p>
            </header>
            <a class="action" href=address::HOME rel="external">{notice::HOME}</a>
        </main>
    }
    .into_any()
}
