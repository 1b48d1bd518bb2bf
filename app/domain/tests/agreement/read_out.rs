//! Reading the commitments out, one at a time.

use domain::agreement::Command;
use domain::{Phase, Rejection, Role, Shown, conduct, people};

use crate::mesa::{HERE, person, short};
use crate::table::Table;

fn shown(table: &Table) -> Shown {
    table.exercise.mesa(HERE).unwrap().conduct.shown.clone()
}

#[test]
fn the_walls_follow_what_is_read() {
    let mut table = Table::new();
    table.go(Phase::ReadOut);
    let [first, second, _] = table.commitments;
    table.ask(Role::Facilitator, Command::ReadOut { commitment: Some(first) }).unwrap();
    assert_eq!(shown(&table), Shown::Item(first));
    let show = conduct::Command::Show { shown: Shown::Blank };
    table.lead(domain::Command::Conduct(show)).unwrap();
    assert_eq!(table.exercise.plan.reading, Some(first), "the place is kept");
    table.ask(Role::CoFacilitator, Command::ReadOut { commitment: Some(first) }).unwrap();
    assert_eq!(shown(&table), Shown::Item(first), "and returned to");
    table.ask(Role::Facilitator, Command::ReadOut { commitment: Some(second) }).unwrap();
    assert_eq!(table.exercise.plan.reading, Some(second));
}

#[test]
fn a_phase_of_the_plan_begins_with_its_own_picture_on_the_wall() {
    let mut table = Table::new();
    table.go(Phase::ReadOut);
    let first = table.commitments[0];
    table.ask(Role::Facilitator, Command::ReadOut { commitment: Some(first) }).unwrap();
    table.go(Phase::Conformity);
    assert_eq!(shown(&table), Shown::Agreement);
    table.lead(domain::Command::Conduct(conduct::Command::Show { shown: Shown::Blank })).unwrap();
    table.go(Phase::ReadOut);
    assert_eq!(shown(&table), Shown::Blank, "whoever blanked the wall meant it");
}

#[test]
fn next_and_previous_walk_the_whole_plan_and_stop_at_its_ends() {
    let mut table = Table::new();
    table.go(Phase::ReadOut);
    let version = table.exercise.plan.version().unwrap();
    let [first, second, third] = table.commitments.map(Some);
    assert_eq!(version.beside(None, true), Some(first));
    assert_eq!(version.beside(first, true), Some(second));
    assert_eq!(version.beside(third, true), None);
    assert_eq!(version.beside(first, false), Some(None));
    assert_eq!(version.beside(None, false), None);
}

#[test]
fn somebody_else_may_be_asked_to_read() {
    let mut table = Table::new();
    table.go(Phase::ReadOut);
    let read = || Command::ReadOut { commitment: None };
    let next = Command::ReadOut { commitment: Some(table.commitments[0]) };
    assert!(table.ask(Role::Participant, next.clone()).is_err());
    let reader = Some(person(Role::Participant));
    let unknown = table.ask(Role::Facilitator, Command::ChooseReader { reader });
    assert_eq!(unknown, Err(Rejection::UnknownValue), "they aren't here");
    let arrived = people::Event::Arrived {
        mesa: HERE,
        person: person(Role::Participant),
        organisation: short("Vecinos"),
        seat: None,
        mode: people::attendance::AttendanceMode::InRoom,
        at: 0,
    };
    table.exercise.apply(&domain::Event::People(arrived));
    table.ask(Role::Facilitator, Command::ChooseReader { reader }).unwrap();
    table.ask(Role::Participant, next).unwrap();
    assert!(table.ask(Role::Rapporteur, read()).is_err(), "nobody else");
    table.ask(Role::Facilitator, Command::ChooseReader { reader: None }).unwrap();
    assert!(table.ask(Role::Participant, read()).is_err(), "not any longer");
}

#[test]
fn nothing_is_read_out_before_or_after() {
    let mut table = Table::new();
    let first = Command::ReadOut { commitment: Some(table.commitments[0]) };
    assert!(table.ask(Role::Facilitator, first.clone()).is_err());
    table.go(Phase::Conformity);
    assert!(table.ask(Role::Facilitator, first).is_err());
}
