//! A list of problems, commitments or activities: rows, ordering, deleted items, and the button
//! that adds one.

use domain::deliberation::decide::{may_add, may_arrange};
use domain::{ItemId, ItemKind};
use leptos::prelude::*;

use super::item_row::ItemRow;
use super::removed::Removed;
use crate::address;
use crate::erased::{ForItems, Show, memo, reactive};
use crate::navigation::Navigation;
use crate::state::Live;
use crate::text::list;

/// The items of one kind, of the mesa or of one commitment.
#[component]
pub fn ItemList(
    /// Their kind.
    kind: ItemKind,
    /// The commitment, for activities.
    #[prop(optional)]
    parent: Option<ItemId>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, role, ready) = (live.view(), live.me().role, live.condition.ready());
    let ids = live.list(kind, parent);
    let belongs_to_read = move || {
        parent.is_none_or(|parent| view.read().item(parent).is_some_and(|parent| !parent.removed))
    };
    // A problem that is written alone has a screen of its own.
    let alone = live.writes_alone();
    let can_add = memo(move || {
        may_add(view.read().conduct.phase, role, kind)
            && belongs_to_read()
            && !(kind == ItemKind::Problem && alone.get())
    });
    let can_arrange = memo(move || {
        may_arrange(view.read().conduct.phase, role, kind)
            && belongs_to_read()
            && ids.read().len() > 1
    });
    let wants_order = RwSignal::new(false);
    let ordering = memo(move || wants_order.get() && can_arrange.get());
    let navigation = expect_context::<Navigation>();
    let add = Callback::new(move |()| {
        let item = live.add(kind, parent);
        navigation.go(&address::sheet(live.mesa(), kind, parent, item));
    });
    view! {
        <Show when=move || ids.read().is_empty()>
            <p class="empty">{reactive(move || if can_add.get() { list::empty(kind) } else { list::empty_reading(kind) })}</p>
        </Show>
        <ol class="rows">
            <ForItems each=ids let(id)>
                <ItemRow id kind ids ordering/>
            </ForItems>
        </ol>
        <Show when=move || can_arrange.get()>
            <div class="buttons"><Reorder ordering wants=wants_order/></div>
        </Show>
        <Removed kind parent/>
        <Show when=move || can_add.get()>
            <button
                type="button"
                class="action screen-action"
                disabled=move || !ready.get()
                on:click=move |_| add.run(())
            >
                {list::add(kind)}
            </button>
        </Show>
    }
    .into_any()
}

/// The button that turns ordering on and off.
#[component]
pub(super) fn Reorder(
    /// Whether the list is being ordered.
    #[prop(into)]
    ordering: Signal<bool>,
    /// Whether the person wants to order it.
    wants: RwSignal<bool>,
) -> impl IntoView {
    let ready = expect_context::<Live>().condition.ready();
    view! {
        <button
            type="button"
            class="button"
            aria-pressed=move || if ordering.get() { "true" } else { "false" }
            disabled=move || !ready.get()
            on:click=move |_| wants.update(|wants| *wants = !*wants)
        >
            {reactive(move || if ordering.get() { list::REORDER_DONE } else { list::REORDER })}
        </button>
    }
    .into_any()
}
