//! The state of a problem, and how the facilitation may change it. Each step says what it does
//! before it is done, and can be undone.

use domain::deliberation;
use domain::deliberation::choice::ProblemState;
use domain::{Assignment, Command, ItemId, ItemKind, ShortText};
use leptos::html;
use leptos::prelude::*;

use crate::address;
use crate::components::field::{ChoiceField, SaveLabel};
use crate::components::{Asked, Confirm};
use crate::composed::composed;
use crate::erased::{Show, effect, memo, reactive};
use crate::state::Live;
use crate::text::{field, name, sheet, status};

/// The outcome at the top of a problem's sheet: merged into another, or discarded. And the problems
/// that were merged into it.
#[component]
pub fn Outcome(
    /// The problem.
    item: ItemId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, problem) = (live.view(), live.problem(item));
    let link = move |other: ItemId| {
        let state = view.read();
        let other = state.item(other)?;
        let words = format!("{}. {}", name::numbered(&state, other), name::title(other));
        Some(
            view! { <a class="link" translate="no" href=address::of(live.mesa(), other)>{words}</a> },
        )
    };
    let outcome = move || match problem.get().state {
        ProblemState::Proposed | ProblemState::InAnalysis | ProblemState::Prioritised => None,
        ProblemState::MergedInto(other) => Some(
            view! {
                <div class="outcome" role="status">
                    <p><b>{sheet::MERGED}": "</b> {link(other)}</p>
                    <p class="secondary">{sheet::MERGED_NOTE}</p>
                </div>
            }
            .into_any(),
        ),
        ProblemState::Discarded(reason) => Some(
            view! {
                <div class="outcome" role="status">
                    <p><b>{sheet::DISCARDED}</b></p>
                    <p class="lasting-text" translate="no">{reason.to_string()}</p>
                </div>
            }
            .into_any(),
        ),
    };
    let merged = memo(move || {
        view.read().deliberation.merged_into(item).map(|other| other.id).collect::<Vec<_>>()
    });
    view! {
        {reactive(outcome)}
        <Show when=move || !merged.read().is_empty()>
            <div class="outcome">
                <p><b>{sheet::MERGED_HERE}": "</b></p>
                <ul>{reactive(move || merged.get().into_iter().map(|other| view! { <li>{link(other)}</li> }).collect_view())}</ul>
            </div>
        </Show>
    }
    .into_any()
}

/// The state, and the ways to change it.
#[component]
pub fn Standing(
    /// The problem.
    item: ItemId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, problem) = (live.view(), live.problem(item));
    let state = memo(move || problem.read().state.clone());
    let may = live.allows(Command::Deliberation(deliberation::Command::Assign {
        item,
        value: Assignment::ProblemState(ProblemState::InAnalysis),
    }));
    let is_open = move || {
        matches!(
            &*state.read(),
            ProblemState::Proposed | ProblemState::InAnalysis | ProblemState::Prioritised
        )
    };
    let status = live.assign_status(item, |value| matches!(value, Assignment::ProblemState(_)));
    let assign = live.assigning(item, |state: ProblemState| Assignment::ProblemState(state));
    let options = vec![
        (ProblemState::Proposed, sheet::STATE_PROPOSED.to_owned()),
        (ProblemState::InAnalysis, sheet::STATE_IN_ANALYSIS.to_owned()),
        (ProblemState::Prioritised, sheet::STATE_PRIORITISED.to_owned()),
    ];
    let reopen = Callback::new(move |()| {
        let before = view.read_untracked().item(item).and_then(|item| {
            item.replaced(&Assignment::ProblemState(ProblemState::Proposed)).cloned()
        });
        let before = match before {
            Some(Assignment::ProblemState(
                before @ (ProblemState::Proposed
                | ProblemState::InAnalysis
                | ProblemState::Prioritised),
            )) => before,
            _ => ProblemState::Proposed,
        };
        assign.run(before);
    });
    let reads = move || name::problem_state(&view.read(), &state.read());
    view! {
        <Show
            when=is_open
            fallback=move || view! {
                <div class="field-head">
                    <p>{reactive(reads)}</p>
                    <SaveLabel status/>
                </div>
            }
        >
            <ChoiceField
                label=field::PROBLEM_STATE
                editable=may
                value=Signal::derive(move || Some(state.get()))
                options=options.clone()
                clearable=false
                on_set=Callback::new(move |state: Option<ProblemState>| assign.run(state.unwrap_or_default()))
                status
            />
        </Show>
        <Show when=move || may.get() && !is_open()>
            <Asked words=sheet::REOPEN on_confirm=reopen/>
        </Show>
        <Show when=move || may.get() && is_open()>
            <Merge item assign/>
            <Discard assign/>
        </Show>
    }
    .into_any()
}

/// Merges the problem into another one: a list, then the question.
#[component]
fn Merge(
    /// The problem.
    item: ItemId,
    /// Sets another state.
    assign: Callback<ProblemState>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, ready) = (live.view(), live.condition.ready());
    let others = memo(move || {
        let state = view.read();
        let others = state
            .visible(ItemKind::Problem, None)
            .filter(|other| other.id != item && state.deliberation.counts_for(other.id) != item);
        others
            .map(|other| (other.id, name::with_number(state.number(other), &name::title(other))))
            .collect::<Vec<_>>()
    });
    let chosen = RwSignal::new(None::<ItemId>);
    let list = NodeRef::<html::Select>::new();
    let pick = move |_| {
        let line = list
            .get_untracked()
            .and_then(|list| usize::try_from(list.selected_index()).ok())
            .and_then(|line| line.checked_sub(1));
        chosen.set(line.and_then(|line| others.read_untracked().get(line).map(|(id, _)| *id)));
    };
    // A re-rendered list has lost its choice.
    effect(move || {
        let chosen = chosen.get_untracked();
        let line =
            others.read().iter().position(|(id, _)| Some(*id) == chosen).map_or(0, |line| line + 1);
        if let Some(list) = list.get_untracked() {
            list.set_selected_index(i32::try_from(line).unwrap_or(0));
        }
    });
    let other = move || {
        let chosen = chosen.get();
        others
            .read()
            .iter()
            .find(|(id, _)| Some(*id) == chosen)
            .map(|(_, words)| words.clone())
            .unwrap_or_default()
    };
    let id = format!("unir-{item}");
    view! {
        <Show when=move || !others.read().is_empty()>
            <details class="step">
                <summary>{sheet::MERGE}</summary>
                <label class="field-label" for=id.clone()>{sheet::MERGE_WITH}</label>
                <select class="field-control" id=id.clone() node_ref=list autocomplete="off" disabled=move || !ready.get() on:change=pick>
                    <option>{sheet::MERGE_CHOOSE}</option>
                    {reactive(move || others.get().into_iter().map(|(_, words)| view! { <option translate="no">{words}</option> }).collect_view())}
                </select>
                <Confirm
                    label=sheet::MERGE_DO
                    question=Signal::derive(move || sheet::merge_question(&other()))
                    yes=sheet::MERGE_CONFIRM
                    no=sheet::MERGE_KEEP
                    disabled=Signal::derive(move || !ready.get() || chosen.get().is_none())
                    on_confirm=Callback::new(move |()| {
                        if let Some(other) = chosen.get_untracked() {
                            assign.run(ProblemState::MergedInto(other));
                        }
                    })
                />
            </details>
        </Show>
    }
    .into_any()
}

/// Discards the problem: a reason, then the question.
#[component]
fn Discard(
    /// Sets another state.
    assign: Callback<ProblemState>,
) -> impl IntoView {
    let ready = expect_context::<Live>().condition.ready();
    let reason = NodeRef::<html::Input>::new();
    let typed = RwSignal::new(Err::<ShortText, Option<String>>(None));
    let changed = move |_| {
        let Some(reason) = reason.get_untracked() else { return };
        typed.set(match ShortText::parse(&composed(&reason.value())) {
            Ok(text) if text.is_empty() => Err(None),
            Ok(text) => Ok(text),
            Err(error) => Err(Some(status::words_problem(error))),
        });
    };
    view! {
        <details class="step">
            <summary>{sheet::DISCARD}</summary>
            <label class="field-label" for="descartar-razon">{field::DISCARD_REASON}</label>
            <input
                class="field-control"
                id="descartar-razon"
                type="text"
                lang="es"
                autocomplete="off"
                node_ref=reason
                disabled=move || !ready.get()
                on:input=changed
            />
            <p class="field-problem" role="alert">{reactive(move || typed.get().err().flatten())}</p>
            <Confirm
                label=sheet::DISCARD_DO
                question=sheet::DISCARD_QUESTION
                yes=sheet::DISCARD_CONFIRM
                no=sheet::DISCARD_KEEP
                tone="bad"
                disabled=Signal::derive(move || !ready.get() || typed.read().is_err())
                on_confirm=Callback::new(move |()| {
                    if let Ok(reason) = typed.get_untracked() {
                        assign.run(ProblemState::Discarded(reason));
                    }
                })
            />
        </details>
    }
    .into_any()
}
