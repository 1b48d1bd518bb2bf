//! Drafts that aren't sent yet, with links to continue: nobody should take them for said.

use leptos::prelude::*;

use crate::address;
use crate::erased::{Show, reactive};
use crate::state::Live;
use crate::text::tray;

/// A line that says so, on the screens where people look for what they said.
#[component]
pub fn UnsentNote() -> impl IntoView {
    let live = expect_context::<Live>();
    let unsent = live.unsent();
    let href = move || match unsent.read().as_slice() {
        [one] => one.href.clone(),
        _ => address::texts(live.mesa()),
    };
    view! {
        <Show when=move || !unsent.read().is_empty()>
            <p class="unsent">
                <span>{reactive(move || tray::unsent(unsent.read().len()))}" "</span>
                <a class="link" href=href>{tray::GO_ON}</a>
            </p>
        </Show>
    }
    .into_any()
}

/// All drafts, on the tray.
#[component]
pub fn UnsentTexts() -> impl IntoView {
    let live = expect_context::<Live>();
    let unsent = live.unsent();
    view! {
        <Show when=move || !unsent.read().is_empty()>
            <section class="screen-head" aria-labelledby="sin-enviar">
                <h2 id="sin-enviar">{tray::UNSENT}</h2>
                <ul class="tray-list">
                    {reactive(move || unsent.get().into_iter().map(|one| view! {
                        <li class="card">
                            <p class="lasting-text" translate="no">{one.text}</p>
                            <a class="button" href=one.href>{tray::GO_ON}</a>
                        </li>
                    }).collect_view())}
                </ul>
            </section>
        </Show>
    }
    .into_any()
}
