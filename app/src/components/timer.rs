//! The time left of what the agenda gives to a phase: the same for everyone, by the server's clock.

use leptos::prelude::*;

use crate::erased::{Show, memo, reactive};
use crate::state::Live;
use crate::text::now;

/// Milliseconds of a minute.
const MINUTE: i64 = 60_000;
/// Minutes left at which a screen reader is told.
const TOLD: [i64; 3] = [5, 1, 0];

/// The minutes left; nothing while the agenda gives the phase no time, or its start isn't known.
#[component]
pub fn PhaseTimer() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, now_is) = (live.view(), live.clocks.minutes());
    let left = memo(move || {
        let state = view.read();
        let planned = i64::from(state.planned_for(state.conduct.phase));
        let known = planned > 0 && state.phase_since().is_some();
        known.then(|| planned - state.spent_in(state.conduct.phase, now_is.get()) / MINUTE)
    });
    let words = move || left.get().map(now::time_left);
    view! {
        <Show when=move || left.read().is_some()>
            <p class="timer" data-over=move || left.get().is_some_and(|left| left <= 0).then_some("")>{reactive(words)}</p>
        </Show>
        <p class="visually-hidden" role="status">{reactive(move || words().filter(|_| left.get().is_some_and(|left| TOLD.contains(&left))))}</p>
    }
    .into_any()
}
