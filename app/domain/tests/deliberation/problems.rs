//! Merging, discarding, restoring and ordering problems.

use domain::deliberation;
use domain::deliberation::choice::{Category, ProblemState};
use domain::{
    Assignment, Command, Event, Finding, ItemId, ItemKind, Patch, Phase, Rejection, Role,
    TextField, deliberation::check,
};

use super::{F, agreed};
use crate::mesa::{AtMesa, act, add, assign, item, mesa, person, short, write};

/// Four problems; the first is an actor's.
fn four() -> AtMesa {
    let mut state = mesa(Phase::Agreements);
    for number in 1..=4 {
        add(&mut state, if number == 1 { Role::Actor } else { F }, number, ItemKind::Problem, None);
        write(
            &mut state,
            F,
            item(number),
            TextField::Title,
            Patch::splice(0, 0, &format!("Problema {number}")),
        )
        .unwrap();
    }
    state
}

fn merge(state: &mut AtMesa, from: u128, into: u128) -> Result<Vec<Event>, Rejection> {
    assign(state, F, item(from), Assignment::ProblemState(ProblemState::MergedInto(item(into))))
}

fn becomes(state: &mut AtMesa, number: u128, value: ProblemState) -> Result<Vec<Event>, Rejection> {
    assign(state, F, item(number), Assignment::ProblemState(value))
}

fn linked(state: &AtMesa, commitment: ItemId) -> Vec<ItemId> {
    state
        .deliberation
        .problems_of(state.item(commitment).unwrap().as_commitment().unwrap())
        .map(|item| item.id)
        .collect()
}

#[test]
fn a_problem_is_not_merged_into_itself_into_a_deleted_one_or_in_a_circle() {
    let mut state = four();
    assert_eq!(
        merge(&mut state, 1, 1),
        Err(Rejection::Deliberation(deliberation::Rejection::WrongField))
    );
    act(&mut state, F, Command::Deliberation(deliberation::Command::Remove { item: item(4) }))
        .unwrap();
    assert_eq!(
        merge(&mut state, 1, 4),
        Err(Rejection::Deliberation(deliberation::Rejection::RemovedItem))
    );
    merge(&mut state, 1, 2).unwrap();
    merge(&mut state, 2, 3).unwrap();
    assert_eq!(
        merge(&mut state, 2, 1),
        Err(Rejection::Deliberation(deliberation::Rejection::MergedInACircle))
    );
    assert_eq!(
        merge(&mut state, 3, 1),
        Err(Rejection::Deliberation(deliberation::Rejection::MergedInACircle))
    );
    assert_eq!(
        merge(&mut state, 3, 2),
        Err(Rejection::Deliberation(deliberation::Rejection::MergedInACircle))
    );
    // A deleted one in between keeps its place: it can be restored.
    act(&mut state, F, Command::Deliberation(deliberation::Command::Remove { item: item(2) }))
        .unwrap();
    assert_eq!(
        merge(&mut state, 3, 1),
        Err(Rejection::Deliberation(deliberation::Rejection::MergedInACircle))
    );
    assert_eq!(merge(&mut state, 1, 3).unwrap().len(), 1);
}

#[test]
fn who_wrote_a_merged_problem_is_not_forgotten() {
    let mut state = four();
    merge(&mut state, 1, 2).unwrap();
    let merged: Vec<_> = state.deliberation.merged_into(item(2)).collect();
    assert_eq!(
        merged.iter().map(|item| (item.id, item.author)).collect::<Vec<_>>(),
        [(item(1), Some(person(Role::Actor)))]
    );
    assert_eq!(merged[0].text(TextField::Title), "Problema 1");
    assert_eq!(state.item(item(2)).unwrap().author, Some(person(F)));
}

#[test]
fn a_commitment_for_a_merged_problem_counts_for_the_one_it_was_merged_into() {
    let mut state = four();
    let commitment = agreed(&mut state, 10, Category::LocalProblem, item(1));
    assign(&mut state, F, commitment, Assignment::Problem { problem: item(3), linked: true })
        .unwrap();
    merge(&mut state, 1, 2).unwrap();
    assert_eq!(linked(&state, commitment), [item(2), item(3)]);
    merge(&mut state, 2, 3).unwrap();
    assert_eq!(linked(&state, commitment), [item(3)], "each once");
    assert_eq!(state.deliberation.counts_for(item(1)), item(3));
    // Deleting the last one leaves the others in order.
    act(&mut state, F, Command::Deliberation(deliberation::Command::Remove { item: item(3) }))
        .unwrap();
    assert_eq!(linked(&state, commitment), [item(2)]);
    act(&mut state, F, Command::Deliberation(deliberation::Command::Remove { item: item(2) }))
        .unwrap();
    assert_eq!(linked(&state, commitment), [item(1)]);
    act(&mut state, F, Command::Deliberation(deliberation::Command::Remove { item: item(1) }))
        .unwrap();
    assert!(linked(&state, commitment).is_empty());
    assert!(
        check::findings(&state).iter().any(|found| found.finding == Finding::NoProblem(commitment))
    );
}

#[test]
fn a_circle_in_an_old_log_is_no_trap() {
    let mut state = four();
    for (from, into) in [(1, 2), (2, 1), (3, 3)] {
        let value = Assignment::ProblemState(ProblemState::MergedInto(item(into)));
        state
            .apply(&Event::Deliberation(deliberation::Event::Assigned { item: item(from), value }));
    }
    assert_eq!(
        (
            state.deliberation.counts_for(item(1)),
            state.deliberation.counts_for(item(2)),
            state.deliberation.counts_for(item(3))
        ),
        (item(2), item(1), item(3))
    );
    assert_eq!(state.deliberation.merged_into(item(2)).count(), 1);
}

#[test]
fn a_problem_is_discarded_with_a_reason_and_comes_back_as_proposed() {
    let mut state = four();
    assert_eq!(
        becomes(&mut state, 1, ProblemState::Discarded(short(""))),
        Err(Rejection::ReasonNeeded)
    );
    assert_eq!(
        becomes(&mut state, 1, ProblemState::Discarded(short("  "))),
        Err(Rejection::ReasonNeeded)
    );
    becomes(&mut state, 1, ProblemState::Discarded(short("Es de la federación"))).unwrap();
    becomes(&mut state, 1, ProblemState::Proposed).unwrap();
    assert_eq!(state.item(item(1)).unwrap().as_problem().unwrap().state, ProblemState::Proposed);
    merge(&mut state, 2, 3).unwrap();
    becomes(&mut state, 2, ProblemState::Proposed).unwrap();
    assert_eq!(state.deliberation.counts_for(item(2)), item(2));
}

#[test]
fn problems_are_put_in_order() {
    let mut state = four();
    act(
        &mut state,
        Role::Rapporteur,
        Command::Deliberation(deliberation::Command::Move { item: item(4), after: None }),
    )
    .unwrap();
    act(
        &mut state,
        Role::Rapporteur,
        Command::Deliberation(deliberation::Command::Move { item: item(1), after: Some(item(3)) }),
    )
    .unwrap();
    assert_eq!(state.deliberation.problems, [item(4), item(2), item(3), item(1)]);
}
