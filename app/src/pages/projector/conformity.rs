//! The conformity on the wall: how many have answered, never what; once the question is closed,
//! what it came to.

use domain::agreement::verdict::Outcome;
use leptos::prelude::*;

use crate::erased::{Show, memo, reactive};
use crate::state::Live;
use crate::state::plan::Result;
use crate::text::agreement as words;

/// A line a commitment, and who is missing if the facilitation allows it.
#[component]
pub fn ConformityView() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, results) = (live.view(), live.results());
    let asked = memo(move || view.read().plan.question.as_ref().map_or(0, |it| it.entitled.len()));
    let given = move || {
        let results = results.read();
        let given = results.iter().map(|result| result.verdict.tally.answered() as usize).sum();
        words::answers(given, asked.get() * results.len())
    };
    let missing = memo(move || {
        let state = view.read();
        let open = state.plan.names_missing && state.plan.open_question().is_some();
        let names = state.plan.missing().filter_map(|number| state.actor(number));
        let names: Vec<_> = names.map(|actor| actor.organisation.to_string()).collect();
        (open && !names.is_empty()).then(|| words::missing(&names.join(", ")))
    });
    let row = move |Result { number, title, verdict }: Result| {
        let (answered, all) = (verdict.tally.answered() as usize, asked.get());
        let pieces =
            (0..all).map(|piece| view! { <i data-full=(piece < answered).then_some("")></i> });
        let side = match verdict.outcome {
            Outcome::Open => words::of(answered, all),
            closed => words::outcome(closed).to_owned(),
        };
        view! {
            <li>
                <span translate="no">{format!("{number}. {title}")}</span>
                <span class="answered-pieces" aria-hidden="true">{pieces.collect_view()}</span>
                <span class="line-side" data-outcome=words::outcome_name(verdict.outcome)>{side}</span>
            </li>
        }
    };
    view! {
        <div class="projector-head">
            <h1 data-length="heading">{words::ON_THE_WALL}</h1>
            <p class="projector-part">{reactive(given)}</p>
        </div>
        <ol class="projector-lines conformity-lines">{reactive(move || results.get().into_iter().map(row).collect_view())}</ol>
        <Show when=move || missing.read().is_some()>
            <p class="projector-part" translate="no">{reactive(move || missing.get())}</p>
        </Show>
    }
    .into_any()
}
