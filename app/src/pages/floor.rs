//! The floor on a phone: who speaks, one's own place, one's own turn, and what the round still waits
//! for.

use domain::floor::{Command as Floor, Timer};
use domain::{Command, Mesa};
use leptos::prelude::*;

use crate::components::{Countdown, seconds_left};
use crate::erased::{Show, memo, reactive};
use crate::state::{Live, SaveState};
use crate::text::floor;

/// Most who are named before oneself.
const NAMED: usize = 3;

/// One's own part.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Own {
    /// Nothing: what others do is told.
    Nothing { now: Option<String>, wait: String },
    /// On the list.
    Waits { place: usize, now: Option<String>, before: Option<String> },
    /// Speaking.
    Speaks { entry: domain::EntryId },
}

fn own(live: Live, state: &Mesa) -> Own {
    let me = live.me().person;
    let turn = state.floor.turn.as_ref();
    let is_mine = |entry: &domain::floor::Entry| me.is_some_and(|me| state.is_of(entry, me));
    if let Some(turn) = turn.filter(|turn| is_mine(&turn.entry)) {
        return Own::Speaks { entry: turn.entry.id };
    }
    let now = turn.map(|turn| floor::now(&floor::who(state, &turn.entry.who, None)));
    match state.floor.waiting.iter().position(is_mine) {
        Some(place) => {
            let before = state.floor.waiting.iter().take(place.min(NAMED));
            let before: Vec<_> = before.map(|entry| floor::who(state, &entry.who, None)).collect();
            let before = (place <= NAMED).then(|| floor::before(&before)).flatten();
            Own::Waits { place, now, before }
        }
        None => Own::Nothing { now, wait: floor::wait(state.floor.waiting.len()) },
    }
}

/// The card on the screen of what happens now.
#[component]
pub fn FloorCard() -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let own = memo(move || own(live, &view.read()));
    let turn = memo(move || view.read().floor.turn.as_ref().map(|turn| turn.timer));
    let body = move || match own.get() {
        Own::Speaks { entry } => view! { <OwnTurn entry turn/> }.into_any(),
        Own::Waits { place, now, before } => view! { <OwnPlace place now before turn/> }.into_any(),
        Own::Nothing { now, wait } => {
            let said = now.is_some() || !wait.is_empty();
            said.then(|| {
                view! {
                    <section class="card floor-card" aria-label=floor::HEADING>
                        <p class="floor-now"><span translate="no">{now.clone()}" "</span>{now.is_some().then(|| view! { <TurnLeft turn/> })}</p>
                        <p class="secondary">{wait}</p>
                    </section>
                }
            })
            .into_any()
        }
    };
    let told = memo(move || match &*own.read() {
        Own::Speaks { .. } => Some(floor::YOUR_TURN.to_owned()),
        Own::Waits { place, .. } => Some(floor::place(*place)),
        Own::Nothing { .. } => None,
    });
    view! {
        <p class="visually-hidden" role="status">{reactive(move || told.get())}</p>
        {reactive(body)}
        <ClockLine/>
        <Awaited/>
    }
    .into_any()
}

/// The time left of the turn.
#[component]
fn TurnLeft(
    /// The turn's time.
    turn: Memo<Option<Timer>>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let seconds = seconds_left(live, turn.into());
    view! { <Countdown seconds/> }.into_any()
}

/// One's own turn.
#[component]
fn OwnTurn(
    /// Its entry.
    entry: domain::EntryId,
    /// Its time.
    turn: Memo<Option<Timer>>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let ready = live.condition.ready();
    view! {
        <section class="card floor-card" data-own="speaks" aria-labelledby="mi-turno">
            <h2 id="mi-turno">{floor::YOUR_TURN}</h2>
            <p class="floor-time"><TurnLeft turn/></p>
            <p class="secondary">{floor::SAME_CLOCK}</p>
            <button
                type="button"
                class="button"
                disabled=move || !ready.get()
                on:click=move |_| live.submit(Command::Floor(Floor::End { entry }))
            >
                {floor::DONE}
            </button>
        </section>
    }
    .into_any()
}

/// One's own place in the list.
#[component]
fn OwnPlace(
    /// The place, from 0.
    place: usize,
    /// Who speaks.
    now: Option<String>,
    /// Who is before.
    before: Option<String>,
    /// The time of the turn that runs.
    turn: Memo<Option<Timer>>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready) = (live.view(), live.condition.ready());
    let state = live.outbox.state(|command| matches!(command, Command::Floor(Floor::Ask { .. })));
    let minute = live.clocks.minutes();
    let about = memo(move || {
        let left = turn.get().map_or(0, |timer| timer.left(minute.get()).max(0));
        let minutes = i64::from(view.read().floor.turn_minutes());
        let waits = i64::try_from(place).unwrap_or(i64::MAX).saturating_mul(minutes);
        floor::about((left + 30_000) / 60_000 + waits)
    });
    let kept_here = move || state.get() == SaveState::OnThisDevice;
    let speaks = now.is_some();
    view! {
        <section class="card floor-card" data-own="waits" aria-labelledby="mi-lugar">
            <p class="floor-place" aria-hidden="true">{floor::ordinal(place)}</p>
            <h2 id="mi-lugar">{floor::ASKED}</h2>
            <p>
                {reactive(move || if kept_here() { floor::ON_THIS_PHONE.to_owned() } else { floor::place(place) })}
            </p>
            <p class="floor-now"><span translate="no">{now}" "</span>{speaks.then(|| view! { <TurnLeft turn/> })}</p>
            <p translate="no">{before}</p>
            <p class="secondary">{reactive(move || about.get())}</p>
            <button
                type="button"
                class="button"
                disabled=move || !ready.get()
                on:click=move |_| live.submit(Command::Floor(Floor::Withdraw))
            >
                {floor::WITHDRAW}
            </button>
        </section>
    }
    .into_any()
}

/// The clock that runs besides.
#[component]
fn ClockLine() -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let clock = memo(move || view.read().floor.clock);
    let timer = memo(move || clock.get().map(|clock| clock.timer));
    view! {
        <Show when=move || clock.get().is_some()>
            <p class="floor-now">
                <span translate="no">{reactive(move || clock.get().map(|clock| clock_title(&view.read(), clock.kind)))}" "</span>
                <TurnLeft turn=timer/>
            </p>
        </Show>
    }
    .into_any()
}

/// What a clock runs for.
pub(super) fn clock_title(state: &Mesa, kind: domain::floor::ClockKind) -> String {
    let domain::floor::ClockKind::Agenda(place) = kind else { return floor::CLOCK.to_owned() };
    let item = state.card.as_ref().and_then(|card| card.agenda.get(usize::from(place)));
    item.map_or_else(|| floor::CLOCK.to_owned(), |item| item.title.to_string())
}

/// What the round still waits for from the person's organisation.
#[component]
fn Awaited() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready, seat) = (live.view(), live.condition.ready(), live.me().seat);
    let organisation = memo(move || {
        let state = view.read();
        let actor = state.actor_of(seat?)?;
        state.pending().contains(&actor.number).then(|| actor.organisation.to_string())
    });
    view! {
        <Show when=move || organisation.read().is_some()>
            <section class="card" aria-labelledby="ronda">
                <h2 id="ronda" class="card-eyebrow">{floor::ROUND}</h2>
                <p translate="no">{reactive(move || organisation.get().map(|name| floor::awaited(&name)))}</p>
                <button
                    type="button"
                    class="link"
                    disabled=move || !ready.get()
                    on:click=move |_| live.submit(Command::Floor(Floor::Pass))
                >
                    {floor::PASS}
                </button>
            </section>
        </Show>
    }
    .into_any()
}
