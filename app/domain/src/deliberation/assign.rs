//! Setting short fields, and remembering what stood in them. What doesn't fit changes nothing.

use super::contribution::Contribution;
use super::field::Assignment;
use super::item::{Activity, Commitment, Details, Item, Problem};
use super::solution::{DraftCommitment, Solution};

impl Item {
    /// Keeps what stands in the field that a value is for, when it is another one. Switches (a
    /// linked problem, a component) have only one other value, and aren't kept.
    pub(super) fn remember(&mut self, value: &Assignment) {
        if let Some(old) = self.details.value(value).filter(|old| old != value) {
            self.replaced.retain(|other| !other.is_of_the_field_of(&old));
            self.replaced.push(old);
        }
    }
}

impl Details {
    pub(super) fn assign(&mut self, value: &Assignment) {
        match self {
            Self::Problem(problem) => assign_problem(problem, value),
            Self::Commitment(commitment) => assign_commitment(commitment, value),
            Self::Activity(activity) => assign_activity(activity, value),
            Self::Solution(solution) => assign_solution(solution, value),
            Self::DraftCommitment(draft) => assign_draft(draft, value),
            Self::Contribution(contribution) => assign_contribution(contribution, value),
        }
    }

    /// What stands in the field that `like` sets; none for a switch, or when there is no such
    /// field.
    pub fn value(&self, like: &Assignment) -> Option<Assignment> {
        match self {
            Self::Problem(problem) => match like {
                Assignment::Origin(_) => Some(Assignment::Origin(problem.origin)),
                Assignment::EvidenceSource(_) => {
                    Some(Assignment::EvidenceSource(problem.evidence_source.clone()))
                }
                Assignment::ProblemState(_) => {
                    Some(Assignment::ProblemState(problem.state.clone()))
                }
                _ => None,
            },
            Self::Commitment(commitment) => value_of_commitment(commitment, like),
            Self::Activity(activity) => match like {
                Assignment::Lead(_) => Some(Assignment::Lead(activity.lead.clone())),
                Assignment::ResponsiblePost(_) => {
                    Some(Assignment::ResponsiblePost(activity.responsible_post.clone()))
                }
                Assignment::ResponsiblePerson(_) => {
                    Some(Assignment::ResponsiblePerson(activity.responsible_person.clone()))
                }
                Assignment::CoResponsible(_) => {
                    Some(Assignment::CoResponsible(activity.co_responsible.clone()))
                }
                Assignment::Starts(_) => Some(Assignment::Starts(activity.starts)),
                Assignment::Due(_) => Some(Assignment::Due(activity.due)),
                _ => None,
            },
            Self::Solution(solution) => match like {
                Assignment::ProposedBy(_) => {
                    Some(Assignment::ProposedBy(solution.proposed_by.clone()))
                }
                Assignment::SolutionState(_) => Some(Assignment::SolutionState(solution.state)),
                _ => None,
            },
            Self::DraftCommitment(draft) => match like {
                Assignment::Origin(_) => Some(Assignment::Origin(draft.origin)),
                Assignment::Becomes(_) => Some(Assignment::Becomes(draft.becomes)),
                _ => None,
            },
            Self::Contribution(contribution) => match like {
                Assignment::Response(_) => {
                    Some(Assignment::Response(contribution.response.clone()))
                }
                _ => None,
            },
        }
    }
}

fn value_of_commitment(commitment: &Commitment, like: &Assignment) -> Option<Assignment> {
    Some(match like {
        Assignment::Category(_) => Assignment::Category(commitment.category),
        Assignment::Axis(_) => Assignment::Axis(commitment.axis),
        Assignment::IndicatorUnit(_) => {
            Assignment::IndicatorUnit(commitment.indicator.unit.clone())
        }
        Assignment::IndicatorBaseline(_) => {
            Assignment::IndicatorBaseline(commitment.indicator.baseline.clone())
        }
        Assignment::IndicatorTarget(_) => {
            Assignment::IndicatorTarget(commitment.indicator.target.clone())
        }
        Assignment::IndicatorPeriod(_) => {
            Assignment::IndicatorPeriod(commitment.indicator.period.clone())
        }
        Assignment::Lead(_) => Assignment::Lead(commitment.lead.clone()),
        Assignment::Counterpart(_) => Assignment::Counterpart(commitment.counterpart.clone()),
        Assignment::Starts(_) => Assignment::Starts(commitment.starts),
        Assignment::Ends(_) => Assignment::Ends(commitment.ends),
        Assignment::Feasibility(_) => Assignment::Feasibility(commitment.feasibility.clone()),
        Assignment::Sdg(_) => Assignment::Sdg(commitment.sdg),
        _ => return None,
    })
}

fn assign_problem(problem: &mut Problem, value: &Assignment) {
    match value {
        Assignment::Origin(origin) => problem.origin = *origin,
        Assignment::EvidenceSource(source) => problem.evidence_source = source.clone(),
        Assignment::ProblemState(state) => problem.state = state.clone(),
        _ => {}
    }
}

fn assign_commitment(commitment: &mut Commitment, value: &Assignment) {
    match value {
        Assignment::Category(category) => commitment.category = *category,
        Assignment::Problem { problem, linked } => {
            commitment.problems.retain(|other| other != problem);
            if *linked {
                commitment.problems.push(*problem);
            }
        }
        Assignment::Axis(axis) => commitment.axis = *axis,
        Assignment::IndicatorUnit(text) => commitment.indicator.unit = text.clone(),
        Assignment::IndicatorBaseline(text) => commitment.indicator.baseline = text.clone(),
        Assignment::IndicatorTarget(text) => commitment.indicator.target = text.clone(),
        Assignment::IndicatorPeriod(text) => commitment.indicator.period = text.clone(),
        Assignment::Component { component, present: true } => {
            commitment.components.insert(*component);
        }
        Assignment::Component { component, present: false } => {
            commitment.components.remove(component);
        }
        Assignment::Lead(party) => commitment.lead = party.clone(),
        Assignment::Counterpart(party) => commitment.counterpart = party.clone(),
        Assignment::Starts(date) => commitment.starts = *date,
        Assignment::Ends(date) => commitment.ends = *date,
        Assignment::Feasibility(feasibility) => commitment.feasibility = feasibility.clone(),
        Assignment::Sdg(goal) => commitment.sdg = *goal,
        _ => {}
    }
}

fn assign_activity(activity: &mut Activity, value: &Assignment) {
    match value {
        Assignment::Lead(party) => activity.lead = party.clone(),
        Assignment::ResponsiblePost(text) => activity.responsible_post = text.clone(),
        Assignment::ResponsiblePerson(text) => activity.responsible_person = text.clone(),
        Assignment::CoResponsible(text) => activity.co_responsible = text.clone(),
        Assignment::Starts(date) => activity.starts = *date,
        Assignment::Due(date) => activity.due = *date,
        _ => {}
    }
}

fn assign_solution(solution: &mut Solution, value: &Assignment) {
    match value {
        Assignment::ProposedBy(text) => solution.proposed_by = text.clone(),
        Assignment::SolutionState(state) => solution.state = *state,
        _ => {}
    }
}

fn assign_draft(draft: &mut DraftCommitment, value: &Assignment) {
    match value {
        Assignment::Origin(origin) => draft.origin = *origin,
        Assignment::Becomes(commitment) => draft.becomes = *commitment,
        _ => {}
    }
}

fn assign_contribution(contribution: &mut Contribution, value: &Assignment) {
    if let Assignment::Response(response) = value {
        contribution.response = response.clone();
    }
}
