//! The rail: the phases with the minutes planned and taken, the present one marked, and buttons to
//! change to the others.

use std::cmp::Ordering;

use domain::Phase;
use leptos::prelude::*;

use super::change::Change;
use super::conducts;
use crate::erased::{Show, memo, reactive};
use crate::state::Live;
use crate::text::{conduct, desk, name};

/// Milliseconds of a minute.
const MINUTE: i64 = 60_000;

/// Minutes behind the agenda from which that is said.
const WORTH_SAYING: u32 = 3;

/// Id of a phase's row, to which the focus returns.
pub(super) fn row_id(phase: Phase) -> String {
    let place = Phase::ALL.iter().position(|other| *other == phase).unwrap_or_default();
    format!("fase-{place}")
}

/// The list of phases.
#[component]
pub fn Phases(
    /// The change of phase, which asks first.
    change: Change,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready, conducts, now) =
        (live.view(), live.condition.ready(), conducts(live), live.clocks.minutes());
    let current = memo(move || view.read().conduct.phase);
    let row = move |phase: Phase| {
        let place = memo(move || phase.cmp(&current.get()));
        let spent = memo(move || {
            let state = view.read();
            let visited = state.conduct.phases.iter().any(|start| start.phase == phase);
            visited.then(|| state.spent_in(phase, now.get()) / MINUTE)
        });
        let planned = memo(move || view.read().planned_for(phase));
        move || {
            let drawn = view! { <Words phase place=place.get() spent planned/> }.into_any();
            let class = if place.get() == Ordering::Less { "phase phase-past" } else { "phase" };
            if place.get() == Ordering::Equal {
                view! { <p class="phase" id=row_id(phase) tabindex="-1" aria-current="step">{drawn}</p> }.into_any()
            } else if conducts.get() {
                view! {
                    <button
                        type="button"
                        class=class
                        id=row_id(phase)
                        disabled=move || !ready.get()
                        on:click=move |_| change.ask(phase)
                    >
                        {drawn}
                    </button>
                }
                .into_any()
            } else {
                view! { <p class=class id=row_id(phase) tabindex="-1">{drawn}</p> }.into_any()
            }
        }
    };
    let behind = memo(move || {
        let state = view.read();
        let minutes = state.behind(now.get());
        (minutes >= WORTH_SAYING).then(|| conduct::behind(minutes, state.shortened(minutes)))
    });
    view! {
        <section class="screen-head" aria-labelledby="fases">
            <h2 id="fases">{desk::PHASES}</h2>
            <Show when=move || behind.get().is_some()>
                <p class="phase-late">{reactive(move || behind.get())}</p>
            </Show>
            <ol class="desk-phases">{Phase::ALL.map(|phase| view! { <li>{row(phase)}</li> }).collect_view()}</ol>
        </section>
    }
    .into_any()
}

/// The words of a row; only the minutes change.
#[component]
fn Words(
    /// The phase.
    phase: Phase,
    /// Its place relative to the present phase.
    place: Ordering,
    /// Minutes taken, once the mesa has been in it.
    spent: Memo<Option<i64>>,
    /// Minutes planned in the agenda.
    planned: Memo<u32>,
) -> impl IntoView {
    let state = match place {
        Ordering::Less => Some(conduct::DONE),
        Ordering::Equal => Some(desk::CURRENT),
        Ordering::Greater => None,
    };
    let is_over = move || {
        spent.get().is_some_and(|spent| planned.get() > 0 && spent > i64::from(planned.get()))
    };
    let in_words = move || {
        let over = is_over().then(|| conduct::OVER.to_owned());
        let words =
            [state.map(str::to_owned), conduct::minutes_in_words(spent.get(), planned.get()), over];
        words.into_iter().flatten().map(|word| format!(", {word}")).collect::<String>()
    };
    view! {
        <span class="phase-name">
            {(place != Ordering::Equal).then(|| view! { <span class="visually-hidden">{conduct::GO_TO}</span> })}
            {name::phase(phase)}
            <span class="visually-hidden">{in_words}</span>
        </span>
        <span class="phase-minutes" aria-hidden="true" data-over=move || is_over().then_some("")>
            {reactive(move || conduct::minutes(spent.get(), planned.get()))}
        </span>
    }
    .into_any()
}
