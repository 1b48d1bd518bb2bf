//! A clock besides that of a turn: of an item of the agenda, or free.

use domain::floor::{ClockKind, Command as Floor};
use leptos::prelude::*;

use super::conducts;
use super::floor::submit;
use crate::components::{Countdown, seconds_left};
use crate::erased::{Show, memo, reactive};
use crate::pages::floor::clock_title;
use crate::state::Live;
use crate::text::floor as words;

/// Times that are offered for a free clock, in minutes.
const LENGTHS: [u16; 6] = [1, 2, 5, 10, 15, 30];

/// The part of the desk.
#[component]
pub fn ClockPart() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready, conducts) = (live.view(), live.condition.ready(), conducts(live));
    let clock = memo(move || view.read().floor.clock);
    let timer = memo(move || clock.get().map(|clock| clock.timer));
    let agenda = memo(move || {
        let state = view.read();
        let items = state.card.as_ref().map_or(&[][..], |card| &card.agenda);
        let here = state.conduct.phase;
        let places =
            (0_u16..).zip(items).filter(|(_, item)| item.phase == here && item.minutes > 0);
        places
            .map(|(place, item)| (place, item.title.to_string(), item.minutes))
            .collect::<Vec<_>>()
    });
    let minutes = RwSignal::new(5_u16);
    let start = move |kind, minutes| submit(live, Floor::Start { kind, minutes });
    let of_agenda = move |(place, title, minutes): (u16, String, u16)| {
        view! {
            <button
                type="button"
                class="button"
                disabled=move || !ready.get()
                on:click=move |_| start(ClockKind::Agenda(place), minutes)
            >
                <span translate="no">{words::agenda(&title, minutes)}</span>
            </button>
        }
    };
    view! {
        <Show when=move || conducts.get() || clock.get().is_some()>
            <section class="screen-head" aria-labelledby="reloj">
                <h2 id="reloj">{words::CLOCK}</h2>
                <Show when=move || clock.get().is_some()>
                    <p class="floor-now">
                        <b translate="no">{reactive(move || clock.get().map(|clock| clock_title(&view.read(), clock.kind)))}</b>
                        " "
                        {view! { <Countdown seconds=seconds_left(live, timer.into())/> }}
                    </p>
                </Show>
                <Show when=move || conducts.get()>
                    <Show when=move || clock.get().is_some()>
                        <div class="buttons">
                            <button
                                type="button"
                                class="button"
                                aria-label=words::MORE_LABEL
                                disabled=move || !ready.get()
                                on:click=move |_| submit(live, Floor::Extend { entry: None })
                            >
                                {words::MORE}
                            </button>
                            <button type="button" class="button" disabled=move || !ready.get() on:click=move |_| submit(live, Floor::Stop)>
                                {words::STOP}
                            </button>
                        </div>
                    </Show>
                    <div class="buttons">{reactive(move || agenda.get().into_iter().map(of_agenda).collect_view())}</div>
                    <div class="floor-length">
                        <label class="field-label" for="minutos-reloj">{words::FREE}</label>
                        <select
                            id="minutos-reloj"
                            class="field-control"
                            autocomplete="off"
                            disabled=move || !ready.get()
                            on:change=move |event| {
                                if let Ok(chosen) = event_target_value(&event).parse() {
                                    minutes.set(chosen);
                                }
                            }
                        >
                            {LENGTHS.map(|each| view! { <option value=each.to_string() selected=each == 5>{words::minutes(each)}</option> }).collect_view()}
                        </select>
                        <button
                            type="button"
                            class="button"
                            disabled=move || !ready.get()
                            on:click=move |_| start(ClockKind::Free, minutes.get_untracked())
                        >
                            {words::START}
                        </button>
                    </div>
                </Show>
            </section>
        </Show>
    }
    .into_any()
}
