//! A commitment: its typed short fields (section 4). Its long texts are kept with the item.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::choice::{Category, Component, Feasibility, Party};
use super::field::Assignment;
use crate::{Date, ItemId, ShortText};

/// How fulfilment is measured; what is measured is the long text [`TextField::Indicator`](super::field::TextField::Indicator).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// In what unit.
    pub unit: ShortText,
    /// The present value.
    pub baseline: ShortText,
    /// The intended value.
    pub target: ShortText,
    /// How often it is measured.
    pub period: ShortText,
}

/// A commitment's short fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// Its category.
    pub category: Option<Category>,
    /// The problems that it answers, in the order in which they were linked.
    pub problems: Vec<ItemId>,
    /// Axis of the reference plan, when aligned.
    pub axis: Option<u8>,
    /// How it is measured.
    pub indicator: Indicator,
    /// Open-government components.
    pub components: BTreeSet<Component>,
    /// Lead institution.
    pub lead: Party,
    /// Civil counterpart.
    pub counterpart: Party,
    /// First day.
    pub starts: Option<Date>,
    /// Last day, inclusive: at most twelve months minus a day after the first.
    pub ends: Option<Date>,
    /// Whether it can be done.
    pub feasibility: Feasibility,
    /// Sustainable Development Goal, 1 to 17.
    pub sdg: Option<u8>,
    /// Its activities, in order, removed ones too.
    pub activities: Vec<ItemId>,
}

impl Commitment {
    pub(super) fn assign(&mut self, value: &Assignment) {
        match value {
            Assignment::Category(category) => self.category = *category,
            Assignment::Problem { problem, linked } => {
                self.problems.retain(|other| other != problem);
                if *linked {
                    self.problems.push(*problem);
                }
            }
            Assignment::Axis(axis) => self.axis = *axis,
            Assignment::IndicatorUnit(text) => self.indicator.unit = text.clone(),
            Assignment::IndicatorBaseline(text) => self.indicator.baseline = text.clone(),
            Assignment::IndicatorTarget(text) => self.indicator.target = text.clone(),
            Assignment::IndicatorPeriod(text) => self.indicator.period = text.clone(),
            Assignment::Component { component, present: true } => {
                self.components.insert(*component);
            }
            Assignment::Component { component, present: false } => {
                self.components.remove(component);
            }
            Assignment::Lead(party) => self.lead = party.clone(),
            Assignment::Counterpart(party) => self.counterpart = party.clone(),
            Assignment::Starts(date) => self.starts = *date,
            Assignment::Ends(date) => self.ends = *date,
            Assignment::Feasibility(feasibility) => self.feasibility = feasibility.clone(),
            Assignment::Sdg(goal) => self.sdg = *goal,
            _ => {}
        }
    }

    /// The value of the field that `like` sets; none for a switch, or when there is no such field.
    pub(super) fn value(&self, like: &Assignment) -> Option<Assignment> {
        Some(match like {
            Assignment::Category(_) => Assignment::Category(self.category),
            Assignment::Axis(_) => Assignment::Axis(self.axis),
            Assignment::IndicatorUnit(_) => Assignment::IndicatorUnit(self.indicator.unit.clone()),
            Assignment::IndicatorBaseline(_) => {
                Assignment::IndicatorBaseline(self.indicator.baseline.clone())
            }
            Assignment::IndicatorTarget(_) => {
                Assignment::IndicatorTarget(self.indicator.target.clone())
            }
            Assignment::IndicatorPeriod(_) => {
                Assignment::IndicatorPeriod(self.indicator.period.clone())
            }
            Assignment::Lead(_) => Assignment::Lead(self.lead.clone()),
            Assignment::Counterpart(_) => Assignment::Counterpart(self.counterpart.clone()),
            Assignment::Starts(_) => Assignment::Starts(self.starts),
            Assignment::Ends(_) => Assignment::Ends(self.ends),
            Assignment::Feasibility(_) => Assignment::Feasibility(self.feasibility.clone()),
            Assignment::Sdg(_) => Assignment::Sdg(self.sdg),
            _ => return None,
        })
    }
}
