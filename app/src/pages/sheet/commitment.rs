//! The sheet of a commitment, with its activities.

use domain::deliberation;
use domain::deliberation::advice::Place;
use domain::deliberation::choice::{Category, Component, Feasibility};
use domain::{Assignment, Command, ItemId, ItemKind, ShortText, TextField};
use leptos::prelude::*;

use super::cells::Pasting;
use super::{Part, Sheet, Texts};
use crate::components::field::{
    AdviceOn, Bound, BoundChoice, ChoiceField, Fields, ShortField, ToggleField,
};
use crate::components::missing::Missing;
use crate::components::{CategoryMark, Contributions, ItemList};
use crate::erased::{Show, memo};
use crate::state::Live;
use crate::text::{field, list, name, sheet};

const WHO: &[Bound] = &[
    Bound::party(field::LEAD, Assignment::Lead),
    Bound::party(field::COUNTERPART, Assignment::Counterpart),
];
const DATES: &[Bound] =
    &[Bound::day(field::STARTS, Assignment::Starts), Bound::day(field::ENDS, Assignment::Ends)];
const INDICATOR: &[Bound] = &[
    Bound::line(field::UNIT, Assignment::IndicatorUnit),
    Bound::line(field::BASELINE, Assignment::IndicatorBaseline),
    Bound::line(field::TARGET, Assignment::IndicatorTarget),
    Bound::line(field::PERIOD, Assignment::IndicatorPeriod),
];

/// All fields of a commitment.
#[component]
pub fn CommitmentSheet(
    /// The commitment.
    item: ItemId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (editable, commitment) = (live.editable(item), live.commitment(item));
    let kind = ItemKind::Commitment;
    let category = Signal::derive(move || commitment.read().category);
    let categories =
        Category::ALL.map(|category| (category, name::category(category).to_owned())).to_vec();
    view! {
        <Sheet item kind>
            <div class="screen-head"><CategoryMark category/></div>
            <Missing item/>
            <Part id="parte-compromiso" heading=sheet::COMMITMENT>
                <Texts item kind editable fields=&[TextField::Title]/>
                <BoundChoice
                    item
                    label=field::CATEGORY
                    editable
                    options=categories
                    set=Assignment::Category
                    read=|value| if let Assignment::Category(category) = value { *category } else { None }
                />
                <Texts
                    item
                    kind
                    editable
                    fields=&[TextField::Objective, TextField::Description, TextField::Contribution, TextField::ExpectedResult]
                />
            </Part>
            <section class="screen-head" aria-labelledby="parte-actividades">
                <h2 id="parte-actividades">{list::heading(ItemKind::Activity)}</h2>
                <ItemList kind=ItemKind::Activity parent=item/>
                <Pasting item/>
                <AdviceOn item place=Place::Activities/>
            </section>
            <Part id="parte-responde" heading=sheet::ALIGNMENT><Alignment item editable/></Part>
            <Part id="parte-indicador" heading=sheet::INDICATOR><Measurement item editable/></Part>
            <Part id="parte-quien" heading=sheet::PEOPLE>
                <Fields item editable fields=WHO/>
            </Part>
            <Part id="parte-fechas" heading=sheet::DATES>
                <Fields item editable fields=DATES/>
            </Part>
            <Part id="parte-viabilidad" heading=sheet::FEASIBILITY>
                <FeasibilityFields item/>
                <Texts item kind editable fields=&[TextField::BudgetNote]/>
            </Part>
            <Contributions target=item with_button=true/>
        </Sheet>
    }
    .into_any()
}

/// What a commitment is aligned with: problems, the reference plan, open government, the global
/// goals.
#[component]
fn Alignment(
    /// The commitment.
    item: ItemId,
    /// Whether it may be edited.
    editable: Signal<bool>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, commitment) = (live.view(), live.commitment(item));
    // A problem that was deleted meanwhile can still be unlinked.
    let problems = memo(move || {
        let state = view.read();
        let linked = &commitment.read().problems;
        let listed = state.deliberation.problems.iter().filter_map(|id| state.item(*id));
        listed
            .filter(|problem| !problem.removed || linked.contains(&problem.id))
            .map(|problem| {
                (problem.id, sheet::problem(state.number(problem), &name::title(problem)))
            })
            .collect::<Vec<_>>()
    });
    let axes = memo(move || {
        let state = view.read();
        let axes = state.exercise.as_ref().map_or(&[][..], |exercise| &exercise.axes);
        axes.iter().map(|axis| (axis.number, name::axis(&state, axis.number))).collect::<Vec<_>>()
    });
    let is_aligned =
        memo(move || commitment.read().category == Some(Category::NationalPlanAligned));
    let components =
        Component::ALL.map(|component| (component, name::component(component).to_owned())).to_vec();
    let goals = (1..=17).map(|goal| (goal, name::sdg(goal))).collect::<Vec<_>>();
    view! {
        <Show when=move || !problems.read().is_empty() fallback=|| view! { <p class="secondary">{sheet::NO_PROBLEMS}</p> }>
            <ToggleField
                label=field::PROBLEMS
                editable
                chosen=Signal::derive(move || commitment.read().problems.clone())
                options=problems
                on_set=live.toggling(item, |problem, linked| Assignment::Problem { problem, linked })
                status=live.assign_status(item, |value| matches!(value, Assignment::Problem { .. }))
            />
        </Show>
        <Show when=move || is_aligned.get()>
            <BoundChoice
                item
                label=field::AXIS
                editable
                options=axes
                set=Assignment::Axis
                read=|value| if let Assignment::Axis(axis) = value { *axis } else { None }
            />
        </Show>
        <ToggleField
            label=field::COMPONENTS
            editable
            chosen=Signal::derive(move || commitment.read().components.iter().copied().collect::<Vec<_>>())
            options=components
            on_set=live.toggling(item, |component, present| Assignment::Component { component, present })
            status=live.assign_status(item, |value| matches!(value, Assignment::Component { .. }))
            about=Some((item, Place::Components))
        />
        <BoundChoice
            item
            label=field::SDG
            editable
            options=goals
            set=Assignment::Sdg
            read=|value| if let Assignment::Sdg(goal) = value { *goal } else { None }
        />
    }
    .into_any()
}

/// How fulfilment is measured.
#[component]
fn Measurement(
    /// The commitment.
    item: ItemId,
    /// Whether it may be edited.
    editable: Signal<bool>,
) -> impl IntoView {
    view! {
        <Texts item kind=ItemKind::Commitment editable fields=&[TextField::Indicator]/>
        <Fields item editable fields=INDICATOR/>
    }
    .into_any()
}

/// Whether the commitment is feasible, and who confirmed that or what is reserved.
#[component]
fn FeasibilityFields(
    /// The commitment.
    item: ItemId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let commitment = live.commitment(item);
    let editable = live.allows(Command::Deliberation(deliberation::Command::Assign {
        item,
        value: Assignment::Feasibility(Feasibility::Pending),
    }));
    let feasibility = memo(move || commitment.read().feasibility.clone());
    let note = memo(move || match &*feasibility.read() {
        Feasibility::Pending => None,
        Feasibility::ConfirmedBy(text) | Feasibility::WithReservations(text) => Some(text.clone()),
    });
    // The present choice is listed with its text; who confirmed isn't what is reserved, so the
    // other option starts empty.
    let options = memo(move || {
        let (mut confirmed, mut reserved) = (
            Feasibility::ConfirmedBy(ShortText::default()),
            Feasibility::WithReservations(ShortText::default()),
        );
        match feasibility.get() {
            Feasibility::Pending => {}
            stands @ Feasibility::ConfirmedBy(_) => confirmed = stands,
            stands @ Feasibility::WithReservations(_) => reserved = stands,
        }
        vec![
            (Feasibility::Pending, sheet::FEASIBILITY_PENDING.to_owned()),
            (confirmed, sheet::FEASIBILITY_CONFIRMED.to_owned()),
            (reserved, sheet::FEASIBILITY_RESERVED.to_owned()),
        ]
    });
    let is_confirmed = memo(move || matches!(&*feasibility.read(), Feasibility::ConfirmedBy(_)));
    let status = live.assign_status(item, |value| matches!(value, Assignment::Feasibility(_)));
    let assign_who = live
        .assigning(item, |who: ShortText| Assignment::Feasibility(Feasibility::ConfirmedBy(who)));
    let assign_why = live.assigning(item, |why: ShortText| {
        Assignment::Feasibility(Feasibility::WithReservations(why))
    });
    let value = Signal::derive(move || note.get().unwrap_or_default());
    view! {
        <ChoiceField
            label=field::FEASIBILITY
            editable
            value=Signal::derive(move || Some(feasibility.get()))
            options
            clearable=false
            on_set=live.assigning(item, |value: Option<Feasibility>| Assignment::Feasibility(value.unwrap_or_default()))
            before=live.before(item, Assignment::Feasibility(Feasibility::Pending))
            status
        />
        <Show when=move || note.read().is_some() && is_confirmed.get()>
            <ShortField label=field::CONFIRMED_BY editable value on_set=assign_who status/>
        </Show>
        <Show when=move || note.read().is_some() && !is_confirmed.get()>
            <ShortField label=field::RESERVATIONS editable value on_set=assign_why status/>
        </Show>
    }
    .into_any()
}
