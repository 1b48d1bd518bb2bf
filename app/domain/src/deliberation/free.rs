//! The texts that somebody typed in events about items and contributions, apart from long texts.

use super::Event;
use super::choice::{Feasibility, Party, ProblemState};
use super::field::Assignment;
use crate::text::free::{Part, Visit};

impl Event {
    pub(crate) fn free_texts(&mut self, visit: &mut Visit<'_>) {
        match self {
            Self::Contributed { text, .. } => visit(Part::Contribution, text),
            Self::Assigned { item: _, value } => of_value(value, visit),
            // What a patch inserts is part of a long text.
            Self::TextPatched { .. }
            | Self::ItemAdded { .. }
            | Self::ItemRemoved { .. }
            | Self::ItemRestored { .. }
            | Self::ItemMoved { .. }
            | Self::HiddenSet { .. } => {}
        }
    }
}

fn of_value(value: &mut Assignment, visit: &mut Visit<'_>) {
    match value {
        Assignment::EvidenceSource(text)
        | Assignment::ProblemState(ProblemState::Discarded(text))
        | Assignment::IndicatorUnit(text)
        | Assignment::IndicatorBaseline(text)
        | Assignment::IndicatorTarget(text)
        | Assignment::IndicatorPeriod(text)
        | Assignment::Lead(Party::Named(text))
        | Assignment::Counterpart(Party::Named(text))
        | Assignment::Feasibility(
            Feasibility::ConfirmedBy(text) | Feasibility::WithReservations(text),
        )
        | Assignment::ResponsiblePost(text)
        | Assignment::ResponsiblePerson(text)
        | Assignment::CoResponsible(text)
        | Assignment::ProposedBy(text) => visit(Part::Value, text),
        Assignment::Response(response) => {
            if let Some(reason) = &mut response.reason {
                visit(Part::Reason, reason);
            }
        }
        Assignment::Origin(_)
        | Assignment::ProblemState(
            ProblemState::Proposed
            | ProblemState::InAnalysis
            | ProblemState::Prioritised
            | ProblemState::MergedInto(_),
        )
        | Assignment::Category(_)
        | Assignment::Problem { .. }
        | Assignment::Axis(_)
        | Assignment::Component { .. }
        | Assignment::Lead(Party::Unnamed | Party::Actor(_))
        | Assignment::Counterpart(Party::Unnamed | Party::Actor(_))
        | Assignment::Starts(_)
        | Assignment::Ends(_)
        | Assignment::Due(_)
        | Assignment::Feasibility(Feasibility::Pending)
        | Assignment::Sdg(_)
        | Assignment::SolutionState(_)
        | Assignment::Becomes(_) => {}
    }
}
