//! Open data: what the public page shows, as tables and as JSON. Made from the public's snapshot only, so that nothing can be
//! in them that isn't on the page. Tables are RFC 4180 with a byte-order mark, for spreadsheets; a cell that a spreadsheet would
//! take for a formula gets an apostrophe in front. The JSON's keys are the English names of the glossary (section 7).

use app::text::{date, export as words, name};
use axum::extract::{Path, State as Shared};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::exercise::Sector;
use domain::item::{Category, Component, Feasibility, Origin, Party, ProblemState};
use domain::{
    Audience, ContributionKind, Date, Item, ItemKind, Millis, Phase, QuotaBoard, ResponseStatus, SolutionState, State, TextField,
};
use serde_json::{Value, json};

use super::pages::{failed, snapshot};
use crate::app_state::AppState;

/// `GET /publico/{mesa}/{file}`.
pub(super) async fn export(Shared(state): Shared<AppState>, Path((mesa, file)): Path<(String, String)>) -> Response {
    let Ok(mesa) = mesa.parse() else { return StatusCode::NOT_FOUND.into_response() };
    let seen = match snapshot(&state, mesa, Audience::Public).await {
        Ok(Some(snapshot)) => snapshot.state,
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            let _ = failed(&error);
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    match file.as_str() {
        "compromisos.csv" => download(&file, "text/csv; charset=utf-8", table(commitments(&seen))),
        "problemas.csv" => download(&file, "text/csv; charset=utf-8", table(problems(&seen))),
        "datos.json" => download(&file, "application/json", serde_json::to_vec_pretty(&data(&seen)).unwrap_or_default()),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

fn download(file: &str, content_type: &'static str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{file}\"");
    let headers = [
        (header::CONTENT_TYPE, content_type.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    (headers, bytes).into_response()
}

/// Rows as a table's bytes.
fn table(rows: Vec<Vec<String>>) -> Vec<u8> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(false).from_writer("\u{FEFF}".as_bytes().to_vec());
    for row in rows {
        // A vector takes every byte, and all rows are as long as their heading.
        let _ = writer.write_record(row.into_iter().map(harmless));
    }
    writer.into_inner().unwrap_or_default()
}

/// A cell that no spreadsheet takes for a formula.
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}

/// A moment in UTC (RFC 3339).
fn moment(at: Option<Millis>) -> Value {
    let moment = at.and_then(|at| jiff::Timestamp::from_millisecond(at).ok());
    moment.map_or(Value::Null, |moment| moment.to_string().into())
}

fn number(number: Option<usize>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

fn day(day: Option<Date>) -> String {
    day.map(date::machine_date).unwrap_or_default()
}

/// A row for each activity; one for a commitment without any.
fn commitments(state: &State) -> Vec<Vec<String>> {
    let mut rows = vec![words::COMMITMENT_COLUMNS.map(str::to_owned).to_vec()];
    for item in state.visible(ItemKind::Commitment, None) {
        let Some(commitment) = item.as_commitment() else { continue };
        let problems = state.problems_of(commitment).filter_map(|problem| state.number(problem)).map(|number| number.to_string());
        let own = vec![
            number(state.number(item)),
            commitment.category.map(name::category).unwrap_or_default().to_owned(),
            item.text(TextField::Title).to_owned(),
            problems.collect::<Vec<_>>().join(" "),
            item.text(TextField::Objective).to_owned(),
            item.text(TextField::Description).to_owned(),
            item.text(TextField::ExpectedResult).to_owned(),
            item.text(TextField::Indicator).to_owned(),
            commitment.indicator.baseline.to_string(),
            commitment.indicator.target.to_string(),
            name::party(state, &commitment.lead).unwrap_or_default(),
            name::party(state, &commitment.counterpart).unwrap_or_default(),
            day(commitment.starts),
            day(commitment.ends),
            name::feasibility(&commitment.feasibility),
        ];
        let mut activities = state.visible(ItemKind::Activity, Some(item.id)).peekable();
        if activities.peek().is_none() {
            rows.push(own.iter().cloned().chain(std::iter::repeat_n(String::new(), 7)).collect());
        }
        for part in activities {
            let Some(activity) = part.as_activity() else { continue };
            let cells = [
                number(state.number(part)),
                part.text(TextField::Title).to_owned(),
                part.text(TextField::Deliverable).to_owned(),
                name::party(state, &activity.lead).unwrap_or_default(),
                activity.responsible_post.to_string(),
                activity.co_responsible.to_string(),
                day(activity.due),
            ];
            rows.push(own.iter().cloned().chain(cells).collect());
        }
    }
    rows
}

fn problems(state: &State) -> Vec<Vec<String>> {
    let row = |item: &std::sync::Arc<Item>| {
        let problem = item.as_problem()?;
        let written = |field| item.text(field).to_owned();
        Some(vec![
            number(state.number(item)),
            written(TextField::Title),
            written(TextField::Statement),
            written(TextField::Affected),
            written(TextField::Place),
            written(TextField::Causes),
            written(TextField::Effects),
            written(TextField::Evidence),
            problem.evidence_source.to_string(),
            written(TextField::MinimumCriteria),
            problem.origin.map(name::origin).unwrap_or_default().to_owned(),
            name::problem_state(state, &problem.state),
        ])
    };
    let rows = state.visible(ItemKind::Problem, None).filter_map(row);
    std::iter::once(words::PROBLEM_COLUMNS.map(str::to_owned).to_vec()).chain(rows).collect()
}

/// Everything that is public of a mesa.
fn data(state: &State) -> Value {
    let quota = QuotaBoard::of(state).rows.into_iter();
    json!({
        "mesa": state.mesa.as_ref().map(|mesa| json!({
            "number": mesa.number,
            "theme": mesa.theme,
            "exercise": mesa.exercise_name,
            "municipality": mesa.municipality,
            "plan_starts": date::machine_date(mesa.plan_starts),
            "plan_ends": date::machine_date(mesa.plan_ends),
            "venue": mesa.venue,
            "scheduled": { "starts": moment(Some(mesa.starts_at)), "ends": moment(Some(mesa.ends_at)) },
            "actual": { "starts": moment(state.met().0), "ends": moment(state.met().1) },
        })),
        "phase": phase(state.phase),
        "quota": quota.map(|row| json!({ "category": category(row.category), "minimum": row.minimum, "have": row.have, "elsewhere": row.elsewhere })).collect::<Vec<_>>(),
        "other_mesas": state.siblings.iter().map(|other| json!({
            "id": other.mesa,
            "number": other.number,
            "theme": other.theme,
            "phase": phase(other.phase),
            "commitments": other.total(),
        })).collect::<Vec<_>>(),
        "problems": state.visible(ItemKind::Problem, None).map(|item| problem(state, item)).collect::<Vec<_>>(),
        "commitments": state.visible(ItemKind::Commitment, None).map(|item| commitment(state, item)).collect::<Vec<_>>(),
        "contributions": state.visible(ItemKind::Contribution, None).filter_map(|item| contribution(state, item)).collect::<Vec<_>>(),
    })
}

fn problem(state: &State, item: &Item) -> Value {
    let Some(problem) = item.as_problem() else { return Value::Null };
    let solutions = state.visible(ItemKind::Solution, Some(item.id)).map(|part| {
        let solution = part.as_solution();
        json!({ "text": part.text(TextField::Title), "proposed_by": solution.map(|s| &s.proposed_by), "state": solution.map(|s| solution_state(s.state)) })
    });
    let drafts = state.visible(ItemKind::DraftCommitment, Some(item.id)).map(|part| {
        let draft = part.as_draft_commitment();
        json!({ "text": part.text(TextField::Title), "origin": draft.and_then(|d| d.origin).map(origin), "becomes": draft.and_then(|d| d.becomes) })
    });
    json!({
        "id": item.id,
        "number": state.number(item),
        "title": item.text(TextField::Title),
        "statement": item.text(TextField::Statement),
        "affected": item.text(TextField::Affected),
        "place": item.text(TextField::Place),
        "causes": item.text(TextField::Causes),
        "effects": item.text(TextField::Effects),
        "evidence": item.text(TextField::Evidence),
        "evidence_source": problem.evidence_source,
        "minimum_criteria": item.text(TextField::MinimumCriteria),
        "origin": problem.origin.map(origin),
        "state": problem_state(&problem.state),
        "solutions": solutions.collect::<Vec<_>>(),
        "draft_commitments": drafts.collect::<Vec<_>>(),
    })
}

fn commitment(state: &State, item: &Item) -> Value {
    let Some(commitment) = item.as_commitment() else { return Value::Null };
    let activities = state.visible(ItemKind::Activity, Some(item.id)).filter_map(|part| {
        let activity = part.as_activity()?;
        Some(json!({
            "id": part.id,
            "number": state.number(part),
            "title": part.text(TextField::Title),
            "deliverable": part.text(TextField::Deliverable),
            "lead": party(state, &activity.lead),
            "responsible_post": activity.responsible_post,
            "co_responsible": activity.co_responsible,
            "starts": activity.starts.map(date::machine_date),
            "due_date": activity.due.map(date::machine_date),
        }))
    });
    json!({
        "id": item.id,
        "number": state.number(item),
        "category": commitment.category.map(category),
        "title": item.text(TextField::Title),
        "problems": state.problems_of(commitment).map(|problem| problem.id).collect::<Vec<_>>(),
        "objective": item.text(TextField::Objective),
        "description": item.text(TextField::Description),
        "contribution": item.text(TextField::Contribution),
        "expected_result": item.text(TextField::ExpectedResult),
        "indicator": {
            "text": item.text(TextField::Indicator),
            "unit": commitment.indicator.unit,
            "baseline": commitment.indicator.baseline,
            "target": commitment.indicator.target,
            "period": commitment.indicator.period,
        },
        "components": commitment.components.iter().map(|one| component(*one)).collect::<Vec<_>>(),
        "axis": commitment.axis,
        "lead": party(state, &commitment.lead),
        "civil_counterpart": party(state, &commitment.counterpart),
        "starts": commitment.starts.map(date::machine_date),
        "ends": commitment.ends.map(date::machine_date),
        "feasibility": feasibility(&commitment.feasibility),
        "budget_note": item.text(TextField::BudgetNote),
        "sdg": commitment.sdg,
        "activities": activities.collect::<Vec<_>>(),
    })
}

fn contribution(state: &State, item: &Item) -> Option<Value> {
    let said = item.as_contribution().filter(|said| !said.hidden)?;
    let actor = said.actor.and_then(|number| state.actor(number));
    Some(json!({
        "id": item.id,
        "kind": kind(said.kind),
        "target": said.target,
        "text": said.text.as_ref()?,
        "sector": actor.map(|actor| sector(actor.sector)),
        "at_ms": said.at,
        "response": { "status": response(said.response.status), "reason": said.response.reason, "change": said.response.change },
    }))
}

fn party(state: &State, party: &Party) -> Option<String> {
    name::party(state, party)
}

fn feasibility(value: &Feasibility) -> Value {
    match value {
        Feasibility::Pending => json!({ "state": "pending" }),
        Feasibility::ConfirmedBy(who) => json!({ "state": "confirmed", "by": who }),
        Feasibility::WithReservations(why) => json!({ "state": "with_reservations", "reservations": why }),
    }
}

fn problem_state(value: &ProblemState) -> Value {
    match value {
        ProblemState::Proposed => json!({ "name": "proposed" }),
        ProblemState::InAnalysis => json!({ "name": "in_analysis" }),
        ProblemState::Prioritised => json!({ "name": "prioritised" }),
        ProblemState::MergedInto(other) => json!({ "name": "merged", "into": other }),
        ProblemState::Discarded(reason) => json!({ "name": "discarded", "reason": reason }),
    }
}

fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Preparation => "preparation",
        Phase::Introduction => "introduction",
        Phase::Analysis => "analysis",
        Phase::Agreements => "agreements",
        Phase::ReadOut => "read_out",
        Phase::Conformity => "conformity",
        Phase::Signing => "signing",
        Phase::FollowUp => "follow_up",
        Phase::Closed => "closed",
    }
}

fn category(category: Category) -> &'static str {
    match category {
        Category::FollowTheMoney => "follow_the_money",
        Category::NationalPlanAligned => "national_plan_aligned",
        Category::LocalProblem => "local_problem",
        Category::Proactive => "proactive_commitment",
    }
}

fn component(component: Component) -> &'static str {
    match component {
        Component::Transparency => "transparency",
        Component::Participation => "participation",
        Component::Accountability => "accountability",
        Component::Innovation => "innovation",
    }
}

fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::KickoffEvent => "kickoff_event",
        Origin::ConsultationDesk => "consultation_desk",
        Origin::ConsultationWeb => "consultation_web",
        Origin::RecurrentRequests => "recurrent_requests",
        Origin::Statistics => "statistics",
        Origin::OtherStudy => "other_study",
        Origin::AtTheMesa => "at_the_mesa",
    }
}

fn solution_state(state: SolutionState) -> &'static str {
    match state {
        SolutionState::Proposed => "proposed",
        SolutionState::Adopted => "adopted",
        SolutionState::SetAside => "set_aside",
    }
}

fn sector(sector: Sector) -> &'static str {
    match sector {
        Sector::Guarantor => "guarantor",
        Sector::PublicInstitution => "public_institution",
        Sector::Facilitation => "facilitation",
        Sector::CivilSociety => "civil_society",
        Sector::Academia => "academia",
        Sector::PrivateSector => "private_sector",
        Sector::Citizens => "citizens",
    }
}

fn kind(kind: ContributionKind) -> &'static str {
    match kind {
        ContributionKind::Question => "question",
        ContributionKind::Contribution => "contribution",
        ContributionKind::Feedback => "feedback",
        ContributionKind::Objection => "objection",
    }
}

fn response(status: ResponseStatus) -> &'static str {
    match status {
        ResponseStatus::Pending => "pending",
        ResponseStatus::Adopted => "adopted",
        ResponseStatus::PartlyAdopted => "partly_adopted",
        ResponseStatus::NotAdopted => "not_adopted",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_rfc_4180_with_a_mark_and_no_formula() {
        let bytes = table(vec![vec!["a".to_owned(), "b".to_owned()], vec!["=1+1".to_owned(), "dice \"sí\",\nsí".to_owned()]]);
        assert_eq!(String::from_utf8(bytes).as_deref(), Ok("\u{FEFF}a,b\r\n'=1+1,\"dice \"\"sí\"\",\nsí\"\r\n"));
        for cell in ["=x", "+x", "-x", "@x"] {
            assert_eq!(harmless(cell.to_owned()), format!("'{cell}"));
        }
        assert_eq!(harmless("12 - 3".to_owned()), "12 - 3");
    }
}
