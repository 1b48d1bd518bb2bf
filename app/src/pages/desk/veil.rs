//! Problems that each writes alone: beginning it, how many there are, showing them together. What they
//! say is nowhere here, because the desk doesn't get it.

use domain::veil::Command as Behind;
use domain::{Action, Command};
use leptos::prelude::*;

use super::conducts;
use crate::address;
use crate::components::Asked;
use crate::erased::{Show, memo, reactive};
use crate::state::Live;
use crate::text::veil as words;

/// The part of the desk.
#[component]
pub fn VeilPart() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready, conducts) = (live.view(), live.condition.ready(), conducts(live));
    let count = memo(move || view.read().veil.drawn.as_ref().map(|veil| veil.count));
    let open = memo(move || Action::EditProblem.is_open_in(view.read().conduct.phase));
    let submit = move |command: Behind| live.submit(Command::Veil(command));
    let panel = move || {
        match count.get() {
        Some(count) => view! {
            <p class="round-count"><b>{words::count(count)}</b></p>
            <Show when=move || conducts.get() && open.get()>
                <div class="buttons">
                    {if count == 0 {
                        view! { <button type="button" class="button" disabled=move || !ready.get() on:click=move |_| submit(Behind::Lift)>{words::END}</button> }.into_any()
                    } else {
                        view! { <Asked words=words::LIFT on_confirm=Callback::new(move |()| submit(Behind::Lift))/> }.into_any()
                    }}
                    <a class="link" href=address::alone(live.mesa())>{words::WRITE}</a>
                </div>
            </Show>
        }
        .into_any(),
        None => view! {
            <Show when=move || conducts.get()>
                <p class="secondary">{words::LEAD_AT_DESK}</p>
                <div class="buttons">
                    <button type="button" class="button" disabled=move || !ready.get() on:click=move |_| submit(Behind::Draw)>{words::DRAW}</button>
                </div>
            </Show>
        }
        .into_any(),
    }
    };
    view! {
        <Show when=move || count.get().is_some() || open.get()>
            <section class="screen-head" aria-labelledby="en-privado">
                <h2 id="en-privado">{words::HEADING}</h2>
                {reactive(panel)}
            </section>
        </Show>
    }
    .into_any()
}
