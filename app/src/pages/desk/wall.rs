//! The wall, as those who facilitate lead it together: who has it, whether it stands still, and what
//! comes next.

use domain::conduct::Command as Conduct;
use domain::{Command, ItemId, Shown};
use leptos::prelude::*;

use super::sequence::Stage;
use crate::erased::{ForItems, Show, effect, memo, reactive};
use crate::state::Live;
use crate::text::{list, name, wall as words};

/// Who has the wall, as the desk tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Holder {
    Nobody,
    Oneself,
    Other(String),
}

/// Who has the wall, with the one tap that takes it.
#[component]
pub fn WallPart(
    /// The stage.
    stage: Stage,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, roster, ready) = (live.view(), live.roster(), live.condition.ready());
    let holder = memo(move || {
        let state = view.read();
        let Some(by) = state.conduct.wall.by else { return Holder::Nobody };
        if stage.mine.get() {
            return Holder::Oneself;
        }
        let roster = roster.read();
        let theirs = roster.iter().find(|present| state.people.are_one(present.person, by));
        let name = theirs.map(|present| present.name.clone()).filter(|name| !name.is_empty());
        Holder::Other(name.unwrap_or_else(|| words::SOMEBODY.to_owned()))
    });
    // Whoever had it is told that it was taken, until they act.
    let (had, lost) = (StoredValue::new(false), RwSignal::new(false));
    effect(move || {
        let now = holder.get();
        if had.get_value() && matches!(now, Holder::Other(_)) {
            lost.set(true);
        }
        if now == Holder::Oneself {
            lost.set(false);
        }
        had.set_value(now == Holder::Oneself);
    });
    let said = move || match holder.get() {
        Holder::Nobody => words::ANYBODY.to_owned(),
        Holder::Oneself => words::YOURS.to_owned(),
        Holder::Other(name) if lost.get() => words::taken_by(&name),
        Holder::Other(name) => words::led_by(&name),
    };
    let others = memo(move || matches!(&*holder.read(), Holder::Other(_)));
    let own = memo(move || *holder.read() == Holder::Oneself);
    let take = move |_| {
        let taken = !own.get_untracked();
        live.submit(Command::Conduct(Conduct::TakeWall { taken }));
    };
    view! {
        <div class="wall-holder" data-others=move || others.get().then_some("")>
            <p role="status">{reactive(said)}</p>
            <button
                type="button"
                class=move || if others.get() { "button" } else { "link" }
                disabled=move || !ready.get()
                on:click=take
            >
                {reactive(move || if own.get() { words::LET_GO } else { words::TAKE })}
            </button>
        </div>
    }
    .into_any()
}

/// Has the wall stand still, or move again.
#[component]
pub fn HoldButton(
    /// The stage.
    stage: Stage,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready) = (live.view(), stage.ready());
    let held = memo(move || view.read().conduct.wall.held);
    let hold = move |_| {
        let held = !held.get_untracked();
        live.submit(Command::Conduct(Conduct::HoldWall { held }));
    };
    view! {
        <button
            type="button"
            class="button"
            disabled=move || !ready.get()
            on:click=hold
        >
            {reactive(move || if held.get() { words::RELEASE } else { words::HOLD })}
        </button>
        <p role="status" class="wall-held">{reactive(move || held.get().then_some(words::HELD))}</p>
    }
    .into_any()
}

/// What comes next.
#[component]
pub fn NextPart(
    /// The stage.
    stage: Stage,
) -> impl IntoView {
    let empty = move || stage.next.read().is_empty();
    view! {
        <section class="screen-head" aria-labelledby="lo-que-sigue">
            <h2 id="lo-que-sigue">{words::NEXT}</h2>
            <Show when=empty><p class="secondary">{words::NEXT_EMPTY}</p></Show>
            <ol class="rows">
                <ForItems each=stage.next let(id)><NextRow id stage/></ForItems>
            </ol>
        </section>
    }
    .into_any()
}

/// An item that waits.
#[component]
fn NextRow(
    /// The item.
    id: ItemId,
    /// The stage.
    stage: Stage,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, item, ready) = (live.view(), live.item(id), live.condition.ready());
    let title =
        memo(move || item.read().as_ref().map(|item| name::title(item)).unwrap_or_default());
    let kind = memo(move || {
        item.read().as_ref().map(|item| name::numbered(&view.read(), item)).unwrap_or_default()
    });
    let is_first = memo(move || stage.next.read().first() == Some(&id));
    let button = move |label: &'static str, act: Callback<()>| {
        view! {
            <button
                type="button"
                class="link"
                aria-label=move || list::of(label, &title.read())
                disabled=move || !ready.get()
                on:click=move |_| act.run(())
            >
                {label}
            </button>
        }
        .into_any()
    };
    let leave_out = Callback::new(move |()| {
        live.submit(Command::Conduct(Conduct::LeaveOut { item: id }));
    });
    view! {
        <li class="desk-row">
            <p class="row-title"><span class="secondary">{reactive(move || kind.get())}</span> " " <span translate="no">{reactive(move || title.get())}</span></p>
            <div class="buttons">
                {button(words::PREVIEW, Callback::new(move |()| stage.prepare(Shown::Item(id))))}
                <Show when=move || !is_first.get()>
                    {button(words::FIRST, Callback::new(move |()| stage.line_up(id, true)))}
                </Show>
                {button(words::LEAVE_OUT, leave_out)}
            </div>
        </li>
    }
    .into_any()
}
