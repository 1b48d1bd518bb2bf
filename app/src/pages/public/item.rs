//! A commitment and a problem, in full, read-only, folded. The names of people aren't shown; their
//! posts are.

use std::sync::Arc;

use domain::exercise::outline::Adoption;
use domain::{Activity, Commitment, Item, ItemId, ItemKind, Mesa, TextField};
use leptos::prelude::*;

use super::mesa::Depth;
use crate::address;
use crate::components::{CategoryMark, Fact, Facts};
use crate::erased::{ForItems, Show, memo, reactive};
use crate::state::Live;
use crate::state::outline::Line;
use crate::text::{agreement, date, field, list, name, public, sheet};

/// A long text of an item with its label.
fn text(item: &Item, of: TextField) -> Option<Fact> {
    Fact::new(field::long(of, item.kind()), item.text(of))
}

fn party(
    state: &Mesa,
    term: &'static str,
    party: &domain::deliberation::choice::Party,
) -> Option<Fact> {
    Fact::new(term, name::party(state, party).unwrap_or_default())
}

/// How fulfilment is measured, in a sentence.
fn indicator(item: &Item, commitment: &Commitment) -> Option<Fact> {
    let indicator = &commitment.indicator;
    let details = [
        (field::UNIT, &indicator.unit),
        (field::BASELINE, &indicator.baseline),
        (field::TARGET, &indicator.target),
        (field::PERIOD, &indicator.period),
    ];
    let details = details
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(term, value)| format!("{term}: {value}"));
    let measured =
        Some(item.text(TextField::Indicator).trim().to_owned()).filter(|text| !text.is_empty());
    Fact::new(field::INDICATOR, measured.into_iter().chain(details).collect::<Vec<_>>().join("\n"))
}

fn commitment_facts(state: &Mesa, item: &Item, commitment: &Commitment) -> Vec<Fact> {
    let problems = commitment
        .problems
        .iter()
        .filter_map(|id| state.item(*id))
        .filter(|problem| state.is_visible(problem));
    let problems =
        problems.map(|problem| sheet::problem(state.number(problem), &name::title(problem)));
    let components = commitment.components.iter().map(|component| name::component(*component));
    [
        Fact::new(field::PROBLEMS, problems.collect::<Vec<_>>().join("\n")),
        text(item, TextField::Objective),
        text(item, TextField::Description),
        text(item, TextField::Contribution),
        text(item, TextField::ExpectedResult),
        indicator(item, commitment),
        party(state, field::LEAD, &commitment.lead),
        party(state, field::COUNTERPART, &commitment.counterpart),
        Fact::new(
            field::PLAN_PERIOD,
            date::period(commitment.starts, commitment.ends).unwrap_or_default(),
        ),
        Fact::new(field::COMPONENTS, components.collect::<Vec<_>>().join(" · ")),
        Fact::new(
            field::AXIS,
            commitment.axis.map(|axis| name::axis(state, axis)).unwrap_or_default(),
        ),
        Fact::new(field::SDG, commitment.sdg.map(name::sdg).unwrap_or_default()),
        Fact::new(field::FEASIBILITY, name::feasibility(&commitment.feasibility)),
        text(item, TextField::BudgetNote),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What a commitment came to and why, with the reasons as they were written; none before it was
/// asked about.
fn conformity(state: &Mesa, line: &Line) -> Option<Fact> {
    let (Adoption::Asked(outcome), Some(card)) = (line.adoption, &state.exercise) else {
        return None;
    };
    let verdict = state.plan.verdict(line.id, card);
    let entitled = state.plan.question.iter().flat_map(|question| &question.entitled);
    let reasons = entitled.filter_map(|number| {
        let stance = state.plan.given(*number, line.id)?.stance.as_ref()?;
        let organisation = &state.actor(*number)?.organisation;
        Some(public::because(organisation.as_str(), stance, stance.reason().map(|it| it.as_str())?))
    });
    let said = format!("{}. {}", agreement::outcome(outcome), agreement::why(&verdict));
    let said = std::iter::once(said).chain(reasons).collect::<Vec<_>>();
    Fact::new(public::CONFORMITY, said.join("\n"))
}

fn problem_facts(state: &Mesa, item: &Item) -> Vec<Fact> {
    let Some(problem) = item.as_problem() else { return Vec::new() };
    [
        text(item, TextField::Statement),
        text(item, TextField::Affected),
        text(item, TextField::Place),
        text(item, TextField::Causes),
        text(item, TextField::Effects),
        text(item, TextField::Evidence),
        Fact::new(field::EVIDENCE_SOURCE, problem.evidence_source.as_str()),
        Fact::new(field::ORIGIN, problem.origin.map(name::origin).unwrap_or_default()),
        text(item, TextField::MinimumCriteria),
        Fact::new(field::PROBLEM_STATE, name::problem_state(state, &problem.state)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn activity_facts(state: &Mesa, item: &Item, activity: &Activity) -> Vec<Fact> {
    [
        text(item, TextField::Deliverable),
        party(state, field::LEAD, &activity.lead),
        Fact::new(field::RESPONSIBLE_POST, activity.responsible_post.as_str()),
        Fact::new(field::CO_RESPONSIBLE, activity.co_responsible.as_str()),
        Fact::new(field::STARTS, activity.starts.map(date::date).unwrap_or_default()),
        Fact::new(field::DUE, activity.due.map_or_else(|| sheet::NO_DUE.to_owned(), date::date)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// An item's title with its number.
fn title(live: Live, item: Memo<Option<Arc<Item>>>) -> impl Fn() -> String + Copy + Send + Sync {
    let view = live.view();
    move || {
        let item = item.read();
        let Some(item) = item.as_ref() else { return String::new() };
        name::with_number(view.read().number(item), &name::title(item))
    }
}

fn titled(live: Live, item: Memo<Option<Arc<Item>>>) -> impl IntoView {
    view! { <span translate="no">{title(live, item)}</span> }
}

/// A commitment with its activities. What stands below its title has the id that links lead to:
/// browsers unfold whatever hides it.
#[component]
pub(super) fn CommitmentView(
    /// The commitment.
    id: ItemId,
    /// How deep the part is in which it stands.
    depth: Depth,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, item, outline) = (live.view(), live.item(id), depth.outline);
    let line = memo(move || outline.read().commitment(id).cloned());
    let category = memo(move || line.read().as_ref().and_then(|line| line.category));
    let title = move || {
        let line = line.read();
        line.as_ref().map(|line| name::with_number(Some(line.number), &line.title))
    };
    let lead = move || line.read().as_ref().and_then(|line| line.lead.clone());
    let facts = memo(move || {
        let (state, item, line) = (view.read(), item.read(), line.read());
        let (Some(item), Some(line)) = (item.as_ref(), line.as_ref()) else { return Vec::new() };
        let facts = item.as_commitment().map(|it| commitment_facts(&state, item, it));
        facts.into_iter().flatten().chain(conformity(&state, line)).collect()
    });
    let activities = live.list(ItemKind::Activity, Some(id));
    let words = view! { <span translate="no">{reactive(title)}</span> }.into_any();
    view! {
        <article class="card folded">
            <details class="fold">
                <summary>
                    <CategoryMark category/>
                    {depth.heading(1, None, words)}
                    <span class="secondary" translate="no">{reactive(lead)}</span>
                </summary>
                <div class="fold-body" id=address::commitment_part(id)>
                    <Facts facts/>
                    <Show when=move || !activities.read().is_empty()>
                        {depth.heading(2, None, list::heading(ItemKind::Activity).into_any())}
                        <ol class="public-activities">
                            <ForItems each=activities let(id)>
                                <ActivityView id line/>
                            </ForItems>
                        </ol>
                    </Show>
                </div>
            </details>
        </article>
    }
    .into_any()
}

#[component]
fn ActivityView(
    /// The activity.
    id: ItemId,
    /// Its commitment.
    line: Memo<Option<Line>>,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, item) = (live.view(), live.item(id));
    let title = move || {
        let line = line.read();
        let planned = line.as_ref()?.activities.iter().find(|planned| planned.id == id)?;
        Some(public::activity(planned.number, &planned.title))
    };
    let facts = memo(move || {
        let item = item.read();
        let item = item.as_ref();
        item.and_then(|item| Some(activity_facts(&view.read(), item, item.as_activity()?)))
            .unwrap_or_default()
    });
    view! {
        <li id=address::activity_part(id)>
            <p class="row-title" translate="no">{reactive(title)}</p>
            <Facts facts/>
        </li>
    }
    .into_any()
}

/// A problem.
#[component]
pub(super) fn ProblemView(
    /// The problem.
    id: ItemId,
    /// How deep the part is in which it stands.
    depth: Depth,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let (view, item) = (live.view(), live.item(id));
    let facts = memo(move || {
        let item = item.read();
        item.as_ref().map(|item| problem_facts(&view.read(), item)).unwrap_or_default()
    });
    view! {
        <article class="card folded">
            <details class="fold">
                <summary>{depth.heading(1, None, titled(live, item).into_any())}</summary>
                <div class="fold-body">
                    <Facts facts/>
                    <Parts kind=ItemKind::Solution parent=id depth/>
                    <Parts kind=ItemKind::DraftCommitment parent=id depth/>
                </div>
            </details>
        </article>
    }
    .into_any()
}

/// The solutions or preliminary commitments of a problem.
#[component]
fn Parts(
    /// Their kind.
    kind: ItemKind,
    /// The problem.
    parent: ItemId,
    /// How deep the part is in which it stands.
    depth: Depth,
) -> impl IntoView {
    let live = expect_context::<Live>();
    let ids = live.list(kind, Some(parent));
    view! {
        <Show when=move || !ids.read().is_empty()>
            {depth.heading(2, None, list::heading(kind).into_any())}
            <ol class="public-activities">
                <ForItems each=ids let(id)>
                    <li><p class="lasting-text" translate="no">{title(live, live.item(id))}</p></li>
                </ForItems>
            </ol>
        </Show>
    }
    .into_any()
}
