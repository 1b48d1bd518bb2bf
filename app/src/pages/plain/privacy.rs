//! The full privacy notice of an exercise.

use std::sync::Arc;

use domain::exercise::PrivacyNotice;
use leptos::prelude::*;

use crate::address;
use crate::page::plain::MesaLink;
use crate::text::attendance as words;

/// The page of the notice.
#[component]
pub fn PrivacyPage(
    /// The mesa that it was opened from.
    mesa: MesaLink,
    /// The notice, if there is one.
    notice: Option<Arc<PrivacyNotice>>,
) -> impl IntoView {
    let text = match &notice {
        // A blank line separates paragraphs, as in the file that it came from.
        Some(notice) => {
            let paragraph = |text: &str| view! { <p>{text.to_owned()}</p> };
            notice
                .full
                .as_str()
                .split("\n\n")
                .map(str::trim)
                .filter(|text| !text.is_empty())
                .map(paragraph)
                .collect_view()
                .into_any()
        }
        None => view! { <p>{words::NO_NOTICE}</p> }.into_any(),
    };
    view! {
        <main id="contenido" class="entry">
            <header class="entry-head">
                <p class="secondary">{mesa.exercise}</p>
                <h1>{words::NOTICE}</h1>
                {notice.map(|notice| view! { <p class="secondary">{words::version(notice.version)}</p> })}
            </header>
            <div class="entry-text">{text}</div>
            <a class="button" href=address::public_mesa(mesa.mesa)>{crate::text::entry::PUBLIC}</a>
        </main>
    }
    .into_any()
}
