//! The solutions or the preliminary commitments of a problem: each is edited in place, added,
//! ordered, deleted, restored.

use domain::deliberation;
use domain::deliberation::choice::Origin;
use domain::deliberation::decide::{may_add, may_arrange};
use domain::{Assignment, Command, ItemId, ItemKind, SolutionState, TextField};
use leptos::prelude::*;

use super::Confirm;
use super::field::{self, Bound, BoundChoice, ChoiceField, Fields};
use super::item_list::Reorder;
use super::item_row::PlaceButtons;
use super::removed::Removed;
use crate::erased::{ForItems, Show, memo, reactive};
use crate::state::Live;
use crate::text::{self, list, name, sheet};

/// One of the two lists.
#[component]
pub fn Proposals(
    /// Which: solutions or preliminary commitments.
    kind: ItemKind,
    /// The problem.
    problem: ItemId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, role, ready) = (live.view(), live.me().role, live.condition.ready());
    let ids = live.list(kind, Some(problem));
    let there = move || view.read().item(problem).is_some_and(|problem| !problem.removed);
    let can_add = memo(move || may_add(view.read().conduct.phase, role, kind) && there());
    let can_arrange = memo(move || {
        may_arrange(view.read().conduct.phase, role, kind) && there() && ids.read().len() > 1
    });
    let wants_order = RwSignal::new(false);
    let ordering = Signal::derive(move || wants_order.get() && can_arrange.get());
    let heading = match kind {
        ItemKind::DraftCommitment => "parte-preliminares",
        _ => "parte-soluciones",
    };
    view! {
        <section class="screen-head" aria-labelledby=heading>
            <h2 id=heading>{list::heading(kind)}</h2>
            <Show when=move || ids.read().is_empty()>
                <p class="empty">{reactive(move || if can_add.get() { list::empty(kind) } else { list::empty_reading(kind) })}</p>
            </Show>
            <ol class="tray-list">
                <ForItems each=ids let(id)>
                    <Proposal id kind ids ordering/>
                </ForItems>
            </ol>
            <div class="buttons">
                <Show when=move || can_add.get()>
                    <button
                        type="button"
                        class="button"
                        disabled=move || !ready.get()
                        on:click=move |_| {
                            live.add(kind, Some(problem));
                        }
                    >
                        {list::add(kind)}
                    </button>
                </Show>
                <Show when=move || can_arrange.get()>
                    <Reorder ordering wants=wants_order/>
                </Show>
            </div>
            <Removed kind parent=Some(problem)/>
        </section>
    }
    .into_any()
}

#[component]
fn Proposal(
    /// The item.
    id: ItemId,
    /// Its kind.
    kind: ItemKind,
    /// The list that it is in.
    ids: Memo<Vec<ItemId>>,
    /// Whether the order is being changed.
    ordering: Signal<bool>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, item, ready, editable) =
        (live.view(), live.item(id), live.condition.ready(), live.editable(id));
    let title =
        memo(move || item.read().as_ref().map(|item| name::title(item)).unwrap_or_default());
    let numbered = move || {
        item.read().as_ref().map(|item| name::numbered(&view.read(), item)).unwrap_or_default()
    };
    let may_delete = live.allows(Command::Deliberation(deliberation::Command::Remove { item: id }));
    provide_context(field::FieldsOf(id));
    view! {
        <li class="card">
            <p class="card-eyebrow">{reactive(numbered)}</p>
            <field::TextField item=id field=TextField::Title label=text::field::long(TextField::Title, kind) editable rows=2/>
            {match kind {
                ItemKind::Solution => view! { <SolutionFields id editable/> }.into_any(),
                _ => view! { <DraftFields id editable/> }.into_any(),
            }}
            <Show when=move || ordering.get()>
                <PlaceButtons id ids=ids.into() title/>
            </Show>
            <Show when=move || may_delete.get()>
                <div class="buttons">
                    <Confirm
                        label=list::remove(kind)
                        accessible_label=list::of(list::remove(kind), &numbered())
                        question=list::remove_question(kind)
                        yes=list::REMOVE_CONFIRM
                        no=list::KEEP
                        class="link"
                        tone="bad"
                        disabled=move || !ready.get()
                        on_confirm=Callback::new(move |()| live.submit(Command::Deliberation(deliberation::Command::Remove { item: id })))
                    />
                </div>
            </Show>
        </li>
    }
    .into_any()
}

const WHO: &[Bound] = &[Bound::line(text::field::PROPOSED_BY, Assignment::ProposedBy)];

/// The fields of a solution besides its text.
#[component]
fn SolutionFields(
    /// The solution.
    id: ItemId,
    /// Whether it may be edited.
    editable: Signal<bool>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let item = live.item(id);
    let solution = memo(move || item.read().as_ref().and_then(|item| item.as_solution()).cloned());
    let states =
        SolutionState::ALL.map(|state| (state, sheet::solution_state(state).to_owned())).to_vec();
    view! {
        <ChoiceField
            label=text::field::SOLUTION_STATE
            editable=live.allows(Command::Deliberation(deliberation::Command::Assign { item: id, value: Assignment::SolutionState(SolutionState::Adopted) }))
            value=Signal::derive(move || solution.read().as_ref().map(|solution| solution.state))
            options=states
            clearable=false
            on_set=live.assigning(id, |state: Option<SolutionState>| Assignment::SolutionState(state.unwrap_or_default()))
            before=live.before(id, Assignment::SolutionState(SolutionState::Proposed))
            status=live.assign_status(id, |value| matches!(value, Assignment::SolutionState(_)))
        />
        <Fields item=id editable fields=WHO/>
    }
    .into_any()
}

/// The fields of a preliminary commitment besides its text.
#[component]
fn DraftFields(
    /// The preliminary commitment.
    id: ItemId,
    /// Whether it may be edited.
    editable: Signal<bool>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let view = live.view();
    let origins = Origin::ALL.map(|origin| (origin, name::origin(origin).to_owned())).to_vec();
    let commitments = memo(move || {
        let state = view.read();
        let commitments = state.visible(ItemKind::Commitment, None);
        commitments
            .map(|item| (item.id, name::with_number(state.number(item), &name::title(item))))
            .collect::<Vec<_>>()
    });
    view! {
        <BoundChoice
            item=id
            label=text::field::ORIGIN
            editable
            options=origins
            set=Assignment::Origin
            read=|value| if let Assignment::Origin(origin) = value { *origin } else { None }
        />
        <BoundChoice
            item=id
            label=text::field::BECOMES
            editable=live.allows(Command::Deliberation(deliberation::Command::Assign { item: id, value: Assignment::Becomes(None) }))
            options=commitments
            set=Assignment::Becomes
            read=|value| if let Assignment::Becomes(commitment) = value { *commitment } else { None }
        />
    }
    .into_any()
}
