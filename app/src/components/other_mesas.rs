//! The plan's other mesas, each with its phase, its counts, and a link to its public page.

use domain::Standing;
use leptos::prelude::*;

use crate::address;
use crate::erased::{memo, reactive};
use crate::state::Live;
use crate::text::{list, mesas};

/// The list, for the mesa in the context.
#[component]
pub fn OtherMesas() -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let others = memo(move || view.read().siblings.clone());
    view! { <ul class="other-mesas">{reactive(move || others.read().iter().map(|other| drawn(live, other)).collect_view())}</ul> }
        .into_any()
}

fn drawn(live: Live, mesa: &Standing) -> AnyView {
    let heading = mesas::heading(mesa);
    view! {
        <li>
            <p class="other-mesa">{heading.clone()}</p>
            <p>{mesas::standing(mesa)}</p>
            // Another mesa's page is another document.
            <a class="link" rel="external" href=address::public_mesa(live.other(mesa.number)) aria-label=list::of(mesas::SEE, &heading)>{mesas::SEE}</a>
        </li>
    }
    .into_any()
}
