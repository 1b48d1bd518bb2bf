//! A row of a list: an item's title, its summary, the link to its sheet, and its place while
//! ordering.

use domain::deliberation;
use std::sync::Arc;

use domain::deliberation::item::Details;
use domain::{Command, Item, ItemId, ItemKind, Mesa, TextField};
use leptos::html;
use leptos::prelude::*;

use super::CategoryMark;
use crate::address;
use crate::erased::{Show, effect, memo, reactive};
use crate::parts;
use crate::state::Live;
use crate::text::{count, date, list, name, sheet};

/// A row.
#[component]
pub fn ItemRow(
    /// The item.
    id: ItemId,
    /// Its kind.
    kind: ItemKind,
    /// The list that it is in.
    #[prop(into)]
    ids: Signal<Vec<ItemId>>,
    /// Whether the order is being changed.
    #[prop(into)]
    ordering: Signal<bool>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, item) = (live.view(), live.item(id));
    let title =
        memo(move || item.read().as_ref().map(|item| name::title(item)).unwrap_or_default());
    let href = move || item.read().as_ref().map(|item| address::of(live.mesa(), item));
    let number = move || ids.read().iter().position(|other| *other == id).map(|place| place + 1);
    let category = memo(move || {
        item.read().as_ref().and_then(|item| item.as_commitment()).and_then(|c| c.category)
    });
    let due =
        memo(move || item.read().as_ref().and_then(|item| item.as_activity()).and_then(|a| a.due));
    let rest = memo(move || {
        item.read().as_ref().map(|item| summary(&view.read(), item)).unwrap_or_default()
    });
    // Who is responsible for an activity, and its deliverable.
    let written = kind == ItemKind::Activity;
    view! {
        <li class="row">
            <a class="row-link" href=href>
                {(kind == ItemKind::Commitment).then(|| view! { <CategoryMark category/> })}
                <span class="row-with-date">
                    <span class="row-title" translate="no">
                        <span class="row-number">{reactive(move || number().map(|number| format!("{number}. ")))}</span>
                        {reactive(move || title.get())}
                    </span>
                    {(kind == ItemKind::Activity).then(|| view! {
                        <span class=move || if due.get().is_some() { "date secondary" } else { "missing" }>
                            {reactive(move || due.get().map_or_else(|| sheet::NO_DUE.to_owned(), date::date))}
                        </span>
                    })}
                </span>
                <span class=move || if rest.read().missing { "missing" } else { "secondary" } translate=written.then_some("no")>{reactive(move || rest.read().words.clone())}</span>
            </a>
            <Show when=move || ordering.get()>
                {parts::places(id, ids, title)}
            </Show>
        </li>
    }
    .into_any()
}

/// The most important facts about an item, in a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Summary {
    words: String,
    missing: bool,
}

fn summary(state: &Mesa, item: &Arc<Item>) -> Summary {
    let (parts, missing): (Vec<Option<String>>, bool) = match &item.details {
        Details::Problem(problem) => (
            vec![
                Some(name::problem_state(state, &problem.state)),
                problem.origin.map(|o| name::origin(o).to_owned()),
            ],
            false,
        ),
        Details::Commitment(commitment) => {
            let activities = state.visible(ItemKind::Activity, Some(item.id)).count();
            (vec![Some(count::activities(activities)), name::party(state, &commitment.lead)], false)
        }
        Details::Activity(activity) => {
            let post = Some(activity.responsible_post.to_string()).filter(|post| !post.is_empty());
            let who = post.or_else(|| name::party(state, &activity.lead));
            let missing = who.is_none();
            let deliverable = Some(item.text(TextField::Deliverable).trim().to_owned())
                .filter(|text| !text.is_empty());
            (vec![who.or_else(|| Some(sheet::NO_LEAD.to_owned())), deliverable], missing)
        }
        Details::Solution(solution) => {
            (vec![Some(solution.proposed_by.to_string()).filter(|who| !who.is_empty())], false)
        }
        Details::DraftCommitment(draft) => {
            (vec![draft.origin.map(|origin| name::origin(origin).to_owned())], false)
        }
        Details::Contribution(contribution) => {
            let actor = contribution.actor.and_then(|number| state.actor(number));
            (vec![actor.map(|actor| actor.organisation.to_string())], false)
        }
    };
    let separator = if item.kind() == ItemKind::Activity { " → " } else { " · " };
    Summary { words: parts.into_iter().flatten().collect::<Vec<_>>().join(separator), missing }
}

/// Buttons for one place up and one place down, and a choice of any place.
#[component]
pub fn PlaceButtons(
    /// The item.
    id: ItemId,
    /// The list that it is in.
    ids: Signal<Vec<ItemId>>,
    /// Its title.
    title: Memo<String>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let place = memo(move || ids.read().iter().position(|other| *other == id));
    let is_first = move || place.get() == Some(0);
    let is_last = move || place.get().is_none_or(|place| place + 1 == ids.read().len());
    let (up, down) = (NodeRef::<html::Button>::new(), NodeRef::<html::Button>::new());
    // A row that is moved loses the focus; the next tap has to find it where it was.
    let stay = |button: NodeRef<html::Button>| {
        request_animation_frame(move || {
            if let Some(button) = button.get_untracked() {
                let _ = button.focus();
            }
        });
    };
    let move_up = move |_| {
        let list = ids.get_untracked();
        let Some(place) = place.get_untracked().filter(|place| *place > 0) else { return };
        let after = place.checked_sub(2).and_then(|before| list.get(before)).copied();
        live.submit(Command::Deliberation(deliberation::Command::Move { item: id, after }));
        stay(up);
    };
    let move_down = move |_| {
        let list = ids.get_untracked();
        let Some(next) = place.get_untracked().and_then(|place| list.get(place + 1)).copied()
        else {
            return;
        };
        live.submit(Command::Deliberation(deliberation::Command::Move {
            item: id,
            after: Some(next),
        }));
        stay(down);
    };
    // However far it goes, it is one choice.
    let places = NodeRef::<html::Select>::new();
    let move_to = move |_| {
        let Some(chosen) = places.get_untracked() else { return };
        let mut list = ids.get_untracked();
        list.retain(|other| *other != id);
        // The first place is chosen as 0.
        let Some(to) = chosen.value().parse::<usize>().ok().filter(|to| *to <= list.len()) else {
            return;
        };
        let after = to.checked_sub(1).and_then(|before| list.get(before)).copied();
        live.submit(Command::Deliberation(deliberation::Command::Move { item: id, after }));
        request_animation_frame(move || {
            if let Some(places) = places.try_get_untracked().flatten() {
                let _ = places.focus();
            }
        });
    };
    let options = move || {
        let count = ids.read().len();
        let option = |at: usize| view! { <option value=at.to_string()>{list::place(at + 1, count)}</option> };
        (0..count).map(option).collect_view()
    };
    // Also where somebody else moved it meanwhile, or the move was refused.
    effect(move || {
        ids.track();
        if let Some((places, place)) = places.get().zip(place.get()) {
            places.set_value(&place.to_string());
        }
    });
    view! {
        <div class="row-buttons">
            <button
                type="button"
                class="button"
                node_ref=up
                aria-label=move || list::of(list::UP, &title.read())
                aria-disabled=move || is_first().then_some("true")
                on:click=move_up
            >
                {list::UP}
            </button>
            <button
                type="button"
                class="button"
                node_ref=down
                aria-label=move || list::of(list::DOWN, &title.read())
                aria-disabled=move || is_last().then_some("true")
                on:click=move_down
            >
                {list::DOWN}
            </button>
            <label class="row-place">
                <span aria-hidden="true">{list::MOVE_TO}</span>
                <select
                    class="field-control"
                    node_ref=places
                    aria-label=move || list::of(list::MOVE_TO, &title.read())
                    on:change=move_to
                >
                    {reactive(options)}
                </select>
            </label>
        </div>
    }
    .into_any()
}
