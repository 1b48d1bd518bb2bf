//! Signing on the wall: how many of how many, and which organisations; never why one doesn't. When
//! the plan is sealed it says so.

use leptos::prelude::*;

use crate::erased::{memo, reactive};
use crate::state::Live;
use crate::text::slots as words;

/// So many organisations stand below each other; more stand in two columns.
const COLUMN: usize = 8;

/// A line an organisation.
#[component]
pub fn SigningView() -> impl IntoView {
    let view = expect_context::<Live>().view();
    let sealed = memo(move || view.read().plan.round().is_some_and(|round| round.seal.is_some()));
    let counted = memo(move || {
        let state = view.read();
        state.plan.round().map(|it| words::progress(it.signatures(), it.slots.len()))
    });
    let rows = memo(move || {
        let state = view.read();
        let round = state.plan.round();
        let row = |round: &domain::agreement::signing::Round, number| {
            let name = state.actor(number)?.organisation.to_string();
            let (mark, again) = (round.mark(number), round.must_consent_again(number));
            Some((name, words::mark(mark, again), words::mark_name(mark, again)))
        };
        let slots = round.into_iter().flat_map(|it| it.slots.keys().map(move |key| row(it, *key)));
        slots.flatten().collect::<Vec<_>>()
    });
    let line = |(organisation, says, mark): (String, &'static str, &'static str)| {
        view! {
            <li data-mark=mark>
                <span class="slot-piece" aria-hidden="true"></span>
                <span translate="no">{organisation}</span>
                <span class="line-side">{says}</span>
            </li>
        }
    };
    let heading = move || if sealed.get() { words::WALL_SEALED } else { words::ON_THE_WALL };
    view! {
        <div class="projector-head">
            <h1 data-length="heading">{reactive(heading)}</h1>
            <p class="projector-part">{reactive(move || counted.get())}</p>
        </div>
        <ol class="projector-lines signing-lines" data-many=move || (rows.read().len() > COLUMN).then_some("")>
            {reactive(move || rows.get().into_iter().map(line).collect_view())}
        </ol>
    }
    .into_any()
}
