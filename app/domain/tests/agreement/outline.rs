//! How far each commitment is adopted, until when it lasts, and who is conforme with what.

use domain::agreement::verdict::Outcome;
use domain::agreement::{Command, Stance};
use domain::exercise::DecisionRule::SimpleMajority;
use domain::exercise::outline::{Adoption, Position};
use domain::{
    ActorNumber, Assignment, Command as Any, Exercise, ItemKind, Phase, Role, Viewer, deliberation,
};

use crate::mesa::{day, item, remark};
use crate::table::{Table, reason, suplente, titular};

fn adoptions(exercise: &Exercise, table: &Table) -> [Adoption; 3] {
    table.commitments.map(|commitment| exercise.adoption(commitment))
}

fn close(table: &mut Table) {
    let reason = Some(remark("Se acabó el tiempo"));
    table.ask(Role::Facilitator, Command::Close { reason }).unwrap();
}

#[test]
fn a_commitment_is_a_draft_then_frozen_then_asked_about_then_adopted_or_not() {
    let mut table = Table::under(SimpleMajority, 1);
    assert_eq!(adoptions(&table.exercise, &table), [Adoption::Draft; 3]);
    table.go(Phase::ReadOut);
    assert_eq!(adoptions(&table.exercise, &table), [Adoption::Frozen; 3]);
    table.go(Phase::Conformity);
    let against = Stance::Disagree(reason("No es viable"));
    for number in 1..=3 {
        table.state(titular(number), &[(0, Stance::Agree), (1, against.clone())]).unwrap();
    }
    assert_eq!(adoptions(&table.exercise, &table), [Adoption::Asked(Outcome::Open); 3]);
    close(&mut table);
    let said = [Outcome::Adopted, Outcome::NotAdopted, Outcome::NoQuorum].map(Adoption::Asked);
    assert_eq!(adoptions(&table.exercise, &table), said);
    // Back at the table all of it can change again, and the next version is a new question.
    table.go(Phase::Agreements);
    assert_eq!(adoptions(&table.exercise, &table), [Adoption::Draft; 3]);
    table.write(0, "Otra vez. ");
    table.go(Phase::ReadOut);
    assert_eq!(adoptions(&table.exercise, &table), [Adoption::Frozen; 3]);
    assert!(table.exercise.positions().is_empty(), "nobody was asked about this version");
}

#[test]
fn who_is_conforme_is_said_by_number_and_to_the_public_once_the_question_is_closed() {
    let mut table = Table::under(SimpleMajority, 1);
    assert!(table.exercise.positions().is_empty());
    table.go(Phase::ReadOut);
    table.go(Phase::Conformity);
    table.agree(titular(1));
    let reserve = Stance::AgreeWithReservation(reason("Sin nombres"));
    let against = Stance::Disagree(reason("No es viable"));
    let mixed = [(0, reserve), (1, against), (2, Stance::Abstain)];
    table.state(titular(2), &mixed).unwrap();
    table.state(titular(3), &[(0, Stance::Agree)]).unwrap();
    let told = [
        Position { agree: vec![1, 2, 3], ..Position::default() },
        Position {
            with_reservation: vec![1],
            disagree: vec![2],
            abstain: vec![3],
            ..Position::default()
        },
        Position { agree: vec![1], missing: vec![2, 3], ..Position::default() },
        Position { missing: vec![1, 2, 3], ..Position::default() },
    ];
    let of = |exercise: &Exercise| exercise.positions().into_values().collect::<Vec<_>>();
    assert_eq!(of(&table.exercise), told);
    assert_eq!(told.each_ref().map(Position::is_conforme), [true, false, false, false]);
    // The public learns before it is closed who answered, and nothing else.
    let seen = table.exercise.for_viewer(Viewer::Public);
    let untold = Position { untold: vec![1, 2, 3], ..Position::default() };
    let partly = Position { untold: vec![1], missing: vec![2, 3], ..Position::default() };
    assert_eq!(of(&seen), [untold.clone(), untold, partly, told[3].clone()]);
    close(&mut table);
    assert_eq!(of(&table.exercise.for_viewer(Viewer::Public)), told);
    // One changed word: that answer is missing again.
    table.go(Phase::Agreements);
    table.write(1, "Otra vez. ");
    table.go(Phase::ReadOut);
    table.go(Phase::Conformity);
    let first = &table.exercise.positions()[&ActorNumber(1)];
    assert_eq!((&first.agree, &first.missing), (&vec![1, 3], &vec![2]));
    table.state(titular(1), &[(1, Stance::Agree)]).unwrap();
    assert!(table.exercise.positions()[&ActorNumber(1)].is_conforme());
    assert!(table.state(suplente(1), &[(1, Stance::Agree)]).is_err(), "the titular acts");
}

#[test]
fn a_commitment_lasts_until_its_last_visible_activity_or_its_own_end() {
    let mut table = Table::new();
    let commitment = table.commitments[0];
    // A new one has the first year of the plan.
    assert_eq!(table.exercise.last_day(commitment), Some(day(2027, 9, 30)));
    assert_eq!(table.exercise.last_day(item(99)), None);
    let assign = |table: &mut Table, item, value| {
        table.lead(Any::Deliberation(deliberation::Command::Assign { item, value })).unwrap();
    };
    assign(&mut table, commitment, Assignment::Starts(Some(day(2026, 10, 1))));
    assign(&mut table, commitment, Assignment::Ends(Some(day(2027, 9, 1))));
    assert_eq!(table.exercise.last_day(commitment), Some(day(2027, 9, 1)));
    for (number, due) in [(11, day(2027, 3, 31)), (12, day(2027, 6, 30)), (13, day(2027, 1, 15))] {
        let add = deliberation::Command::Add {
            item: item(number),
            kind: ItemKind::Activity,
            parent: Some(commitment),
        };
        table.lead(Any::Deliberation(add)).unwrap();
        assign(&mut table, item(number), Assignment::Due(Some(due)));
    }
    assert_eq!(table.exercise.last_day(commitment), Some(day(2027, 6, 30)));
    table.lead(Any::Deliberation(deliberation::Command::Remove { item: item(12) })).unwrap();
    assert_eq!(table.exercise.last_day(commitment), Some(day(2027, 3, 31)));
}
