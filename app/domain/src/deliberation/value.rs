//! Which values a short field accepts.

use super::choice::{ItemKind, Party, ProblemState, ResponseStatus};
use super::contribution::ContributionKind;
use super::decide::edit_action;
use super::field::Assignment;
use super::item::{Details, Item};
use super::period::year_from;
use super::{Event, Rejection};
use crate::judge::{Judge, when};
use crate::permission::Action;
use crate::{Date, ItemId};

fn answer_action(item: &Item) -> Action {
    match item.as_contribution().map(|said| said.kind) {
        Some(ContributionKind::Objection) => Action::AnswerObjection,
        _ => Action::AnswerContribution,
    }
}

impl Judge<'_> {
    pub(super) fn assign(
        &self,
        id: ItemId,
        value: &Assignment,
    ) -> Result<Vec<Event>, crate::Rejection> {
        let item = self.visible(id)?;
        match value {
            Assignment::Feasibility(_) => self.require(Action::ConfirmFeasibility, Some(item))?,
            Assignment::ProblemState(_) => self.require_for_all(Action::ArrangeProblems)?,
            // Its author alone doesn't decide what becomes of it.
            Assignment::SolutionState(_) | Assignment::Becomes(_) => {
                self.require_for_all(Action::EditProblem)?
            }
            Assignment::Response(_) => self.require(answer_action(item), Some(item))?,
            _ => {
                self.require(edit_action(item.kind()).ok_or(Rejection::WrongField)?, Some(item))?
            }
        }
        if !value.belongs_to(item.kind()) {
            return Err(Rejection::WrongField.into());
        }
        self.check_value(item, value)?;
        let event = Event::Assigned { item: id, value: value.clone() };
        let mut after = self.mesa.clone();
        after.apply_deliberation(&event);
        let unchanged = after.item(id).is_some_and(|after| after.details == item.details)
            // Linking again the problem that was linked last changes nothing; otherwise the order
            // changes.
            || matches!((value, &item.details), (Assignment::Problem { problem, linked: true }, Details::Commitment(c)) if c.problems.contains(problem));
        Ok(when(!unchanged, event))
    }

    fn check_value(&self, item: &Item, value: &Assignment) -> Result<(), crate::Rejection> {
        match value {
            Assignment::Axis(Some(axis)) => {
                let known = self.mesa.exercise.as_ref().is_some_and(|exercise| {
                    exercise.axes.iter().any(|other| other.number == *axis)
                });
                if known { Ok(()) } else { Err(crate::Rejection::UnknownValue) }
            }
            Assignment::Sdg(Some(goal)) if !(1..=17).contains(goal) => {
                Err(crate::Rejection::UnknownValue)
            }
            Assignment::Lead(Party::Actor(number))
            | Assignment::Counterpart(Party::Actor(number)) => {
                self.mesa.actor(*number).map(|_| ()).ok_or(crate::Rejection::UnknownValue)
            }
            Assignment::Problem { problem, linked } => {
                let other = self.known(*problem)?;
                if other.kind() != ItemKind::Problem {
                    return Err(Rejection::WrongField.into());
                }
                if *linked && other.removed { Err(Rejection::RemovedItem.into()) } else { Ok(()) }
            }
            Assignment::ProblemState(ProblemState::MergedInto(other)) => {
                if *other == item.id || self.visible(*other)?.kind() != ItemKind::Problem {
                    return Err(Rejection::WrongField.into());
                }
                if self.mesa.deliberation.merges(*other).contains(&item.id) {
                    Err(Rejection::MergedInACircle.into())
                } else {
                    Ok(())
                }
            }
            Assignment::ProblemState(ProblemState::Discarded(reason)) if reason.is_empty() => {
                Err(crate::Rejection::ReasonNeeded)
            }
            Assignment::Becomes(Some(commitment)) => {
                if self.visible(*commitment)?.kind() == ItemKind::Commitment {
                    Ok(())
                } else {
                    Err(Rejection::WrongField.into())
                }
            }
            Assignment::Response(response) => {
                if let Some(change) = response.change {
                    self.visible(change)?;
                }
                let needed = response.status != ResponseStatus::Pending;
                if needed && response.reason.is_none() {
                    Err(crate::Rejection::ReasonNeeded)
                } else {
                    Ok(())
                }
            }
            Assignment::Starts(Some(date)) => self.check_period(item, Some(*date), None),
            Assignment::Ends(Some(date)) => self.check_period(item, None, Some(*date)),
            Assignment::Due(Some(date)) => {
                let starts = item.as_activity().and_then(|activity| activity.starts);
                self.within_commitment(item, *date)?;
                if starts.is_some_and(|starts| *date < starts) {
                    Err(Rejection::EndBeforeStart.into())
                } else {
                    Ok(())
                }
            }
            _ => Ok(()),
        }
    }

    fn within_commitment(&self, activity: &Item, date: Date) -> Result<(), crate::Rejection> {
        let commitment = activity
            .parent()
            .and_then(|parent| self.mesa.item(parent))
            .and_then(|item| item.as_commitment());
        let plan = self.mesa.plan_period();
        let from = commitment.and_then(|c| c.starts).unwrap_or(plan.0);
        let to = commitment.and_then(|c| c.ends).unwrap_or(plan.1);
        inside(date, from, to)
    }

    fn check_period(
        &self,
        item: &Item,
        starts: Option<Date>,
        ends: Option<Date>,
    ) -> Result<(), crate::Rejection> {
        if let Some(activity) = item.as_activity() {
            let date = starts.or(ends).unwrap_or(Date::MIN);
            self.within_commitment(item, date)?;
            return if activity.due.is_some_and(|due| due < date) {
                Err(Rejection::EndBeforeStart.into())
            } else {
                Ok(())
            };
        }
        let Some(commitment) = item.as_commitment() else {
            return Err(Rejection::WrongField.into());
        };
        let (from, to) = self.mesa.plan_period();
        for date in starts.iter().chain(&ends) {
            inside(*date, from, to)?;
        }
        if let (Some(starts), Some(ends)) = (starts.or(commitment.starts), ends.or(commitment.ends))
        {
            if ends < starts {
                return Err(Rejection::EndBeforeStart.into());
            }
            if ends > year_from(starts) {
                return Err(Rejection::LongerThanAYear.into());
            }
        }
        Ok(())
    }
}

fn inside(date: Date, from: Date, to: Date) -> Result<(), crate::Rejection> {
    if date < from || date > to { Err(Rejection::DateOutside { from, to }.into()) } else { Ok(()) }
}
