//! The quota board.

use domain::deliberation::choice::Category::{
    FollowTheMoney, LocalProblem, NationalPlanAligned, Proactive,
};
use domain::deliberation::quota::{QuotaBoard, QuotaRow};
use domain::exercise::Quota;
use domain::{Assignment, Command, Event, ExerciseCard, ItemKind, Mesa, Phase};
use domain::{deliberation, exercise};

use super::{F, agreed};
use crate::mesa::{AtMesa, act, add, assign, item, mesa};

/// A mesa of the built-in template, with a problem (1).
fn template() -> AtMesa {
    let mut state = mesa(Phase::Agreements);
    let card = ExerciseCard { quota: Quota::TEMPLATE.to_vec(), ..crate::mesa::exercise() };
    state.apply(&Event::Exercise(exercise::Event::ExerciseDescribed(Box::new(card))));
    add(&mut state, F, 1, ItemKind::Problem, None);
    state
}

fn row(category: domain::deliberation::choice::Category, minimum: u32, have: u32) -> QuotaRow {
    QuotaRow { category, minimum, have, elsewhere: 0 }
}

#[test]
fn one_follows_the_money_two_are_aligned_two_are_local() {
    let mut state = template();
    let empty = QuotaBoard::of(&state);
    assert_eq!(
        empty.rows,
        [row(FollowTheMoney, 1, 0), row(NationalPlanAligned, 2, 0), row(LocalProblem, 2, 0)]
    );
    assert_eq!((empty.missing(), empty.is_met()), (5, false));
    for (number, category) in
        [FollowTheMoney, NationalPlanAligned, NationalPlanAligned, LocalProblem, LocalProblem]
            .into_iter()
            .enumerate()
    {
        assert!(!QuotaBoard::of(&state).is_met());
        agreed(&mut state, 10 + 2 * number as u128, category, item(1));
    }
    let full = QuotaBoard::of(&state);
    assert_eq!((full.missing(), full.extra(), full.is_met()), (0, 0, true));
}

#[test]
fn more_than_the_template_asks_for_is_extra_and_fills_no_gap() {
    let mut state = template();
    for (number, category) in
        [FollowTheMoney, FollowTheMoney, LocalProblem, Proactive].into_iter().enumerate()
    {
        agreed(&mut state, 10 + 2 * number as u128, category, item(1));
    }
    add(&mut state, F, 40, ItemKind::Commitment, None);
    let board = QuotaBoard::of(&state);
    let expected = [
        row(FollowTheMoney, 1, 2),
        row(NationalPlanAligned, 2, 0),
        row(LocalProblem, 2, 1),
        row(Proactive, 0, 1),
    ];
    assert_eq!(board.rows, expected);
    assert_eq!(
        (board.missing(), board.extra(), board.uncategorised, board.is_met()),
        (3, 2, 1, false)
    );
}

#[test]
fn what_was_deleted_does_not_count_until_it_is_restored() {
    let mut state = template();
    let commitment = agreed(&mut state, 10, FollowTheMoney, item(1));
    act(&mut state, F, Command::Deliberation(deliberation::Command::Remove { item: commitment }))
        .unwrap();
    assert_eq!(QuotaBoard::of(&state).rows[0], row(FollowTheMoney, 1, 0));
    act(&mut state, F, Command::Deliberation(deliberation::Command::Restore { item: commitment }))
        .unwrap();
    assert_eq!(QuotaBoard::of(&state).rows[0], row(FollowTheMoney, 1, 1));
    assign(&mut state, F, commitment, Assignment::Category(Some(LocalProblem))).unwrap();
    assert_eq!(QuotaBoard::of(&state).rows[0], row(FollowTheMoney, 1, 0));
}

#[test]
fn an_exercise_brings_its_own_template() {
    let state = mesa(Phase::Agreements);
    assert_eq!(QuotaBoard::of(&state).rows, [row(FollowTheMoney, 1, 0), row(LocalProblem, 2, 0)]);
    assert!(QuotaBoard::of(&Mesa::default()).is_met(), "nothing is asked for without an exercise");
}
