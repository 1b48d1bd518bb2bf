//! `datos.json`: everything public about a mesa. Its keys are the English names of the glossary
//! (section 7), its words those of [`domain::codes`], its ids those of the tables; texts are
//! verbatim.

use app::text::date;
use domain::codes::Coded;
use domain::deliberation::choice::{Feasibility, ProblemState};
use domain::{Item, ItemKind, Mesa, Millis, QuotaBoard, TextField};
use serde_json::{Value, json};

use super::fields;
use super::short_id::ShortIds;

/// A moment in UTC (RFC 3339).
fn moment(at: Option<Millis>) -> Value {
    let moment = at.and_then(|at| jiff::Timestamp::from_millisecond(at).ok());
    moment.map_or(Value::Null, |moment| moment.to_string().into())
}

/// Everything public about a mesa.
pub(super) fn data(state: &Mesa) -> Value {
    let ids = &ShortIds::of(state);
    let (quota, exercise) = (QuotaBoard::of(state).rows.into_iter(), state.exercise.as_ref());
    json!({
        "mesa": state.card.as_ref().map(|card| json!({
            "number": state.number,
            "theme": card.theme,
            "exercise": exercise.map(|exercise| &exercise.name),
            "municipality": exercise.map(|exercise| &exercise.municipality),
            "plan_starts": exercise.map(|exercise| date::machine_date(exercise.starts)),
            "plan_ends": exercise.map(|exercise| date::machine_date(exercise.ends)),
            "venue": card.venue,
            "scheduled": { "starts": moment(Some(card.starts_at)), "ends": moment(Some(card.ends_at)) },
            "actual": { "starts": moment(state.met().0), "ends": moment(state.met().1) },
        })),
        "phase": state.conduct.phase.code(),
        "quota": quota.map(|row| json!({
            "category": row.category.code(),
            "minimum": row.minimum,
            "have": row.have,
            "elsewhere": row.elsewhere,
        })).collect::<Vec<_>>(),
        "other_mesas": state.siblings.iter().map(|other| json!({
            "number": other.number,
            "theme": other.theme,
            "phase": other.phase.code(),
            "commitments": other.total(),
        })).collect::<Vec<_>>(),
        "problems": state.visible(ItemKind::Problem, None).map(|item| problem(state, item, ids)).collect::<Vec<_>>(),
        "commitments": state.visible(ItemKind::Commitment, None).map(|item| commitment(state, item, ids)).collect::<Vec<_>>(),
        "contributions": state.visible(ItemKind::Contribution, None).filter_map(|item| contribution(state, item, ids)).collect::<Vec<_>>(),
    })
}

fn problem(state: &Mesa, item: &Item, ids: &ShortIds) -> Value {
    let Some(problem) = item.as_problem() else { return Value::Null };
    let solutions = state.visible(ItemKind::Solution, Some(item.id)).map(|part| {
        let solution = part.as_solution();
        json!({
            "id": ids.get(part.id),
            "text": part.text(TextField::Title),
            "proposed_by": solution.map(|solution| &solution.proposed_by),
            "state": solution.map(|solution| solution.state.code()),
        })
    });
    let drafts = state.visible(ItemKind::DraftCommitment, Some(item.id)).map(|part| {
        let draft = part.as_draft_commitment();
        json!({
            "id": ids.get(part.id),
            "text": part.text(TextField::Title),
            "origin": draft.and_then(|draft| draft.origin.as_ref()).map(Coded::code),
            "becomes": draft.and_then(|draft| draft.becomes).map(|commitment| ids.get(commitment)),
        })
    });
    let mut written = json!({
        "id": ids.get(item.id),
        "uuid": item.id,
        "number": state.number(item),
        "origin": problem.origin.as_ref().map(Coded::code),
        "state": problem_state(&problem.state, ids),
        "solutions": solutions.collect::<Vec<_>>(),
        "draft_commitments": drafts.collect::<Vec<_>>(),
    });
    for field in fields::problem() {
        written[field.name] = field.value(state, item, problem);
    }
    written
}

fn activity(state: &Mesa, item: &Item, ids: &ShortIds) -> Option<Value> {
    let activity = item.as_activity()?;
    let mut written = json!({
        "id": ids.get(item.id),
        "uuid": item.id,
        "number": state.number(item),
    });
    for field in fields::activity() {
        written[field.name] = field.value(state, item, activity);
    }
    Some(written)
}

fn commitment(state: &Mesa, item: &Item, ids: &ShortIds) -> Value {
    let Some(commitment) = item.as_commitment() else { return Value::Null };
    let activities = state
        .visible(ItemKind::Activity, Some(item.id))
        .filter_map(|part| activity(state, part, ids));
    let mut indicator = json!({ "text": item.text(TextField::Indicator) });
    for field in fields::indicator() {
        let name = field.name.trim_start_matches("indicator_");
        indicator[name] = field.value(state, item, commitment);
    }
    let mut written = json!({
        "id": ids.get(item.id),
        "uuid": item.id,
        "number": state.number(item),
        "category": commitment.category.as_ref().map(Coded::code),
        "title": item.text(TextField::Title),
        "problems": state.deliberation.problems_of(commitment).map(|problem| ids.get(problem.id)).collect::<Vec<_>>(),
        "indicator": indicator,
        "components": commitment.components.iter().map(Coded::code).collect::<Vec<_>>(),
        "axis": commitment.axis,
        "feasibility": feasibility(&commitment.feasibility),
        "budget_note": item.text(TextField::BudgetNote),
        "sdg": commitment.sdg,
        "activities": activities.collect::<Vec<_>>(),
    });
    for field in fields::commitment().into_iter().chain(fields::undertaking()) {
        written[field.name] = field.value(state, item, commitment);
    }
    written
}

fn contribution(state: &Mesa, item: &Item, ids: &ShortIds) -> Option<Value> {
    let said = item.as_contribution().filter(|said| !said.hidden)?;
    let actor = said.actor.and_then(|number| state.actor(number));
    Some(json!({
        "id": ids.get(item.id),
        "uuid": item.id,
        "kind": said.kind.code(),
        "target": said.target.map(|item| ids.get(item)),
        "text": said.text.as_ref()?,
        "sector": actor.map(|actor| actor.sector.code()),
        "sector_name": actor.and_then(|actor| state.exercise.as_ref()?.sector_name(actor.sector)),
        "at_ms": said.at,
        "response": {
            "status": said.response.status.code(),
            "reason": said.response.reason,
            "change": said.response.change.map(|item| ids.get(item)),
        },
    }))
}

fn feasibility(value: &Feasibility) -> Value {
    let state = value.code();
    match value {
        Feasibility::Pending => json!({ "state": state }),
        Feasibility::ConfirmedBy(who) => json!({ "state": state, "by": who }),
        Feasibility::WithReservations(why) => json!({ "state": state, "reservations": why }),
    }
}

fn problem_state(value: &ProblemState, ids: &ShortIds) -> Value {
    let name = value.code();
    match value {
        ProblemState::Proposed | ProblemState::InAnalysis | ProblemState::Prioritised => {
            json!({ "name": name })
        }
        ProblemState::MergedInto(other) => json!({ "name": name, "into": ids.get(*other) }),
        ProblemState::Discarded(reason) => json!({ "name": name, "reason": reason }),
    }
}
