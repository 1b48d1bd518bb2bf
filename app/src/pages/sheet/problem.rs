//! The sheet of a problem.

use domain::item::{Origin, ProblemState};
use domain::{Assignment, Command, ItemId, ItemKind, ShortText, TextField};
use leptos::prelude::*;

use super::{Part, Sheet, Texts};
use crate::components::field::{ChoiceField, ShortField};
use crate::state::Live;
use crate::text::{field, name, sheet};

/// All that is known of a problem.
#[component]
pub fn ProblemSheet(
    /// The problem.
    item: ItemId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (editable, problem) = (live.editable(item), live.problem(item));
    let kind = ItemKind::Problem;
    let origins = Origin::ALL.map(|origin| (origin, name::origin(origin).to_owned())).to_vec();
    view! {
        <Sheet item kind>
            <Part id="parte-problema" heading=sheet::PROBLEM>
                <Texts item kind editable fields=&[TextField::Title, TextField::Statement, TextField::Affected, TextField::Place]/>
            </Part>
            <Part id="parte-causas" heading=sheet::CAUSES>
                <Texts item kind editable fields=&[TextField::Causes, TextField::Effects, TextField::MinimumCriteria]/>
            </Part>
            <Part id="parte-evidencia" heading=sheet::EVIDENCE>
                <Texts item kind editable fields=&[TextField::Evidence]/>
                <ShortField
                    label=field::EVIDENCE_SOURCE
                    editable
                    value=Signal::derive(move || problem.read().evidence_source.clone())
                    on_set=live.assigning(item, Assignment::EvidenceSource)
                    status=live.assign_status(item, |value| matches!(value, Assignment::EvidenceSource(_)))
                />
                <ChoiceField
                    label=field::ORIGIN
                    editable
                    value=Signal::derive(move || problem.read().origin)
                    options=origins
                    on_set=live.assigning(item, Assignment::Origin)
                    status=live.assign_status(item, |value| matches!(value, Assignment::Origin(_)))
                />
            </Part>
            <Part id="parte-avance" heading=sheet::PROGRESS>
                <Progress item/>
            </Part>
        </Sheet>
    }
    .into_any()
}

/// How far the problem has come; with a reason when it is discarded.
#[component]
fn Progress(
    /// The problem.
    item: ItemId,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, problem) = (live.view(), live.problem(item));
    let editable = live.allows(Command::Assign { item, value: Assignment::ProblemState(ProblemState::InAnalysis) });
    let reason = Memo::new(move |_| match &problem.read().state {
        ProblemState::Discarded(reason) => Some(reason.clone()),
        ProblemState::Proposed | ProblemState::InAnalysis | ProblemState::Prioritised | ProblemState::MergedInto(_) => None,
    });
    let options = Memo::new(move |_| {
        let state = view.read();
        let mut options = vec![
            (ProblemState::Proposed, sheet::STATE_PROPOSED.to_owned()),
            (ProblemState::InAnalysis, sheet::STATE_IN_ANALYSIS.to_owned()),
            (ProblemState::Prioritised, sheet::STATE_PRIORITISED.to_owned()),
            (ProblemState::Discarded(reason.get().unwrap_or_default()), sheet::STATE_DISCARDED.to_owned()),
        ];
        let others = state.visible(ItemKind::Problem, None).filter(|other| other.id != item && state.counts_for(other.id) != item);
        options.extend(others.map(|other| {
            let merged = ProblemState::MergedInto(other.id);
            let label = sheet::merged(&name::problem_state(&state, &merged), &name::title(other));
            (merged, label)
        }));
        options
    });
    let status = live.assign_status(item, |value| matches!(value, Assignment::ProblemState(_)));
    // Discarding needs its reason: until there is one, nothing is sent.
    let discarding = RwSignal::new(false);
    let assign = live.assigning(item, |state: ProblemState| Assignment::ProblemState(state));
    let choose = Callback::new(move |state: Option<ProblemState>| {
        let state = state.unwrap_or_default();
        let reason_missing = matches!(&state, ProblemState::Discarded(reason) if reason.is_empty());
        discarding.set(reason_missing);
        if !reason_missing {
            assign.run(state);
        }
    });
    let assign_reason = Callback::new(move |reason: ShortText| {
        if !reason.is_empty() {
            discarding.set(false);
            assign.run(ProblemState::Discarded(reason));
        }
    });
    let chosen = move || if discarding.get() { ProblemState::Discarded(ShortText::default()) } else { problem.read().state.clone() };
    view! {
        <ChoiceField
            label=field::PROBLEM_STATE
            editable
            value=Signal::derive(move || Some(chosen()))
            options
            clearable=false
            on_set=choose
            status
        />
        <Show when=move || discarding.get() || reason.read().is_some()>
            <ShortField
                label=field::DISCARD_REASON
                editable
                value=Signal::derive(move || reason.get().unwrap_or_default())
                on_set=assign_reason
                status
            />
        </Show>
    }
    .into_any()
}
