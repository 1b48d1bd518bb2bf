//! Everything that can be projected, each with a button to project it.

use domain::{ItemId, ItemKind, Shown};
use leptos::prelude::*;

use super::conducts;
use super::sequence::Stage;
use crate::address;
use crate::erased::{ForItems, Show, memo, reactive};
use crate::state::Live;
use crate::text::{desk, list, name, wall};

/// The commitments and the problems.
#[component]
pub fn AllChoices(
    /// The stage.
    stage: Stage,
) -> impl IntoView {
    view! {
        <section class="screen-head" aria-labelledby="elegir">
            <h2 id="elegir">{desk::CHOOSE}</h2>
            <h3>{list::heading(ItemKind::Commitment)}</h3>
            <Choices kind=ItemKind::Commitment stage/>
            <h3>{list::heading(ItemKind::Problem)}</h3>
            <Choices kind=ItemKind::Problem stage/>
        </section>
    }
    .into_any()
}

/// The items of a kind.
#[component]
fn Choices(
    /// Their kind.
    kind: ItemKind,
    /// The stage.
    stage: Stage,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let ids = live.list(kind, None);
    view! {
        <Show when=move || ids.read().is_empty()>
            <p class="empty">{list::empty_reading(kind)}</p>
        </Show>
        <ol class="rows">
            <ForItems each=ids let(id)>
                <Choice id stage/>
            </ForItems>
        </ol>
    }
    .into_any()
}

#[component]
fn Choice(
    /// The item.
    id: ItemId,
    /// The stage.
    stage: Stage,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, item, conducts) = (live.view(), live.item(id), conducts(live));
    let (ready, connected) = (stage.ready(), live.condition.ready());
    let waits = memo(move || stage.next.read().contains(&id));
    let title =
        memo(move || item.read().as_ref().map(|item| name::title(item)).unwrap_or_default());
    let number = memo(move || item.read().as_ref().and_then(|item| view.read().number(item)));
    let is_shown = memo(move || *stage.shown.read() == Shown::Item(id));
    let href = move || item.read().as_ref().map(|item| address::of(live.mesa(), item));
    view! {
        <li class="desk-row" data-shown=move || is_shown.get().then_some("")>
            <a class="link row-title" href=href>
                <span translate="no"><span class="row-number">{reactive(move || number.get().map(|number| format!("{number}. ")))}</span>{reactive(move || title.get())}</span>
            </a>
            <Show when=move || conducts.get()>
                <div class="buttons">
                    <button
                        type="button"
                        class="button"
                        aria-pressed=move || if is_shown.get() { "true" } else { "false" }
                        aria-label=move || list::of(if is_shown.get() { desk::SHOWING } else { desk::SHOW }, &title.read())
                        disabled=move || !ready.get()
                        on:click=move |_| stage.show(Shown::Item(id))
                    >
                        {reactive(move || if is_shown.get() { desk::SHOWING } else { desk::SHOW })}
                    </button>
                    <button
                        type="button"
                        class="link"
                        aria-label=move || list::of(if waits.get() { wall::WAITS } else { wall::LINE_UP }, &title.read())
                        disabled=move || !connected.get() || waits.get()
                        on:click=move |_| stage.line_up(id, false)
                    >
                        {reactive(move || if waits.get() { wall::WAITS } else { wall::LINE_UP })}
                    </button>
                </div>
            </Show>
        </li>
    }
    .into_any()
}
