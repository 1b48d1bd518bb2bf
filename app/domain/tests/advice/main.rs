//! Advice on how commitments, activities and problems are worded (section 5).

#![allow(clippy::unwrap_used)]

mod bad;
mod good;
mod more;

use domain::deliberation::advice::{self, Advice, Place};
use domain::{Date, ItemKind, TextField};

/// Where a wording stands.
#[derive(Clone, Copy, Debug)]
pub enum Where {
    /// Title of a commitment.
    Title,
    /// Objective of a commitment.
    Objective,
    /// Its expected result.
    Outcome,
    /// What an activity does.
    Deed,
    /// Its deliverable.
    Deliverable,
    /// The problem, in a sentence.
    Problem,
    /// Responsible post of an activity.
    Post,
    /// Lead institution.
    Lead,
    /// Civil counterpart.
    Counterpart,
    /// Target of the indicator.
    Target,
    /// Its unit.
    Unit,
    /// How often it is measured.
    Period,
}

impl Where {
    fn place(self) -> (ItemKind, Place) {
        match self {
            Self::Title => (ItemKind::Commitment, Place::Text(TextField::Title)),
            Self::Objective => (ItemKind::Commitment, Place::Text(TextField::Objective)),
            Self::Outcome => (ItemKind::Commitment, Place::Text(TextField::ExpectedResult)),
            Self::Deed => (ItemKind::Activity, Place::Text(TextField::Title)),
            Self::Deliverable => (ItemKind::Activity, Place::Text(TextField::Deliverable)),
            Self::Problem => (ItemKind::Problem, Place::Text(TextField::Title)),
            Self::Post => (ItemKind::Activity, Place::Post),
            Self::Lead => (ItemKind::Commitment, Place::Lead),
            Self::Counterpart => (ItemKind::Commitment, Place::Counterpart),
            Self::Target => (ItemKind::Commitment, Place::Target),
            Self::Unit => (ItemKind::Commitment, Place::Unit),
            Self::Period => (ItemKind::Commitment, Place::Period),
        }
    }
}

/// The names of the advice on a wording, as the tables have them.
fn advised(place: Where, text: &str) -> String {
    let (kind, place) = place.place();
    let ends = Date::from_calendar_date(2027, time::Month::September, 30).unwrap();
    let names = advice::of_text(kind, place, text, ends).into_iter().map(name);
    names.collect::<Vec<_>>().join(" ")
}

fn name(advice: Advice) -> String {
    format!("{advice:?}").split([' ', '(', '{']).next().unwrap().to_owned()
}

/// The rows that aren't judged as expected.
fn wrong<'a>(rows: impl IntoIterator<Item = (Where, &'a str, &'a str)>) -> Vec<String> {
    let judged = rows.into_iter().filter_map(|(place, text, expected)| {
        let given = advised(place, text);
        (given != expected).then(|| format!("{place:?} «{text}»: {expected:?}, given {given:?}"))
    });
    judged.collect()
}

#[test]
fn the_bad_examples_of_section_5_are_caught() {
    assert_eq!(wrong(bad::SECTION_5.iter().copied()), Vec::<String>::new());
}

#[test]
fn bad_wordings_are_caught_each_for_its_own_reason() {
    assert!(bad::WORDINGS.len() >= 40, "{}", bad::WORDINGS.len());
    assert_eq!(wrong(bad::WORDINGS.iter().copied()), Vec::<String>::new());
}

#[test]
fn nothing_is_said_of_good_wordings() {
    assert!(good::WORDINGS.len() >= 40, "{}", good::WORDINGS.len());
    let rows = good::WORDINGS.iter().map(|(place, text)| (*place, *text, ""));
    assert_eq!(wrong(rows), Vec::<String>::new());
}

#[test]
fn further_bad_wordings_are_caught() {
    assert_eq!(wrong(more::BAD.iter().copied()), Vec::<String>::new());
}

#[test]
fn nothing_is_said_of_further_good_wordings() {
    let rows = more::GOOD.iter().map(|(place, text)| (*place, *text, ""));
    assert_eq!(wrong(rows), Vec::<String>::new());
}
