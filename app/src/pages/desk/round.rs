//! The round of actors: who was heard, who passes, who is pending; and how long each sector spoke.

use domain::floor::{Added, Command as Floor, Mark};
use domain::{ActorNumber, EntryId, ItemKind, Mesa, Shown};
use leptos::prelude::*;
use uuid::Uuid;

use super::conducts;
use super::floor::submit;
use crate::components::remark::{RemarkBox, Writing};
use crate::erased::{Show, memo, reactive};
use crate::state::Live;
use crate::text::{floor as words, name, status};

/// An organisation in the round.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    actor: ActorNumber,
    name: String,
    mark: Option<Mark>,
    speaks: bool,
    time: i64,
}

/// Those that are pending first, then in the order of the organisations.
fn rows(live: Live, state: &Mesa) -> Vec<Row> {
    let Some(round) = state.floor.round() else { return Vec::new() };
    let speaks = state.floor.turn.as_ref().and_then(|turn| turn.entry.who.actor);
    let now = live.clocks.now();
    let row = |actor: &std::sync::Arc<domain::Actor>| Row {
        actor: actor.number,
        name: actor.organisation.to_string(),
        mark: round.marks.get(&actor.number).copied(),
        speaks: speaks == Some(actor.number),
        time: state.spoken_for(actor.number, now),
    };
    let mut rows: Vec<_> = state.actors.iter().filter(|actor| !actor.withdrawn).map(row).collect();
    rows.sort_by_key(|row| row.mark.is_some() || row.speaks);
    rows
}

/// The part of the desk.
#[component]
pub fn RoundPart() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, conducts) = (live.view(), conducts(live));
    let open = memo(move || view.read().floor.round().is_some());
    view! {
        <Show when=move || open.get() || conducts.get()>
            <section class="screen-head" aria-labelledby="ronda-de-actores">
                <h2 id="ronda-de-actores">{words::ROUND}</h2>
                <Show when=move || open.get() fallback=|| view! { <Opening/> }>
                    <OpenRound/>
                </Show>
            </section>
        </Show>
        <BySector/>
    }
    .into_any()
}

/// Opens a round: about the diagnosis, or what is projected.
#[component]
fn Opening() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready, conducts) = (live.view(), live.condition.ready(), conducts(live));
    let offered = memo(move || {
        let state = view.read();
        let known = |about| state.floor.rounds.iter().any(|round| round.about == about);
        let whole = if known(None) { words::REOPEN_ROUND } else { words::OPEN_ROUND };
        let mut offered = vec![(None, whole.to_owned())];
        if let Shown::Item(id) = state.conduct.shown
            && let Some(item) = state.item(id).filter(|item| state.is_visible(item))
            && matches!(item.kind(), ItemKind::Problem | ItemKind::Commitment)
        {
            let label = words::open_round(&name::numbered(&state, item), known(Some(id)));
            offered.push((Some(id), label));
        }
        offered
    });
    let button = move |(about, label): (Option<domain::ItemId>, String)| {
        view! {
            <button
                type="button"
                class="button"
                disabled=move || !ready.get()
                on:click=move |_| submit(live, Floor::OpenRound { about })
            >
                {label}
            </button>
        }
    };
    view! {
        <Show when=move || conducts.get()>
            <div class="buttons">{reactive(move || offered.get().into_iter().map(button).collect_view())}</div>
        </Show>
    }
    .into_any()
}

/// The open round.
#[component]
fn OpenRound() -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let rows = memo(move || rows(live, &view.read()));
    let ids = memo(move || rows.read().iter().map(|row| row.actor).collect::<Vec<_>>());
    let about = memo(move || {
        let state = view.read();
        let item = state.floor.round().and_then(|round| state.item(round.about?));
        words::round_about(&state, item.map(AsRef::as_ref))
    });
    let heard = memo(move || {
        let rows = rows.read();
        words::heard(rows.iter().filter(|row| row.mark.is_some()).count(), rows.len())
    });
    view! {
        <p class="secondary" translate="no">{reactive(move || about.get())}</p>
        <p class="round-count"><b>{reactive(move || heard.get())}</b></p>
        <ul class="round">
            <For each=move || ids.get() key=|actor| *actor let(actor)>
                <RoundRow actor rows/>
            </For>
        </ul>
        <Closing/>
    }
    .into_any()
}

/// An organisation.
#[component]
fn RoundRow(
    /// Which.
    actor: ActorNumber,
    /// All rows, up to date.
    rows: Memo<Vec<Row>>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready, conducts) = (live.view(), live.condition.ready(), conducts(live));
    let row = memo(move || rows.read().iter().find(|row| row.actor == actor).cloned());
    let name = memo(move || row.get().map(|row| row.name).unwrap_or_default());
    let standing = move || {
        row.get().map(|row| {
            let word = if row.speaks && row.mark.is_none() {
                words::SPEAKS_NOW
            } else {
                words::mark(row.mark)
            };
            if row.time > 0 { format!("{word} {}", words::time(row.time)) } else { word.to_owned() }
        })
    };
    let state = move || {
        row.get().map(|row| match (row.mark, row.speaks) {
            (Some(Mark::Spoke), _) => "spoke",
            (Some(Mark::Passed), _) => "passed",
            (None, true) => "speaks",
            (None, false) => "pending",
        })
    };
    let pending = memo(move || row.get().is_some_and(|row| row.mark.is_none() && !row.speaks));
    // On the list already, or put there and called at once.
    let call = move |_| {
        let waits = view
            .read_untracked()
            .floor
            .waiting
            .iter()
            .find(|entry| entry.who.actor == Some(actor))
            .map(|entry| entry.id);
        let entry = waits.unwrap_or_else(|| {
            let entry = EntryId(Uuid::now_v7());
            submit(live, Floor::Add { entry, whom: Added::Actor(actor) });
            entry
        });
        submit(live, Floor::Call { entry });
    };
    let button = move |class: &'static str, label: &'static str, mark: Option<Mark>| {
        view! {
            <button
                type="button"
                class=class
                aria-label=move || status::of(label, &name.read())
                disabled=move || !ready.get()
                on:click=move |_| submit(live, Floor::Mark { actor, mark })
            >
                {label}
            </button>
        }
        .into_any()
    };
    view! {
        <li>
            <b translate="no">{reactive(move || name.get())}</b>
            <span class="round-mark" data-mark=state>{reactive(standing)}</span>
            <Show when=move || conducts.get()>
                <div class="buttons">
                    {reactive(move || if pending.get() {
                        view! {
                            <button
                                type="button"
                                class="button"
                                aria-label=move || status::of(words::CALL, &name.read())
                                disabled=move || !ready.get()
                                on:click=call
                            >
                                {words::CALL}
                            </button>
                            {button("button", words::SPOKE, Some(Mark::Spoke))}
                            {button("button", words::PASSES, Some(Mark::Passed))}
                        }
                        .into_any()
                    } else if row.get().is_some_and(|row| row.mark.is_some()) {
                        button("link", words::CHANGE, None)
                    } else {
                        ().into_any()
                    })}
                </div>
            </Show>
        </li>
    }
    .into_any()
}

/// Closes the round: with a reason while somebody is pending.
#[component]
fn Closing() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready, conducts) = (live.view(), live.condition.ready(), conducts(live));
    let pending = memo(move || {
        let state = view.read();
        let named = |number| state.actor(number).map(|actor| actor.organisation.to_string());
        state.pending().into_iter().filter_map(named).collect::<Vec<_>>()
    });
    let complete = memo(move || pending.read().is_empty());
    let writing = Writing::new(live, "razon-ronda".to_owned());
    let close = move |_| {
        let reason = if complete.get_untracked() {
            None
        } else {
            let Some(reason) = writing.take() else { return };
            writing.sent();
            Some(reason)
        };
        submit(live, Floor::CloseRound { reason });
    };
    view! {
        <Show when=move || conducts.get()>
            <Show when=move || !complete.get()>
                <div class="say" data-tone="warn">
                    <p translate="no">{reactive(move || words::missing(&pending.read()))}</p>
                    <RemarkBox writing label=words::REASON rows=2/>
                </div>
            </Show>
            <div class="buttons">
                <button type="button" class="button" disabled=move || !ready.get() on:click=close>
                    {reactive(move || if complete.get() { words::CLOSE_ROUND } else { words::CLOSE_WITH_REASON })}
                </button>
            </div>
        </Show>
    }
    .into_any()
}

/// How long each sector spoke, once anybody did.
#[component]
fn BySector() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, minute) = (live.view(), live.clocks.minutes());
    let sums = memo(move || {
        minute.track();
        let state = view.read();
        let sums = state.spoken_by_sector(live.clocks.now());
        let sector = |sector: Option<domain::exercise::Sector>| {
            let named = state.exercise.as_ref().zip(sector);
            named
                .and_then(|(card, sector)| card.sector_name(sector))
                .unwrap_or(words::ON_THEIR_OWN)
                .to_owned()
        };
        sums.into_iter().map(|(of, _, time)| (sector(of), time)).collect::<Vec<_>>()
    });
    let any = memo(move || sums.read().iter().any(|(_, time)| *time > 0));
    let row = |(sector, time): (String, i64)| {
        view! { <li data-none=(time == 0).then_some("")><b>{words::time(time)}</b> " " <span translate="no">{sector}</span></li> }
    };
    view! {
        <Show when=move || any.get()>
            <section class="screen-head" aria-labelledby="por-sector">
                <h2 id="por-sector">{words::BY_SECTOR}</h2>
                <ul class="spoken">{reactive(move || sums.get().into_iter().map(row).collect_view())}</ul>
            </section>
        </Show>
    }
    .into_any()
}
