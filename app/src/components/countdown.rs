//! A countdown that everyone sees the same, by the server's clock: what is left, by digits, colour
//! and words. A screen reader is told when a minute is left and when it is over, and not in between.

use domain::floor::Timer;
use domain::floor::timer::Stage;
use leptos::prelude::*;

use crate::erased::{memo, reactive};
use crate::state::Live;
use crate::text::floor;

/// The seconds left of a timer, as a signal; none without a timer.
pub fn seconds_left(live: Live, timer: Signal<Option<Timer>>) -> Memo<Option<i64>> {
    let now = live.clocks.moments();
    memo(move || timer.get().map(|timer| timer.seconds(now.get())))
}

/// The digits.
#[component]
pub fn Countdown(
    /// The seconds left.
    seconds: Memo<Option<i64>>,
) -> impl IntoView {
    let stage = memo(move || seconds.get().map(Stage::of));
    view! {
        <span class="countdown" role="timer" data-stage=move || stage.get().map(floor::stage)>
            {reactive(move || seconds.get().map(floor::clock))}
        </span>
        <span class="visually-hidden" role="status">{reactive(move || stage.get().and_then(floor::told))}</span>
    }
    .into_any()
}
