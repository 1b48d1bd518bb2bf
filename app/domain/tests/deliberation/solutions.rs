//! Solutions and preliminary commitments of a problem.

use domain::deliberation;
use domain::deliberation::choice::Origin;
use domain::{
    Assignment, Command, ItemId, ItemKind, Patch, Phase, Rejection, Role, SolutionState, TextField,
    Viewer,
};

use super::F;
use crate::mesa::{AtMesa, act, add, assign, item, mesa, short, write};

/// A problem (1) with two solutions (2, 3) and a preliminary commitment (4), another problem (5), a
/// commitment (6).
fn proposed() -> AtMesa {
    let mut state = mesa(Phase::Agreements);
    add(&mut state, F, 1, ItemKind::Problem, None);
    add(&mut state, Role::Actor, 2, ItemKind::Solution, Some(item(1)));
    add(&mut state, F, 3, ItemKind::Solution, Some(item(1)));
    add(&mut state, F, 4, ItemKind::DraftCommitment, Some(item(1)));
    add(&mut state, F, 5, ItemKind::Problem, None);
    add(&mut state, F, 6, ItemKind::Commitment, None);
    write(&mut state, F, item(2), TextField::Title, Patch::splice(0, 0, "Publicar cada contrato"))
        .unwrap();
    write(&mut state, F, item(4), TextField::Title, Patch::splice(0, 0, "Sigue tu uniforme"))
        .unwrap();
    state
}

fn solutions(state: &AtMesa) -> Vec<ItemId> {
    state.visible(ItemKind::Solution, Some(item(1))).map(|item| item.id).collect()
}

#[test]
fn they_stand_in_order_in_their_problem() {
    let mut state = proposed();
    assert_eq!(solutions(&state), [item(2), item(3)]);
    act(
        &mut state,
        F,
        Command::Deliberation(deliberation::Command::Move { item: item(3), after: None }),
    )
    .unwrap();
    assert_eq!(solutions(&state), [item(3), item(2)]);
    assert_eq!(state.number(state.item(item(2)).unwrap()), Some(2));
    assert_eq!(state.deliberation.list(ItemKind::DraftCommitment, Some(item(1))), [item(4)]);
    let wrong =
        Command::Deliberation(deliberation::Command::Move { item: item(3), after: Some(item(4)) });
    assert_eq!(
        act(&mut state, F, wrong),
        Err(Rejection::Deliberation(deliberation::Rejection::UnknownItem)),
        "each kind has its list"
    );
}

#[test]
fn they_have_their_fields_and_no_others() {
    let mut state = proposed();
    assign(&mut state, F, item(2), Assignment::ProposedBy(short("Colectivo"))).unwrap();
    assign(&mut state, F, item(2), Assignment::SolutionState(SolutionState::SetAside)).unwrap();
    assign(&mut state, F, item(4), Assignment::Origin(Some(Origin::KickoffEvent))).unwrap();
    assign(&mut state, F, item(4), Assignment::Becomes(Some(item(6)))).unwrap();
    let solution = state.item(item(2)).unwrap().as_solution().unwrap();
    assert_eq!(
        (solution.proposed_by.as_str(), solution.state),
        ("Colectivo", SolutionState::SetAside)
    );
    let draft = state.item(item(4)).unwrap().as_draft_commitment().unwrap();
    assert_eq!((draft.origin, draft.becomes), (Some(Origin::KickoffEvent), Some(item(6))));
    for (number, value) in [
        (2, Assignment::Origin(None)),
        (2, Assignment::Becomes(None)),
        (2, Assignment::Due(None)),
        (2, Assignment::Starts(None)),
        (4, Assignment::ProposedBy(short("x"))),
        (4, Assignment::SolutionState(SolutionState::Adopted)),
        (4, Assignment::Lead(domain::deliberation::choice::Party::Unnamed)),
        (1, Assignment::ProposedBy(short("x"))),
        (6, Assignment::Origin(None)),
        (4, Assignment::Becomes(Some(item(5)))),
    ] {
        assert_eq!(
            assign(&mut state, F, item(number), value.clone()),
            Err(Rejection::Deliberation(deliberation::Rejection::WrongField)),
            "{value:?}"
        );
    }
    assert_eq!(
        assign(&mut state, F, item(4), Assignment::Becomes(Some(item(99)))),
        Err(Rejection::Deliberation(deliberation::Rejection::UnknownItem))
    );
    act(&mut state, F, Command::Deliberation(deliberation::Command::Remove { item: item(6) }))
        .unwrap();
    assert_eq!(
        assign(&mut state, F, item(4), Assignment::Becomes(Some(item(6)))),
        Err(Rejection::Deliberation(deliberation::Rejection::RemovedItem))
    );
    for field in [TextField::Statement, TextField::Deliverable, TextField::Objective] {
        assert_eq!(
            write(&mut state, F, item(2), field, Patch::splice(0, 0, "x")),
            Err(Rejection::Deliberation(deliberation::Rejection::WrongField))
        );
    }
}

#[test]
fn they_go_and_come_back_with_their_problem() {
    let mut state = proposed();
    let before = state.for_viewer(Viewer::Public);
    act(&mut state, F, Command::Deliberation(deliberation::Command::Remove { item: item(1) }))
        .unwrap();
    assert_eq!(
        write(&mut state, F, item(2), TextField::Title, Patch::splice(0, 0, "x")),
        Err(Rejection::Deliberation(deliberation::Rejection::RemovedItem))
    );
    let seen = state.for_viewer(Viewer::Public);
    assert!(
        [1, 2, 3, 4].iter().all(|number| seen.item(item(*number)).unwrap().texts.is_empty()),
        "their texts go with it"
    );
    act(&mut state, F, Command::Deliberation(deliberation::Command::Restore { item: item(1) }))
        .unwrap();
    assert_eq!(state.for_viewer(Viewer::Public), before);
}
