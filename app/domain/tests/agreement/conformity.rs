//! Who agrees: once per actor, to a text, until the question is closed.

use domain::agreement::verdict::Outcome;
use domain::agreement::{Command, Event as Agreed, Rejection as Refused, Stance};
use domain::exercise::DecisionRule;
use domain::{Actor, ActorNumber, Event, Phase, Rejection, Role, SeatId, exercise};

use crate::table::{Table, actor, reason, suplente, titular};

fn asked() -> Table {
    let mut table = Table::new();
    table.go(Phase::ReadOut);
    table.go(Phase::Conformity);
    table
}

fn stance(table: &Table, of: u16, commitment: usize) -> Option<Stance> {
    let given = table.exercise.plan.given(ActorNumber(of), table.commitments[commitment]);
    given.and_then(|given| given.stance.clone())
}

fn amend(table: &mut Table, change: impl FnOnce(&mut Actor)) {
    let known = table.exercise.actors.iter().find(|other| other.number.0 == 1).unwrap();
    let mut changed = known.as_ref().clone();
    change(&mut changed);
    table.set_up(exercise::ServerCommand::AmendActor(Box::new(changed)));
}

#[test]
fn those_who_sign_are_asked_and_are_missing_until_they_answered_about_everything() {
    let mut table = asked();
    assert_eq!(table.missing(), [1, 2, 3, 4]);
    table.agree(titular(2));
    table.state(titular(3), &[(0, Stance::Agree)]).unwrap();
    assert_eq!(table.missing(), [1, 3, 4]);
}

#[test]
fn everything_but_one_is_two_commands_and_an_answer_may_change() {
    let mut table = asked();
    table.agree(titular(1));
    let reserve = Stance::AgreeWithReservation(reason("Falta el presupuesto"));
    table.state(titular(1), &[(1, reserve.clone())]).unwrap();
    assert_eq!(stance(&table, 1, 0), Some(Stance::Agree));
    assert_eq!(stance(&table, 1, 1), Some(reserve.clone()));
    assert_eq!(table.state(titular(1), &[(1, reserve)]), Ok(vec![]), "the same changes nothing");
    table.state(titular(1), &[(1, Stance::Abstain)]).unwrap();
    assert_eq!(stance(&table, 1, 1), Some(Stance::Abstain));
}

#[test]
fn one_changed_word_asks_for_that_commitment_alone_again() {
    let mut table = asked();
    for number in 1..=4 {
        table.agree(titular(number));
    }
    assert!(table.missing().is_empty());
    table.go(Phase::Agreements);
    table.write(1, "Otra palabra");
    table.go(Phase::ReadOut);
    table.go(Phase::Conformity);
    assert_eq!(table.missing(), [1, 2, 3, 4]);
    let plan = &table.exercise.plan;
    let again = |at: usize| plan.must_reconfirm(ActorNumber(1), table.commitments[at]);
    assert_eq!([again(0), again(1), again(2)], [false, true, false]);
    let open: Vec<_> = plan.unanswered(ActorNumber(1)).collect();
    assert_eq!(open, [table.commitments[1]]);
    table.state(titular(1), &[(1, Stance::Agree)]).unwrap();
    assert_eq!(table.missing(), [2, 3, 4]);
}

#[test]
fn who_answers_about_an_older_text_answers_about_what_is_still_the_same() {
    let mut table = asked();
    table.go(Phase::Agreements);
    table.write(1, "Otra palabra");
    table.go(Phase::Conformity);
    let all = [0, 1, 2].map(|at| (at, Stance::Agree));
    table.state_of(1, titular(1), &all).unwrap();
    assert_eq!(stance(&table, 1, 0), Some(Stance::Agree));
    assert_eq!(stance(&table, 1, 1), None);
    let changed = table.state_of(1, titular(2), &[(1, Stance::Agree)]);
    assert_eq!(changed, Err(Refused::TextChanged.into()));
    let unheard_of = table.state_of(9, titular(2), &[(1, Stance::Agree)]);
    assert_eq!(unheard_of, Err(Refused::TextChanged.into()));
}

#[test]
fn a_text_that_gets_its_old_words_back_is_agreed_to_as_it_was() {
    let mut table = asked();
    table.agree(titular(1));
    table.go(Phase::Agreements);
    table.write(1, "Otra");
    let undone = domain::deliberation::Command::Patch {
        item: table.commitments[1],
        field: domain::TextField::Objective,
        base: 0,
        patch: domain::Patch::splice(0, 4, ""),
    };
    table.lead(domain::Command::Deliberation(undone)).unwrap();
    table.go(Phase::Conformity);
    assert_eq!(table.exercise.plan.versions.len(), 1);
    assert_eq!(table.missing(), [2, 3, 4]);
}

/// The question that was closed about the text that a commitment has in a version: with which
/// version it was asked, and what the first actor said.
fn closed_about(table: &Table, version: u16, at: usize) -> Option<(u16, Option<Stance>)> {
    let inquiry = table.exercise.plan.closed_about(version, table.commitments[at])?;
    let given = inquiry.given(ActorNumber(1), table.commitments[at]);
    Some((inquiry.question.version, given.and_then(|given| given.stance.clone())))
}

fn close(table: &mut Table) {
    let reason = Some(crate::mesa::remark("Se acabó el tiempo"));
    table.ask(Role::Facilitator, Command::Close { reason }).unwrap();
}

#[test]
fn an_older_version_keeps_who_agreed_to_its_texts() {
    let mut table = asked();
    let reserve = Stance::AgreeWithReservation(reason("Falta el presupuesto"));
    (1..=4).for_each(|number| table.agree(titular(number)));
    table.state(titular(1), &[(1, reserve.clone())]).unwrap();
    assert_eq!(closed_about(&table, 1, 1), None, "answers are still taken");
    close(&mut table);
    assert_eq!(closed_about(&table, 1, 1), Some((1, Some(reserve.clone()))));
    table.go(Phase::Agreements);
    table.write(1, "Otra palabra");
    table.go(Phase::ReadOut);
    assert_eq!(closed_about(&table, 1, 1), Some((1, Some(reserve.clone()))), "not asked again yet");
    assert_eq!(closed_about(&table, 2, 0), None, "the newest has its own question or none");
    table.go(Phase::Conformity);
    let against = Stance::Disagree(reason("Así no"));
    table.state(titular(1), &[(0, Stance::Abstain), (1, against.clone())]).unwrap();
    close(&mut table);
    // Each version has what was said of it, also where the text is the same in both.
    assert_eq!(closed_about(&table, 1, 0), Some((1, Some(Stance::Agree))));
    assert_eq!(closed_about(&table, 1, 1), Some((1, Some(reserve))));
    assert_eq!(closed_about(&table, 2, 0), Some((2, Some(Stance::Abstain))));
    assert_eq!(closed_about(&table, 2, 1), Some((2, Some(against))));
    let plan = &table.exercise.plan;
    let outcome = |version| {
        let inquiry = plan.closed_about(version, table.commitments[1]).unwrap();
        inquiry.verdict(table.commitments[1], DecisionRule::Consensus, 4).outcome
    };
    assert_eq!((outcome(1), outcome(2)), (Outcome::Adopted, Outcome::NoQuorum));
}

#[test]
fn a_version_that_nobody_was_asked_about_has_what_was_said_of_the_same_text_later() {
    let mut table = Table::new();
    table.go(Phase::ReadOut);
    table.go(Phase::Agreements);
    table.write(1, "Otra palabra");
    table.go(Phase::Conformity);
    table.agree(titular(1));
    assert_eq!(closed_about(&table, 1, 0), None);
    close(&mut table);
    assert_eq!(closed_about(&table, 1, 0), Some((2, Some(Stance::Agree))));
    assert_eq!(closed_about(&table, 1, 1), None, "another text");
    assert_eq!(closed_about(&table, 3, 0), None, "no such version");
}

#[test]
fn a_question_that_was_left_open_tells_nothing() {
    let mut table = asked();
    table.agree(titular(1));
    table.go(Phase::Agreements);
    table.write(1, "Otra palabra");
    table.go(Phase::Conformity);
    assert!(table.exercise.plan.told.is_empty());
    assert_eq!(closed_about(&table, 1, 1), None);
}

#[test]
fn asked_twice_about_one_version_the_last_answers_stand() {
    let mut table = asked();
    (0..2).for_each(|_| {
        close(&mut table);
        table.go(Phase::ReadOut);
        table.go(Phase::Conformity);
    });
    table.agree(titular(1));
    close(&mut table);
    assert_eq!(closed_about(&table, 1, 0), Some((1, Some(Stance::Agree))));
    assert_eq!(table.exercise.plan.told.len(), 1, "of a version the last question is kept");
}

#[test]
fn titular_and_suplente_have_one_answer_and_who_acts_gives_it() {
    let mut table = asked();
    assert!(table.state(suplente(1), &[(0, Stance::Agree)]).is_err(), "the titular acts");
    table.state(titular(1), &[(0, Stance::Agree)]).unwrap();
    amend(&mut table, |actor| actor.acting = Some(suplente(1)));
    assert!(table.state(titular(1), &[(0, Stance::Abstain)]).is_err());
    table.state(suplente(1), &[(0, Stance::Abstain)]).unwrap();
    assert_eq!(stance(&table, 1, 0), Some(Stance::Abstain));
    assert_eq!(table.exercise.plan.answers.len(), 1);
}

#[test]
fn who_was_asked_is_fixed_with_the_question() {
    let mut table = asked();
    let newcomer = actor(5);
    table.set_up(exercise::ServerCommand::SeatActor(Box::new(newcomer)));
    assert_eq!(table.state(titular(5), &[(0, Stance::Agree)]), Err(Refused::NotEntitled.into()));
    amend(&mut table, |actor| actor.signs = false);
    table.agree(titular(1));
    assert_eq!(table.missing(), [2, 3, 4]);
    table.go(Phase::ReadOut);
    table.go(Phase::Conformity);
    assert_eq!(table.missing(), [2, 3, 4, 5], "asked again, as they are now");
}

#[test]
fn a_helper_answers_for_a_seat_and_it_is_on_record() {
    let mut table = asked();
    let events = table.state_for(Role::Rapporteur, titular(1), &[(0, Stance::Agree)]).unwrap();
    let assisted = matches!(&events[..], [Event::Agreement(Agreed::Stated { assisted: true, .. })]);
    assert!(assisted, "{events:?}");
    for role in [Role::Participant, Role::Actor, Role::Administrator, Role::Projector] {
        let refused = table.state_for(role, titular(2), &[(0, Stance::Agree)]);
        assert_eq!(refused, Err(Rejection::NotOnBehalf), "{role:?}");
    }
}

#[test]
fn nothing_is_answered_before_the_question_or_after_it_is_closed() {
    let mut table = Table::new();
    assert!(table.state(titular(1), &[(0, Stance::Agree)]).is_err());
    table.go(Phase::ReadOut);
    assert!(table.state(titular(1), &[(0, Stance::Agree)]).is_err());
    table.go(Phase::Conformity);
    table.agree(titular(1));
    let close = |reason| Command::Close { reason };
    let unasked = table.ask(Role::Facilitator, close(None));
    assert_eq!(unasked, Err(Rejection::ReasonNeeded), "three are missing");
    let reason = crate::mesa::remark("Se fueron antes");
    table.ask(Role::Facilitator, close(Some(reason.clone()))).unwrap();
    let question = table.exercise.plan.question.clone().unwrap();
    assert_eq!(question.closed_because, Some(reason));
    let late = table.state(titular(2), &[(0, Stance::Agree)]);
    assert_eq!(late, Err(Refused::NotAsked.into()));
    table.go(Phase::Signing);
    assert!(table.state(titular(2), &[(0, Stance::Agree)]).is_err());
}

#[test]
fn signing_closes_the_question_and_going_back_does_not() {
    let mut table = asked();
    table.go(Phase::Agreements);
    assert!(table.exercise.plan.open_question().is_some());
    table.go(Phase::Conformity);
    let events = table.go(Phase::Signing);
    let names: Vec<_> = events.iter().map(Event::name).collect();
    assert_eq!(names, ["phase_changed", "conformity_closed", "signing_opened"]);
}

#[test]
fn those_who_are_missing_can_be_reminded_while_there_are_any() {
    let mut table = asked();
    assert!(table.ask(Role::Actor, Command::Remind).is_err());
    table.ask(Role::CoFacilitator, Command::Remind).unwrap();
    assert_eq!(table.exercise.plan.reminders, 1);
    for number in 1..=4 {
        table.agree(titular(number));
    }
    assert_eq!(table.ask(Role::Facilitator, Command::Remind), Ok(vec![]));
}

#[test]
fn a_commitment_that_the_plan_does_not_have_cannot_be_answered() {
    let mut table = asked();
    table.commitments[0] = crate::mesa::item(77);
    let refused = table.state(titular(1), &[(0, Stance::Agree)]);
    assert_eq!(refused, Err(Refused::NotOfThePlan.into()));
    let nobody = SeatId(uuid::Uuid::from_u128(1));
    assert!(table.state(nobody, &[(1, Stance::Agree)]).is_err());
}
