//! Problems, commitments with their activities, and who agreed.

use serde::{Deserialize, Serialize};

use super::exercise::Period;
use crate::date::Date;

/// A problem that the mesas worked on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Problem {
    /// Its number as it is written: "P1".
    pub number: String,
    /// Its title.
    pub title: String,
    /// The statement below the title; may be empty.
    pub statement: String,
    /// Who is affected.
    pub affected: String,
    /// Where.
    pub place: String,
    /// The evidence with its source.
    pub evidence: String,
    /// Where the problem came from, in words.
    pub origin: String,
    /// Numbers of the commitments that answer it; empty says so in the table.
    pub commitments: Vec<u32>,
}

/// What a commitment counts as in the quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// *Seguimiento del dinero*.
    FollowTheMoney,
    /// *Alineado al plan nacional*.
    NationalPlan,
    /// *Problema local*.
    Local,
    /// *Compromiso proactivo*.
    Proactive,
}

impl Category {
    pub(crate) const ALL: [Category; 4] =
        [Category::FollowTheMoney, Category::NationalPlan, Category::Local, Category::Proactive];
}

/// A commitment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// Its number in the frozen plan, from 1.
    pub number: u32,
    /// Its category.
    pub category: Category,
    /// Its title.
    pub title: String,
    /// Its objective.
    pub objective: String,
    /// What it is; may be empty.
    pub description: String,
    /// How it contributes to solving the problem; may be empty.
    pub contribution: String,
    /// The expected result; may be empty.
    pub result: String,
    /// How it is measured.
    pub indicator: Indicator,
    /// Open-government components in words.
    pub components: Vec<String>,
    /// The axis of the reference plan, when aligned.
    pub axis: Option<String>,
    /// The institution that leads.
    pub lead: String,
    /// The civil counterpart; may be empty.
    pub counterpart: String,
    /// First and last day, both included.
    pub period: Option<Period>,
    /// Feasibility in a sentence; may be empty.
    pub feasibility: String,
    /// The budget note; may be empty.
    pub budget: String,
    /// Sustainable development goals; may be empty.
    pub sdg: String,
    /// The problems that it answers, as they are to be read: "P1. Las familias no pueden…".
    pub problems: Vec<String>,
    /// Its activities, in their order.
    pub activities: Vec<Activity>,
    /// Who agreed; none while nobody was asked.
    pub conformity: Option<Conformity>,
}

/// An indicator. The figures are texts: "100 %", "9 de 17".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// What is measured; when empty, the sheet has no indicator.
    pub what: String,
    /// In what: "localidades"; may be empty.
    pub unit: String,
    /// Where it stands.
    pub baseline: String,
    /// Where it is to get.
    pub target: String,
    /// How often it is measured: "mensual"; may be empty.
    pub period: String,
}

/// An activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    /// Its number as it is written: "4.2".
    pub number: String,
    /// What is done.
    pub text: String,
    /// The deliverable or means of verification.
    pub deliverable: String,
    /// The institution that leads it, when it isn't the commitment's; may be empty.
    pub lead: String,
    /// The responsible post.
    pub post: String,
    /// The responsible person; left out of the public copy.
    pub person: String,
    /// Who is co-responsible; may be empty.
    pub co_responsible: String,
    /// The first day, when there is one.
    pub start: Option<Date>,
    /// The due date.
    pub due: Option<Date>,
}

/// What came of asking for conformity with a commitment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conformity {
    /// Whether the rule says that it is adopted.
    pub adopted: bool,
    /// Why, in a sentence: "6 de 8 conformes; la regla pide dos tercios."
    pub rule: String,
    /// The version with which it was asked, when it isn't the document's own; its text is the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_with: Option<u32>,
    /// Who said what.
    pub groups: Groups,
}

/// The seats by what they said, each in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Groups {
    /// *Conforme*: organisations.
    pub agree: Vec<String>,
    /// *Conforme con reserva*.
    pub with_reservation: Vec<Voice>,
    /// *No conforme*.
    pub disagree: Vec<Voice>,
    /// *Abstención*: organisations.
    pub abstain: Vec<String>,
    /// Who was asked and didn't answer.
    pub unanswered: Vec<String>,
}

impl Groups {
    /// How many were asked.
    pub(crate) fn asked(&self) -> usize {
        self.agree.len()
            + self.with_reservation.len()
            + self.disagree.len()
            + self.abstain.len()
            + self.unanswered.len()
    }
}

/// An organisation and its own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Voice {
    /// Who says it.
    pub organisation: String,
    /// What it wrote, unchanged, of any length.
    pub text: String,
}
