//! Rows of what people at the table wrote.

use domain::codes::Coded;
use domain::item::{Activity, Commitment, Details, Feasibility, Item, Party, Problem, ProblemState};
use domain::{Contribution, DraftCommitment, Solution, State, StreamId, TextField};

use super::{Rows, json, number};
use crate::entity::{activity, commitment, contribution, draft_commitment, problem, solution};

impl Rows {
    pub(super) fn add_item(&mut self, stream: StreamId, state: &State, item: &Item) {
        let list = state.list(item.kind(), item.parent());
        // An item in no list, which no event makes, has no place.
        let position = (0..).zip(list).find(|(_, id)| **id == item.id).map_or(-1, |(position, _)| position);
        match &item.details {
            Details::Problem(details) => self.problem.push(problem(stream, position, item, details)),
            Details::Commitment(details) => self.commitment.push(commitment(stream, position, item, details)),
            Details::Activity(details) => self.activity.push(activity(stream, position, item, details)),
            Details::Solution(details) => self.solution.push(solution(stream, position, item, details)),
            Details::DraftCommitment(details) => self.draft_commitment.push(draft_commitment(stream, position, item, details)),
            Details::Contribution(details) => self.contribution.push(contribution(stream, position, item, details)),
        }
    }
}

fn text(item: &Item, field: TextField) -> String {
    item.text(field).to_owned()
}

/// A party's two columns: the actor's number, or the name of who has no seat.
fn party(party: &Party) -> (Option<i64>, Option<String>) {
    match party {
        Party::Unnamed => (None, None),
        Party::Actor(actor) => (Some(number(actor.0)), None),
        Party::Named(name) => (None, Some(name.to_string())),
    }
}

fn problem(stream: StreamId, position: i64, item: &Item, details: &Problem) -> problem::Model {
    let (merged_into, reason) = match &details.state {
        ProblemState::Proposed | ProblemState::InAnalysis | ProblemState::Prioritised => (None, None),
        ProblemState::MergedInto(other) => (Some(other.0), None),
        ProblemState::Discarded(reason) => (None, Some(reason.to_string())),
    };
    problem::Model {
        stream_id: stream.0,
        id: item.id.0,
        alias: number(item.alias.0),
        position,
        author_id: item.author.map(|author| author.0),
        removed: item.removed,
        title: text(item, TextField::Title),
        statement: text(item, TextField::Statement),
        affected: text(item, TextField::Affected),
        place: text(item, TextField::Place),
        causes: text(item, TextField::Causes),
        effects: text(item, TextField::Effects),
        evidence: text(item, TextField::Evidence),
        evidence_source: details.evidence_source.to_string(),
        minimum_criteria: text(item, TextField::MinimumCriteria),
        origin: details.origin.map(|origin| origin.code().to_owned()),
        state: details.state.code().to_owned(),
        merged_into_id: merged_into,
        discard_reason: reason,
    }
}

fn commitment(stream: StreamId, position: i64, item: &Item, details: &Commitment) -> commitment::Model {
    let (lead_actor, lead_name) = party(&details.lead);
    let (counterpart_actor, counterpart_name) = party(&details.counterpart);
    let feasibility_by = match &details.feasibility {
        Feasibility::Pending => None,
        Feasibility::ConfirmedBy(who) | Feasibility::WithReservations(who) => Some(who.to_string()),
    };
    let components: Vec<_> = details.components.iter().map(Coded::code).collect();
    commitment::Model {
        stream_id: stream.0,
        id: item.id.0,
        alias: number(item.alias.0),
        position,
        author_id: item.author.map(|author| author.0),
        removed: item.removed,
        title: text(item, TextField::Title),
        category: details.category.map(|category| category.code().to_owned()),
        problems: json(&details.problems),
        objective: text(item, TextField::Objective),
        description: text(item, TextField::Description),
        contribution: text(item, TextField::Contribution),
        expected_result: text(item, TextField::ExpectedResult),
        indicator: text(item, TextField::Indicator),
        indicator_unit: details.indicator.unit.to_string(),
        indicator_baseline: details.indicator.baseline.to_string(),
        indicator_target: details.indicator.target.to_string(),
        indicator_period: details.indicator.period.to_string(),
        components: json(&components),
        axis: details.axis.map(number),
        lead_actor,
        lead_name,
        counterpart_actor,
        counterpart_name,
        starts: details.starts,
        ends: details.ends,
        feasibility: details.feasibility.code().to_owned(),
        feasibility_by,
        budget_note: text(item, TextField::BudgetNote),
        sdg: details.sdg.map(number),
    }
}

fn activity(stream: StreamId, position: i64, item: &Item, details: &Activity) -> activity::Model {
    let (lead_actor, lead_name) = party(&details.lead);
    activity::Model {
        stream_id: stream.0,
        id: item.id.0,
        alias: number(item.alias.0),
        position,
        author_id: item.author.map(|author| author.0),
        removed: item.removed,
        title: text(item, TextField::Title),
        commitment_id: details.commitment.0,
        deliverable: text(item, TextField::Deliverable),
        lead_actor,
        lead_name,
        responsible_post: details.responsible_post.to_string(),
        responsible_person: details.responsible_person.to_string(),
        co_responsible: details.co_responsible.to_string(),
        starts: details.starts,
        due: details.due,
    }
}

fn solution(stream: StreamId, position: i64, item: &Item, details: &Solution) -> solution::Model {
    solution::Model {
        stream_id: stream.0,
        id: item.id.0,
        alias: number(item.alias.0),
        position,
        author_id: item.author.map(|author| author.0),
        removed: item.removed,
        title: text(item, TextField::Title),
        problem_id: details.problem.0,
        proposed_by: details.proposed_by.to_string(),
        state: details.state.code().to_owned(),
    }
}

fn draft_commitment(stream: StreamId, position: i64, item: &Item, details: &DraftCommitment) -> draft_commitment::Model {
    draft_commitment::Model {
        stream_id: stream.0,
        id: item.id.0,
        alias: number(item.alias.0),
        position,
        author_id: item.author.map(|author| author.0),
        removed: item.removed,
        title: text(item, TextField::Title),
        problem_id: details.problem.0,
        origin: details.origin.map(|origin| origin.code().to_owned()),
        becomes_id: details.becomes.map(|commitment| commitment.0),
    }
}

fn contribution(stream: StreamId, position: i64, item: &Item, details: &Contribution) -> contribution::Model {
    contribution::Model {
        stream_id: stream.0,
        id: item.id.0,
        alias: number(item.alias.0),
        position,
        author_id: item.author.map(|author| author.0),
        removed: item.removed,
        target_id: details.target.map(|target| target.0),
        kind: details.kind.code().to_owned(),
        text: details.text.as_ref().map(ToString::to_string).unwrap_or_default(),
        actor: details.actor.map(|actor| number(actor.0)),
        at: details.at,
        hidden: details.hidden,
        response: details.response.status.code().to_owned(),
        response_reason: details.response.reason.as_ref().map(ToString::to_string),
        response_change_id: details.response.change.map(|change| change.0),
    }
}
