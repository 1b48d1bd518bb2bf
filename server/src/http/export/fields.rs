//! The fields that all files of the open data share: a field's name for programs, its title for
//! people, and how it is read. What a file has in a form of its own is in that file's module.

use app::text::{date, field, name};
use domain::codes::Coded;
use domain::deliberation::choice::Party;
use domain::{Activity, Commitment, Date, Item, ItemKind, Mesa, Problem, ShortText, TextField};
use serde_json::Value;

use super::table::{Cell, Column, Kind};
use super::workbook::{DAY, Entry, LONG, NAME, WORD};

/// A field of items whose details are `T`.
pub(super) struct Field<T> {
    /// Its name in tables and JSON, the glossary's (section 7).
    pub name: &'static str,
    title: &'static str,
    width: f64,
    holds: Holds<T>,
}

enum Holds<T> {
    Long(TextField),
    Line(fn(&T) -> &ShortText),
    /// Short text where a number is expected.
    Figure(fn(&T) -> &ShortText),
    Party(fn(&T) -> &Party),
    Day(fn(&T) -> Option<Date>),
}

use Holds::{Day, Figure, Line, Long, Party as Institution};

/// The fields of a problem.
pub(super) fn problem() -> Vec<Field<Problem>> {
    let long = |field, width| Field::long(field, ItemKind::Problem, width);
    vec![
        long(TextField::Title, LONG),
        long(TextField::Statement, LONG),
        long(TextField::Affected, NAME),
        long(TextField::Place, NAME),
        long(TextField::Causes, LONG),
        long(TextField::Effects, LONG),
        long(TextField::Evidence, LONG),
        Field::new("evidence_source", field::EVIDENCE_SOURCE, NAME, Line(|of| &of.evidence_source)),
        long(TextField::MinimumCriteria, LONG),
    ]
}

/// A commitment's fields after its title.
pub(super) fn commitment() -> Vec<Field<Commitment>> {
    let long = |field, width| Field::long(field, ItemKind::Commitment, width);
    vec![
        long(TextField::Objective, LONG),
        long(TextField::Description, LONG),
        long(TextField::Contribution, LONG),
        long(TextField::ExpectedResult, NAME),
    ]
}

/// How a commitment's fulfilment is measured; JSON groups these fields, without their common
/// prefix.
pub(super) fn indicator() -> Vec<Field<Commitment>> {
    vec![
        Field::new("indicator_unit", field::UNIT, WORD, Line(|of| &of.indicator.unit)),
        Field::new("indicator_baseline", field::BASELINE, DAY, Figure(|of| &of.indicator.baseline)),
        Field::new("indicator_target", field::TARGET, DAY, Figure(|of| &of.indicator.target)),
        Field::new("indicator_period", field::PERIOD, WORD, Line(|of| &of.indicator.period)),
    ]
}

/// Who is responsible for a commitment, and when.
pub(super) fn undertaking() -> Vec<Field<Commitment>> {
    vec![
        Field::new("lead", field::LEAD, NAME, Institution(|of| &of.lead)),
        Field::new(
            "civil_counterpart",
            field::COUNTERPART,
            NAME,
            Institution(|of| &of.counterpart),
        ),
        Field::new("starts", field::STARTS, DAY, Day(|of| of.starts)),
        Field::new("ends", field::ENDS, DAY, Day(|of| of.ends)),
    ]
}

/// An activity's fields. The name of the person responsible isn't public; their post is.
pub(super) fn activity() -> Vec<Field<Activity>> {
    let long = |field, width| Field::long(field, ItemKind::Activity, width);
    vec![
        long(TextField::Title, LONG),
        long(TextField::Deliverable, NAME),
        Field::new("lead", field::LEAD, NAME, Institution(|of| &of.lead)),
        Field::new(
            "responsible_post",
            field::RESPONSIBLE_POST,
            NAME,
            Line(|of| &of.responsible_post),
        ),
        Field::new("co_responsible", field::CO_RESPONSIBLE, NAME, Line(|of| &of.co_responsible)),
        Field::new("starts", field::STARTS, DAY, Day(|of| of.starts)),
        Field::new("due_date", field::DUE, DAY, Day(|of| of.due)),
    ]
}

impl<T> Field<T> {
    fn new(name: &'static str, title: &'static str, width: f64, holds: Holds<T>) -> Self {
        Self { name, title, width, holds }
    }

    /// A long text of a kind of item.
    pub(super) fn long(field: TextField, kind: ItemKind, width: f64) -> Self {
        Self::new(field.code(), field::long(field, kind), width, Long(field))
    }

    /// Its column in a table.
    pub(super) fn column(&self) -> Column {
        let kind = match self.holds {
            Long(_) | Line(_) | Institution(_) => Kind::Text,
            Figure(_) => Kind::Figure,
            Day(_) => Kind::Day,
        };
        Column::new(self.name, self.title, kind)
    }

    /// Its cell in a table.
    pub(super) fn cell(&self, state: &Mesa, item: &Item, of: &T) -> Cell {
        match self.holds {
            Long(field) => Cell::text(item.text(field)),
            Line(line) => Cell::text(line(of).as_str()),
            Figure(figure) => Cell::figure(figure(of).as_str()),
            Institution(party) => Cell::text(name::party(state, party(of)).unwrap_or_default()),
            Day(day) => Cell::Day(day(of)),
        }
    }

    /// Its column's heading in the workbook, and the width.
    pub(super) fn heading(&self) -> (&'static str, f64) {
        (self.title, self.width)
    }

    /// Its cell in the workbook.
    pub(super) fn entry(&self, state: &Mesa, item: &Item, of: &T) -> Entry {
        match self.holds {
            Long(field) => Entry::Text(item.text(field).to_owned()),
            Line(line) => Entry::Text(line(of).to_string()),
            Figure(figure) => Entry::Figure(figure(of).to_string()),
            Institution(party) => Entry::Text(name::party(state, party(of)).unwrap_or_default()),
            Day(day) => Entry::Day(day(of)),
        }
    }

    /// Its value in JSON.
    pub(super) fn value(&self, state: &Mesa, item: &Item, of: &T) -> Value {
        match self.holds {
            Long(field) => item.text(field).into(),
            Line(line) | Figure(line) => line(of).as_str().into(),
            Institution(party) => name::party(state, party(of)).into(),
            Day(day) => day(of).map(date::machine_date).into(),
        }
    }
}
