//! Who speaks, the next two and the countdown: a band above the footer, so that what is being talked
//! about stays in sight. Organisations, no person's name.

use domain::floor::Timer;
use domain::floor::timer::Stage;
use leptos::prelude::*;

use crate::components::{Countdown, seconds_left};
use crate::erased::{Show, memo, reactive};
use crate::pages::floor::clock_title;
use crate::state::Live;
use crate::text::floor as words;

/// How many of those who wait are shown.
const NEXT: usize = 2;

/// What the band shows.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Shown {
    /// Whether somebody speaks; otherwise it is a clock.
    speaks: bool,
    who: String,
    timer: Timer,
    next: Vec<String>,
}

/// The band, while somebody speaks or a clock runs.
#[component]
pub fn FloorBand() -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let shown = memo(move || {
        let state = view.read();
        let follows = |entry: &domain::floor::Entry| {
            words::follows(&words::who(&state, &entry.who, None), entry.mode)
        };
        let next = state.floor.waiting.iter().take(NEXT).map(follows).collect();
        match (&state.floor.turn, state.floor.clock) {
            (Some(turn), _) => {
                let who = words::who(&state, &turn.entry.who, None);
                Some(Shown { speaks: true, who, timer: turn.timer, next })
            }
            (None, Some(clock)) => {
                let who = clock_title(&state, clock.kind);
                Some(Shown { speaks: false, who, timer: clock.timer, next })
            }
            (None, None) => None,
        }
    });
    let timer = memo(move || shown.read().as_ref().map(|shown| shown.timer));
    view! {
        <Show when=move || shown.read().is_some()>
            <Band shown timer/>
        </Show>
    }
    .into_any()
}

/// The band.
#[component]
fn Band(
    /// What it shows.
    shown: Memo<Option<Shown>>,
    /// The time.
    timer: Memo<Option<Timer>>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let seconds = seconds_left(live, timer.into());
    let stage = memo(move || seconds.get().map(Stage::of));
    let eyebrow = move || {
        let speaks = shown.read().as_ref().is_some_and(|shown| shown.speaks);
        if speaks { words::speaks(stage.get()) } else { words::runs(stage.get()) }
    };
    let next = move || {
        let next = shown.get().map(|shown| shown.next).unwrap_or_default();
        let each = (1..).zip(next).map(|(place, who)| {
            view! { <span class="band-next"><b>{place}</b>" " <span translate="no">{who}</span></span> }
        });
        let each = each.collect::<Vec<_>>();
        (!each.is_empty()).then(|| view! { <p class="band-follow">{words::FOLLOW}" " {each}</p> })
    };
    view! {
        <section class="projector-band" aria-label=words::HEADING data-stage=move || stage.get().map(words::stage)>
            <p>{reactive(eyebrow)}</p>
            <p class="band-who" translate="no">{reactive(move || shown.get().map(|shown| shown.who))}</p>
            {reactive(next)}
            <p class="band-time"><Countdown seconds/></p>
        </section>
    }
    .into_any()
}
