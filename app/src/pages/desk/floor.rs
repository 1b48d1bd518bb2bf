//! Who speaks and who waits: calling, ending, a minute more, the order by buttons, somebody without
//! a phone, and an order that is suggested and never forced.

use domain::floor::order::suggested;
use domain::floor::{Added, Command as Floor, Timer, Who};
use domain::text::alphabet::folded;
use domain::{Command, EntryId, Mesa, ShortText};
use leptos::html;
use leptos::prelude::*;
use sync::wire::Present;
use uuid::Uuid;

use super::conducts;
use crate::components::{Countdown, seconds_left};
use crate::composed::composed;
use crate::erased::{Show, memo, reactive};
use crate::state::Live;
use crate::text::{floor as words, status};

/// Times of a turn that are offered, in minutes.
const LENGTHS: [u16; 6] = [1, 2, 3, 5, 8, 10];

pub(super) fn submit(live: Live, command: Floor) {
    live.submit(Command::Floor(command));
}

/// The name of somebody, as the facilitation knows them.
pub(super) fn name_of(state: &Mesa, roster: &[Present], who: &Who) -> String {
    let named = who.person.and_then(|person| {
        roster.iter().find(|present| state.people.are_one(present.person, person))
    });
    words::who(state, who, named.map(|present| present.name.as_str()))
}

/// Somebody who waits.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    entry: EntryId,
    name: String,
    about: String,
    before: Option<EntryId>,
    after: Option<EntryId>,
    last: bool,
}

fn rows(live: Live, state: &Mesa, roster: &[Present]) -> Vec<Row> {
    let (waiting, spoken) = (&state.floor.waiting, state.spoken(live.clocks.now()));
    let row = |place: usize, entry: &domain::floor::Entry| {
        let is_theirs = |who: &Who| match entry.who.actor {
            Some(actor) => who.actor == Some(actor),
            None => *who == entry.who,
        };
        let time = spoken.iter().filter(|spoke| is_theirs(&spoke.who)).map(|spoke| spoke.time);
        let away = entry.who.person.is_some_and(|person| {
            let theirs = |present: &&Present| state.people.are_one(present.person, person);
            roster.iter().filter(theirs).all(|present| present.devices == 0) && !roster.is_empty()
        });
        let mut about =
            format!("{} · {}", words::attends(entry.mode), words::spoken(time.sum::<i64>()));
        if away {
            about.push_str(words::AWAY);
        }
        Row {
            entry: entry.id,
            name: name_of(state, roster, &entry.who),
            about,
            before: place.checked_sub(1).and_then(|at| waiting.get(at)).map(|other| other.id),
            after: waiting.get(place + 2).map(|other| other.id),
            last: place + 1 == waiting.len(),
        }
    };
    waiting.iter().enumerate().map(|(place, entry)| row(place, entry)).collect()
}

/// The part of the desk.
#[component]
pub fn FloorPart() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, roster, conducts) = (live.view(), live.roster(), conducts(live));
    let rows = memo(move || rows(live, &view.read(), &roster.read()));
    let ids = memo(move || rows.read().iter().map(|row| row.entry).collect::<Vec<_>>());
    view! {
        <section class="card floor" aria-labelledby="palabra">
            <h2 id="palabra">{words::HEADING}</h2>
            <TurnNow ids/>
            <h3>{words::ASK}" " <span class="secondary">{reactive(move || ids.read().len())}</span></h3>
            <Show when=move || ids.read().is_empty()>
                <p class="secondary">{words::NOBODY_ASKS}</p>
            </Show>
            <ol class="floor-list">
                <For each=move || ids.get() key=|id| *id let(id)>
                    <Waiting id rows/>
                </For>
            </ol>
            <Suggestion ids/>
            <Show when=move || conducts.get()>
                <AddSomebody/>
                <TurnLength/>
            </Show>
        </section>
    }
    .into_any()
}

/// Who speaks, the time, and what ends it.
#[component]
fn TurnNow(
    /// Who waits.
    ids: Memo<Vec<EntryId>>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, roster, ready, conducts) =
        (live.view(), live.roster(), live.condition.ready(), conducts(live));
    let turn = memo(move || {
        let state = view.read();
        let turn = state.floor.turn.as_ref()?;
        Some((turn.entry.id, name_of(&state, &roster.read(), &turn.entry.who)))
    });
    let timer = memo(move || view.read().floor.turn.as_ref().map(|turn| turn.timer));
    let call_next = move |_| {
        if let Some(entry) = ids.get_untracked().first() {
            submit(live, Floor::Call { entry: *entry });
        }
    };
    let with_turn = move |command: fn(EntryId) -> Floor| {
        if let Some((entry, _)) = turn.get_untracked() {
            submit(live, command(entry));
        }
    };
    view! {
        <Show when=move || turn.read().is_some() fallback=|| view! { <p>{words::NOBODY}</p> }>
            <Now timer name=Signal::derive(move || turn.get().map(|(_, name)| name).unwrap_or_default())/>
        </Show>
        <Show when=move || conducts.get()>
            <div class="buttons">
                <button
                    type="button"
                    class="button"
                    data-tone="accent"
                    disabled=move || !ready.get() || ids.read().is_empty()
                    on:click=call_next
                >
                    {words::NEXT}
                </button>
                <Show when=move || turn.read().is_some()>
                    <button
                        type="button"
                        class="button"
                        aria-label=words::MORE_LABEL
                        disabled=move || !ready.get()
                        on:click=move |_| with_turn(|entry| Floor::Extend { entry: Some(entry) })
                    >
                        {words::MORE}
                    </button>
                    <button
                        type="button"
                        class="button"
                        disabled=move || !ready.get()
                        on:click=move |_| with_turn(|entry| Floor::End { entry })
                    >
                        {words::END}
                    </button>
                </Show>
            </div>
        </Show>
    }
    .into_any()
}

/// Who speaks, with the countdown.
#[component]
fn Now(
    /// The time.
    timer: Memo<Option<Timer>>,
    /// Who.
    name: Signal<String>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let seconds = seconds_left(live, timer.into());
    let stage = memo(move || seconds.get().map(domain::floor::timer::Stage::of));
    view! {
        <p class="card-eyebrow">{reactive(move || words::speaks(stage.get()))}</p>
        <p class="floor-now"><b translate="no">{reactive(move || name.get())}</b>" " <Countdown seconds/></p>
    }
    .into_any()
}

/// Somebody who waits.
#[component]
fn Waiting(
    /// The entry.
    id: EntryId,
    /// All rows, up to date.
    rows: Memo<Vec<Row>>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (ready, conducts) = (live.condition.ready(), conducts(live));
    let row = memo(move || rows.read().iter().find(|row| row.entry == id).cloned());
    let name = memo(move || row.get().map(|row| row.name).unwrap_or_default());
    let first = memo(move || row.get().is_none_or(|row| row.before.is_none()));
    let last = memo(move || row.get().is_none_or(|row| row.last));
    let button = move |label: Signal<&'static str>, off: Signal<bool>, act: Callback<()>| {
        view! {
            <button
                type="button"
                class="button"
                aria-label=move || status::of(label.get(), &name.read())
                aria-disabled=move || off.get().then_some("true")
                disabled=move || !ready.get()
                on:click=move |_| {
                    if !off.get_untracked() {
                        act.run(());
                    }
                }
            >
                {reactive(move || label.get())}
            </button>
        }
        .into_any()
    };
    let never = Signal::derive(|| false);
    let said = |label: &'static str| Signal::derive(move || label);
    let call = Callback::new(move |()| submit(live, Floor::Call { entry: id }));
    let up = Callback::new(move |()| {
        let before = row.get_untracked().and_then(|row| row.before);
        submit(live, Floor::Move { entry: id, before });
    });
    let down = Callback::new(move |()| {
        let before = row.get_untracked().and_then(|row| row.after);
        submit(live, Floor::Move { entry: id, before });
    });
    let remove = Callback::new(move |()| submit(live, Floor::Remove { entry: id }));
    let lower = Signal::derive(move || if first.get() { words::SKIP } else { words::DOWN });
    view! {
        <li>
            <b translate="no">{reactive(move || name.get())}</b>
            <span class="secondary">{reactive(move || row.get().map(|row| row.about))}</span>
            <Show when=move || conducts.get()>
                <div class="buttons">
                    {button(said(words::CALL), never, call)}
                    {button(said(words::UP), first.into(), up)}
                    {button(lower, last.into(), down)}
                    {button(said(words::REMOVE), never, remove)}
                </div>
            </Show>
        </li>
    }
    .into_any()
}

/// The suggested order, where it differs.
#[component]
fn Suggestion(
    /// Who waits.
    ids: Memo<Vec<EntryId>>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, roster, ready, conducts) =
        (live.view(), live.roster(), live.condition.ready(), conducts(live));
    let order = memo(move || suggested(&view.read(), live.clocks.now()));
    let differs = memo(move || *order.read() != *ids.read());
    let names = move || {
        let (state, roster) = (view.read(), roster.read());
        let named = |id: &EntryId| {
            let entry = state.floor.waiting.iter().find(|entry| entry.id == *id)?;
            Some(name_of(&state, &roster, &entry.who))
        };
        words::listed(&order.read().iter().filter_map(named).collect::<Vec<_>>())
    };
    // Each goes to the end in its turn: then they stand as suggested.
    let take = move |_| {
        for entry in order.get_untracked() {
            submit(live, Floor::Move { entry, before: None });
        }
    };
    view! {
        <Show when=move || differs.get()>
            <div class="say" data-tone="act">
                <p>{words::SUGGESTION}</p>
                <p translate="no">{reactive(names)}</p>
                <Show when=move || conducts.get()>
                    <button type="button" class="link" disabled=move || !ready.get() on:click=take>{words::TAKE_SUGGESTION}</button>
                </Show>
            </div>
        </Show>
    }
    .into_any()
}

/// Whom what was typed means: an organisation, somebody who came, or somebody without a phone.
fn meant(state: &Mesa, roster: &[Present], typed: &str) -> Option<Added> {
    let typed = ShortText::parse(typed).ok().filter(|typed| !typed.is_empty())?;
    let same = |other: &str| folded(other) == folded(typed.as_str());
    let actor =
        state.actors.iter().find(|actor| !actor.withdrawn && same(actor.organisation.as_str()));
    let person = || roster.iter().find(|present| same(&present.name));
    Some(match actor {
        Some(actor) => Added::Actor(actor.number),
        None => {
            person().map_or(Added::Named(typed.clone()), |present| Added::Person(present.person))
        }
    })
}

/// Puts somebody on the list: a field with suggestions, and a button.
#[component]
fn AddSomebody() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, roster, ready) = (live.view(), live.roster(), live.condition.ready());
    let input = NodeRef::<html::Input>::new();
    let known = memo(move || {
        let state = view.read();
        let actors = state.actors.iter().filter(|actor| !actor.withdrawn);
        let mut names: Vec<_> = actors.map(|actor| actor.organisation.to_string()).collect();
        names.extend(roster.read().iter().map(|present| present.name.clone()));
        names
    });
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(input) = input.get_untracked() else { return };
        let typed = composed(&input.value());
        // By itself: what is read here has to be let go before the command changes it.
        let whom = meant(&view.read_untracked(), &roster.read_untracked(), &typed);
        if let Some(whom) = whom {
            submit(live, Floor::Add { entry: EntryId(Uuid::now_v7()), whom });
            input.set_value("");
        }
        // Fails only when the field is gone, which needs no focus.
        let _ = input.focus();
    };
    view! {
        <form class="floor-add" on:submit=add>
            <label class="field-label" for="apuntar">{words::ADD_LABEL}</label>
            <input id="apuntar" class="field-control" type="text" list="conocidos" autocomplete="off" maxlength="240" node_ref=input/>
            <datalist id="conocidos">
                {reactive(move || known.get().into_iter().map(|name| view! { <option value=name></option> }).collect_view())}
            </datalist>
            <button type="submit" class="button" disabled=move || !ready.get()>{words::ADD}</button>
        </form>
    }
    .into_any()
}

/// How long turns are.
#[component]
fn TurnLength() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready) = (live.view(), live.condition.ready());
    let now = memo(move || view.read().floor.turn_minutes());
    let pick = move |event: leptos::ev::Event| {
        if let Ok(minutes) = event_target_value(&event).parse() {
            submit(live, Floor::SetMinutes { minutes });
        }
    };
    view! {
        <div class="floor-length">
            <label class="field-label" for="minutos-turno">{words::TURN_LENGTH}</label>
            <select id="minutos-turno" class="field-control" autocomplete="off" disabled=move || !ready.get() on:change=pick>
                {LENGTHS.map(|minutes| view! { <option value=minutes.to_string() selected=move || now.get() == minutes>{minutes}</option> }).collect_view()}
            </select>
        </div>
    }
    .into_any()
}
