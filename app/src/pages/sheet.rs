//! The sheet of an item: all its fields, read and, where permitted, edited in place.

mod activity;
mod cells;
mod commitment;
mod problem;
mod standing;

use domain::deliberation;
use domain::{Command, ItemId, ItemKind, TextField};
use leptos::prelude::*;

use crate::address;
use crate::components::field::Advising;
use crate::components::{Confirm, ScreenHeading, field};
use crate::erased::{Show, memo, reactive};
use crate::navigation::Navigation;
use crate::state::Live;
use crate::text::{self, list, name};

pub use activity::ActivitySheet;
pub use commitment::CommitmentSheet;
pub use problem::ProblemSheet;

/// The frame of a sheet. Its fields stay mounted when the item is deleted or the phase ends
/// editing: an open editor tells its author itself.
#[component]
fn Sheet(
    /// The item.
    item: ItemId,
    /// Its kind.
    kind: ItemKind,
    /// Its parts.
    children: Children,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, known) = (live.view(), live.item(item));
    let heading = memo(move || {
        known.read().as_ref().map(|item| name::numbered(&view.read(), item)).unwrap_or_default()
    });
    let gone =
        memo(move || known.read().as_ref().is_some_and(|item| !view.read().is_visible(item)));
    let editable = live.editable(item);
    provide_context(Advising::of(live, item, editable));
    let kinds = live.contribution_kinds();
    // Contributions about solutions and activities are made on the sheet that they belong to.
    let may_say = memo(move || {
        matches!(kind, ItemKind::Problem | ItemKind::Commitment) && !kinds.read().is_empty()
    });
    let parent = known.get_untracked().and_then(|item| item.parent());
    let back = match (kind, parent) {
        (ItemKind::Problem | ItemKind::Contribution, _) => address::problems(live.mesa()),
        (ItemKind::Activity, Some(commitment)) => {
            address::sheet(live.mesa(), ItemKind::Commitment, None, commitment)
        }
        (ItemKind::Solution | ItemKind::DraftCommitment, problem) => problem.map_or_else(
            || address::problems(live.mesa()),
            |problem| address::sheet(live.mesa(), ItemKind::Problem, None, problem),
        ),
        (ItemKind::Commitment | ItemKind::Activity, _) => address::commitments(live.mesa()),
    };
    view! {
        <a class="link back" href=back.clone()>{text::sheet::back(kind)}</a>
        <ScreenHeading text=heading/>
        <Show when=move || gone.get()>
            <Gone item/>
        </Show>
        <Show when=move || !gone.get() && !editable.get()>
            <p class="read-only">{reactive(move || if may_say.get() { text::sheet::READ_AND_SAY } else { text::sheet::READ_ONLY })}</p>
        </Show>
        <div class="sheet">{children()}</div>
        <Remove item kind back/>
    }
    .into_any()
}

/// The item was deleted; those who may can restore it.
#[component]
fn Gone(
    /// The item.
    item: ItemId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (may_restore, ready) = (
        live.allows(Command::Deliberation(deliberation::Command::Restore { item })),
        live.condition.ready(),
    );
    view! {
        <div class="question" role="status">
            <p>{list::GONE}</p>
            <Show when=move || may_restore.get()>
                <button
                    type="button"
                    class="button"
                    disabled=move || !ready.get()
                    on:click=move |_| live.submit(Command::Deliberation(deliberation::Command::Restore { item }))
                >
                    {list::RESTORE}
                </button>
            </Show>
        </div>
    }
    .into_any()
}

/// Deletes the item, after a question, and goes back to the list.
#[component]
fn Remove(
    /// The item.
    item: ItemId,
    /// Its kind.
    kind: ItemKind,
    /// The address to go to then.
    back: String,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready, allowed) = (
        live.view(),
        live.condition.ready(),
        live.allows(Command::Deliberation(deliberation::Command::Remove { item })),
    );
    let there = memo(move || view.read().item(item).is_some_and(|item| !item.removed));
    let navigation = expect_context::<Navigation>();
    let on_confirm = Callback::new(move |()| {
        live.submit(Command::Deliberation(deliberation::Command::Remove { item }));
        navigation.go(&back);
    });
    view! {
        <Show when=move || allowed.get() && there.get()>
            <div class="sheet-foot">
                <Confirm
                    label=list::remove(kind)
                    question=list::remove_question(kind)
                    yes=list::REMOVE_CONFIRM
                    no=list::KEEP
                    tone="bad"
                    disabled=move || !ready.get()
                    on_confirm
                />
            </div>
        </Show>
    }
    .into_any()
}

/// A part of a sheet under its own heading.
#[component]
fn Part(
    /// The heading.
    heading: &'static str,
    /// Its id.
    id: &'static str,
    /// The fields.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="screen-head" aria-labelledby=id>
            <h2 id=id>{heading}</h2>
            <div class="sheet-part">{children()}</div>
        </section>
    }
    .into_any()
}

/// Long texts of an item, listed together.
#[component]
fn Texts(
    /// The item.
    item: ItemId,
    /// Its kind.
    kind: ItemKind,
    /// The texts, in order.
    fields: &'static [TextField],
    /// Whether they may be edited.
    editable: Signal<bool>,
) -> impl IntoView {
    let text = move |of: TextField| {
        let (label, rows) =
            (text::field::long(of, kind), if of == TextField::Title { 2 } else { 4 });
        match text::field::hint(of) {
            Some(hint) => {
                view! { <field::TextField item field=of label editable rows hint/> }.into_any()
            }
            None => view! { <field::TextField item field=of label editable rows/> }.into_any(),
        }
    };
    fields.iter().copied().map(text).collect_view()
}
