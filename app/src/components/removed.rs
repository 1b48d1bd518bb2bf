//! Items that were deleted from a list and that the viewer may restore.

use domain::deliberation;
use domain::deliberation::decide::may_delete;
use domain::{Command, ItemId, ItemKind};
use leptos::prelude::*;

use crate::erased::{ForItems, Show, memo, reactive};
use crate::state::Live;
use crate::text::{list, name};

/// A list's deleted items, folded.
#[component]
pub fn Removed(
    /// Their kind.
    kind: ItemKind,
    /// The commitment, for activities.
    parent: Option<ItemId>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, me) = (live.view(), live.me());
    let ids = memo(move || {
        let state = view.read();
        let restorable = |id: &ItemId| {
            state
                .item(*id)
                .is_some_and(|item| item.removed && may_delete(&state, item, me.role, me.person))
        };
        state.deliberation.list(kind, parent).iter().copied().filter(restorable).collect::<Vec<_>>()
    });
    view! {
        <Show when=move || !ids.read().is_empty()>
            <details class="removed">
                <summary>{reactive(move || format!("{} ({})", list::REMOVED, ids.read().len()))}</summary>
                <ul class="rows">
                    <ForItems each=ids let(id)>
                        <RemovedRow id/>
                    </ForItems>
                </ul>
            </details>
        </Show>
    }
    .into_any()
}

#[component]
fn RemovedRow(
    /// The deleted item.
    id: ItemId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (item, ready) = (live.item(id), live.condition.ready());
    let title = move || item.read().as_ref().map(|item| name::title(item)).unwrap_or_default();
    view! {
        <li class="row">
            <span translate="no">{reactive(title)}</span>
            <button
                type="button"
                class="button"
                aria-label=move || list::of(list::RESTORE, &title())
                disabled=move || !ready.get()
                on:click=move |_| live.submit(Command::Deliberation(deliberation::Command::Restore { item: id }))
            >
                {list::RESTORE}
            </button>
        </li>
    }
    .into_any()
}
