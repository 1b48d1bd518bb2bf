//! The other mesas of the plan: where each is, and what it has. Nothing while the mesa is alone.

use leptos::prelude::*;

use crate::components::OtherMesas;
use crate::erased::{Show, memo};
use crate::state::Live;
use crate::text::mesas;

/// The part of the desk.
#[component]
pub fn OthersPart() -> impl IntoView {
    let view = expect_context::<Live>().view();
    let alone = memo(move || view.read().siblings.is_empty());
    view! {
        <Show when=move || !alone.get()>
            <section class="screen-head" aria-labelledby="otras-mesas">
                <h2 id="otras-mesas">{mesas::HEADING}</h2>
                <p class="secondary">{mesas::LEAD}</p>
                <OtherMesas/>
            </section>
        </Show>
    }
    .into_any()
}
