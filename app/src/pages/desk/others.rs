//! The plan's other mesas, each with its phase and its counts. Nothing while there is only one
//! mesa.

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
