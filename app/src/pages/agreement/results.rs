//! What the question came to, commitment by commitment.

use leptos::prelude::*;

use crate::erased::{memo, reactive};
use crate::state::Live;
use crate::state::plan::Result;
use crate::text::agreement as words;

/// Each commitment with what it came to, and why in a sentence.
#[component]
pub fn Results() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, results) = (live.view(), live.results());
    let closed =
        memo(move || view.read().plan.question.as_ref().is_some_and(|it| it.closed.is_some()));
    let row = |Result { number, title, verdict }: Result| {
        view! {
            <li>
                <b translate="no">{format!("{number}. {title}")}</b>
                <span class="outcome" data-outcome=words::outcome_name(verdict.outcome)>{words::outcome(verdict.outcome)}</span>
                <span class="secondary">{words::why(&verdict)} " " {words::tally(&verdict.tally)}</span>
            </li>
        }
    };
    view! {
        <section class="card" aria-labelledby="resultado">
            <h2 id="resultado" class="card-eyebrow">
                {reactive(move || if closed.get() { words::RESULT } else { words::NOT_ASKED })}
            </h2>
            <ol class="outcomes">{reactive(move || results.get().into_iter().map(row).collect_view())}</ol>
        </section>
    }
    .into_any()
}
