//! The value of a short field as people read it.

use domain::{Assignment, Mesa};

use super::{date, name, sheet};

/// A value in words; empty when there is none, and for switches.
pub fn assigned(state: &Mesa, value: &Assignment) -> String {
    match value {
        Assignment::Origin(origin) => origin.map(name::origin).unwrap_or_default().to_owned(),
        Assignment::ProblemState(value) => name::problem_state(state, value),
        Assignment::Category(category) => {
            category.map(name::category).unwrap_or_default().to_owned()
        }
        Assignment::Axis(axis) => axis.map(|axis| name::axis(state, axis)).unwrap_or_default(),
        Assignment::Lead(party) | Assignment::Counterpart(party) => {
            name::party(state, party).unwrap_or_default()
        }
        Assignment::Starts(day) | Assignment::Ends(day) | Assignment::Due(day) => {
            day.map(date::date).unwrap_or_default()
        }
        Assignment::Feasibility(value) => name::feasibility(value),
        Assignment::Sdg(goal) => goal.map(name::sdg).unwrap_or_default(),
        Assignment::SolutionState(value) => sheet::solution_state(*value).to_owned(),
        Assignment::Becomes(item) => {
            item.and_then(|id| state.item(id)).map(|item| name::title(item)).unwrap_or_default()
        }
        Assignment::Problem { .. } | Assignment::Component { .. } | Assignment::Response(_) => {
            String::new()
        }
        typed => typed.words().unwrap_or_default().to_owned(),
    }
}
