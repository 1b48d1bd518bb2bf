//! Which problems come first: opening it, how many organisations divided their points, closing it, and
//! the result. What each gave is nowhere here, because the desk doesn't get it.

use domain::priority::Command as Priority;
use domain::{Command, ItemId, ItemKind, Shown, deliberation};
use leptos::html;
use leptos::prelude::*;

use super::conducts;
use super::sequence::Stage;
use crate::components::{Asked, Ranking};
use crate::erased::{Show, memo, reactive};
use crate::state::Live;
use crate::state::priority::ranked;
use crate::text::priority as words;

/// Numbers of points that are offered.
const POINTS: [u8; 5] = [1, 3, 5, 10, 20];
/// The one that is offered first.
const USUAL: u8 = 5;

fn submit(live: Live, command: Priority) {
    live.submit(Command::Priority(command));
}

/// The part of the desk.
#[component]
pub fn PriorityPart(
    /// What is projected.
    stage: Stage,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let open = memo(move || view.read().priority.open.as_ref().map(|open| open.number));
    let closed = memo(move || !view.read().priority.closed.is_empty());
    let before = memo(move || domain::Action::GivePoints.is_open_in(view.read().conduct.phase));
    view! {
        <Show when=move || open.get().is_some() || closed.get() || before.get()>
            <section class="screen-head" aria-labelledby="reparto">
                <h2 id="reparto">{words::HEADING}</h2>
                {reactive(move || match open.get() {
                    Some(number) => view! { <Open number/> }.into_any(),
                    None => view! { <Outcome stage/> <Opening before/> }.into_any(),
                })}
            </section>
        </Show>
    }
    .into_any()
}

/// Opens one.
#[component]
fn Opening(
    /// Whether it can be opened in this phase.
    before: Memo<bool>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready, conducts) = (live.view(), live.condition.ready(), conducts(live));
    let enough = memo(move || {
        let state = view.read();
        let problems = state.visible(ItemKind::Problem, None);
        problems.filter(|item| state.is_choosable(item.id)).count() > 1
    });
    let again = memo(move || !view.read().priority.closed.is_empty());
    let select = NodeRef::<html::Select>::new();
    let open = move |_| {
        let points = select.get_untracked().and_then(|select| select.value().parse().ok());
        submit(live, Priority::Open { points: points.unwrap_or(USUAL) });
    };
    view! {
        <Show when=move || conducts.get() && before.get()>
            <p class="secondary">{words::LEAD}</p>
            <Show when=move || !enough.get()><p class="secondary">{words::TOO_FEW}</p></Show>
            <div class="floor-length">
                <label class="field-label" for="puntos-por-actor">{words::POINTS}</label>
                <select id="puntos-por-actor" class="field-control" autocomplete="off" node_ref=select>
                    {POINTS.map(|points| view! { <option value=points.to_string() selected=points == USUAL>{points}</option> }).collect_view()}
                </select>
            </div>
            <div class="buttons">
                <button type="button" class="button" disabled=move || !ready.get() || !enough.get() on:click=open>
                    {reactive(move || if again.get() { words::OPEN_AGAIN } else { words::OPEN })}
                </button>
            </div>
        </Show>
    }
    .into_any()
}

/// The open one.
#[component]
fn Open(
    /// Its number.
    number: u16,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, conducts) = (live.view(), conducts(live));
    let count = memo(move || {
        let state = view.read();
        let given = state.priority.open.as_ref().map_or(0, |open| open.count());
        words::count(given, state.prioritising().count())
    });
    let any = memo(move || view.read().priority.open.as_ref().is_some_and(|it| it.count() > 0));
    let missing = memo(move || {
        let state = view.read();
        let named = |number| state.actor(number).map(|actor| actor.organisation.to_string());
        let names: Vec<_> = state.not_prioritised().into_iter().filter_map(named).collect();
        (!names.is_empty()).then(|| words::missing(&names.join(", ")))
    });
    view! {
        <p class="round-count"><b>{reactive(move || count.get())}</b></p>
        <p class="secondary" translate="no">{reactive(move || missing.get())}</p>
        <p class="secondary">{words::SECRET_AT_DESK}</p>
        <Show when=move || conducts.get()>
            <div class="buttons">
                <Show when=move || any.get()>
                    <Asked words=words::CLOSE on_confirm=Callback::new(move |()| submit(live, Priority::Close { number }))/>
                </Show>
                <Asked words=words::CANCEL on_confirm=Callback::new(move |()| submit(live, Priority::Cancel { number }))/>
            </div>
        </Show>
    }
    .into_any()
}

/// What the last one came to, and what can be done with it.
#[component]
fn Outcome(
    /// What is projected.
    stage: Stage,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready, conducts) = (live.view(), live.condition.ready(), conducts(live));
    let wall = stage.ready();
    let closed = memo(move || !view.read().priority.closed.is_empty());
    // In the order of the result, then those that weren't in it, as they stand.
    let order = memo(move || {
        let state = view.read();
        let outcome = state.priority.closed.last();
        let first = outcome.map(|outcome| ranked(&state, outcome)).unwrap_or_default();
        first.into_iter().map(|ranked| ranked.id).collect::<Vec<ItemId>>()
    });
    let sorted = memo(move || {
        let state = view.read();
        let stand = state.visible(ItemKind::Problem, None).map(|item| item.id);
        stand.take(order.read().len()).eq(order.read().iter().copied())
    });
    let may_sort = memo(move || {
        let (phase, role) = (view.read().conduct.phase, live.me().role);
        deliberation::decide::may_arrange(phase, role, ItemKind::Problem)
    });
    let sort = move |_| {
        let order = order.get_untracked();
        let after = std::iter::once(None).chain(order.iter().copied().map(Some));
        for (item, after) in order.iter().copied().zip(after) {
            live.submit(Command::Deliberation(deliberation::Command::Move { item, after }));
        }
    };
    view! {
        <Ranking/>
        <Show when=move || closed.get() && conducts.get()>
            <div class="buttons">
                <button
                    type="button"
                    class="button"
                    aria-pressed=move || if *stage.shown.read() == Shown::Priority { "true" } else { "false" }
                    disabled=move || !wall.get()
                    on:click=move |_| stage.show(Shown::Priority)
                >
                    {words::SHOW}
                </button>
                <Show when=move || may_sort.get() && !sorted.get()>
                    <button type="button" class="button" disabled=move || !ready.get() on:click=sort>{words::SORT}</button>
                </Show>
            </div>
            <Show when=move || sorted.get()><p class="secondary">{words::SORTED}</p></Show>
        </Show>
    }
    .into_any()
}
