//! What the projector shows, and everything it could.

use domain::{Command, ItemId, ItemKind, Shown, State};
use leptos::prelude::*;

use super::conducts;
use crate::components::CategoryMark;
use crate::pages::address;
use crate::state::Live;
use crate::text::{desk, list, name};

/// What is projected, the buttons that change it, and the list of all that can be.
#[component]
pub fn Projection() -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, conducts) = (live.view(), conducts(live));
    let shown = Memo::new(move |_| view.read().shown.clone());
    view! {
        <section class="screen-head" aria-labelledby="proyectado">
            <h2 id="proyectado">{desk::SHOWN}</h2>
            <ShownCard shown/>
            <Show when=move || conducts.get()>
                <div class="buttons">
                    <Step shown forward=false/>
                    <Step shown forward=true/>
                </div>
                <div class="buttons">
                    <ShowButton shown to=Shown::Agreement label=desk::SHOW_AGREEMENT/>
                    <ShowButton shown to=Shown::Blank label=desk::SHOW_BLANK/>
                </div>
            </Show>
            <div class="buttons">
                <a class="link" href=address::projector(live.mesa()) rel="external" target="_blank">{desk::PROJECTOR}</a>
                <a class="link" href=address::public(live.mesa()) rel="external">{desk::PUBLIC}</a>
            </div>
        </section>
        <section class="screen-head" aria-labelledby="elegir">
            <h2 id="elegir">{desk::CHOOSE}</h2>
            <h3>{list::heading(ItemKind::Commitment)}</h3>
            <Choices kind=ItemKind::Commitment shown/>
            <h3>{list::heading(ItemKind::Problem)}</h3>
            <Choices kind=ItemKind::Problem shown/>
        </section>
    }
    .into_any()
}

#[component]
fn ShownCard(
    /// What is projected.
    shown: Memo<Shown>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let drawn = move || match shown.get() {
        Shown::Agreement => view! { <p class="row-title">{desk::AGREEMENT}</p> }.into_any(),
        Shown::Blank => view! { <p class="row-title">{desk::BLANK}</p> }.into_any(),
        Shown::Item(id) => {
            let state = view.read();
            let item = state.item(id).filter(|item| state.is_visible(item)).cloned();
            item.map(|item| {
                let category = item.as_commitment().map(|commitment| commitment.category);
                view! {
                    {category.map(|category| view! { <CategoryMark category/> })}
                    <p class="card-eyebrow">{name::numbered(&state, &item)}</p>
                    <p class="row-title">{name::title(&item)}</p>
                    <a class="link" href=address::of(live.mesa(), &item)>{desk::OPEN}</a>
                }
            })
            .into_any()
        }
    };
    view! { <div class="card" aria-live="polite">{drawn}</div> }
}

/// Projects something; says so when it is projected already.
#[component]
fn ShowButton(
    /// What is projected.
    shown: Memo<Shown>,
    /// What would be.
    to: Shown,
    /// What the button says.
    label: &'static str,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let ready = live.ready();
    let to = StoredValue::new(to);
    view! {
        <button
            type="button"
            class="button"
            aria-pressed=move || if to.with_value(|to| shown.read() == *to) { "true" } else { "false" }
            disabled=move || !ready.get()
            on:click=move |_| live.submit(Command::Show { shown: to.get_value() })
        >
            {label}
        </button>
    }
    .into_any()
}

/// Everything that can be projected, in the order of the buttons: the agreement, then its commitments, then the problems.
fn order(state: &State) -> Vec<Shown> {
    let items = state.visible(ItemKind::Commitment, None).chain(state.visible(ItemKind::Problem, None));
    std::iter::once(Shown::Agreement).chain(items.map(|item| Shown::Item(item.id))).collect()
}

/// What comes before or after what is projected. From the blank screen it goes on with the first.
fn beside(state: &State, forward: bool) -> Option<Shown> {
    let order = order(state);
    let beside = match order.iter().position(|shown| *shown == state.shown) {
        Some(place) if forward => place + 1,
        Some(place) => place.checked_sub(1)?,
        None if forward => 0,
        None => return None,
    };
    order.into_iter().nth(beside)
}

/// Projects what comes before or after.
#[component]
fn Step(
    /// What is projected.
    shown: Memo<Shown>,
    /// Whether it goes on, not back.
    forward: bool,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready) = (live.view(), live.ready());
    let target = Memo::new(move |_| {
        shown.track();
        beside(&view.read(), forward)
    });
    let word = if forward { desk::NEXT } else { desk::PREVIOUS };
    let label = move || match target.get() {
        Some(Shown::Item(id)) if forward => {
            let state = view.read();
            state.item(id).map_or_else(|| word.to_owned(), |item| list::of(word, &name::title(item)))
        }
        Some(Shown::Item(_) | Shown::Agreement | Shown::Blank) | None => word.to_owned(),
    };
    view! {
        <button
            type="button"
            class="button step"
            data-tone=forward.then_some("accent")
            disabled=move || !ready.get() || target.read().is_none()
            on:click=move |_| {
                if let Some(shown) = target.get_untracked() {
                    live.submit(Command::Show { shown });
                }
            }
        >
            <span>{label}</span>
        </button>
    }
    .into_any()
}

/// The items of a kind, each with the button that projects it.
#[component]
fn Choices(
    /// Which kind.
    kind: ItemKind,
    /// What is projected.
    shown: Memo<Shown>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let ids = live.list(kind, None);
    view! {
        <Show when=move || ids.read().is_empty()>
            <p class="empty">{list::empty_reading(kind)}</p>
        </Show>
        <ol class="rows">
            <For each=move || ids.get() key=|id| *id let(id)>
                <Choice id shown/>
            </For>
        </ol>
    }
    .into_any()
}

#[component]
fn Choice(
    /// The item.
    id: ItemId,
    /// What is projected.
    shown: Memo<Shown>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, item, ready, conducts) = (live.view(), live.item(id), live.ready(), conducts(live));
    let title = Memo::new(move |_| item.read().as_ref().map(|item| name::title(item)).unwrap_or_default());
    let number = move || item.read().as_ref().and_then(|item| view.read().number(item)).map(|number| format!("{number}. "));
    let is_shown = Memo::new(move |_| *shown.read() == Shown::Item(id));
    let href = move || item.read().as_ref().map(|item| address::of(live.mesa(), item));
    view! {
        <li class="desk-row" data-shown=move || is_shown.get().then_some("")>
            <a class="link row-title" href=href>
                <span><span class="row-number">{number}</span>{move || title.get()}</span>
            </a>
            <Show when=move || conducts.get()>
                <button
                    type="button"
                    class="button"
                    aria-pressed=move || if is_shown.get() { "true" } else { "false" }
                    aria-label=move || list::of(if is_shown.get() { desk::SHOWING } else { desk::SHOW }, &title.read())
                    disabled=move || !ready.get()
                    on:click=move |_| live.submit(Command::Show { shown: Shown::Item(id) })
                >
                    {move || if is_shown.get() { desk::SHOWING } else { desk::SHOW }}
                </button>
            </Show>
        </li>
    }
    .into_any()
}
