//! The overwritten value of a short field stays one tap away.

use domain::deliberation;
use domain::deliberation::choice::{Category, Component, Feasibility, Party, ProblemState};
use domain::{Assignment, Command, Event, Item, ItemKind, Phase, Role, Viewer};
use std::sync::Arc;

use super::F;
use crate::mesa::{AtMesa, HERE, act, add, assign, item, mesa, short};

/// A problem (1), a commitment (2) with an activity (3).
fn furnished() -> AtMesa {
    let mut state = mesa(Phase::Agreements);
    add(&mut state, F, 1, ItemKind::Problem, None);
    add(&mut state, F, 2, ItemKind::Commitment, None);
    add(&mut state, F, 3, ItemKind::Activity, Some(item(2)));
    state
}

fn read(state: &AtMesa, number: u128) -> Arc<Item> {
    Arc::clone(state.item(item(number)).unwrap())
}

#[test]
fn the_value_before_the_last_change_is_kept_and_can_be_set_again() {
    let mut state = furnished();
    let named = |name| Assignment::Lead(Party::Named(short(name)));
    assert_eq!(read(&state, 2).replaced(&named("x")), None);
    assign(&mut state, F, item(2), named("Obras Públicas")).unwrap();
    assert_eq!(read(&state, 2).replaced(&named("x")), Some(&Assignment::Lead(Party::Unnamed)));
    assign(&mut state, Role::Actor, item(2), named("Servicios Públicos")).unwrap();
    let before = read(&state, 2).replaced(&named("x")).cloned();
    assert_eq!(before, Some(named("Obras Públicas")));
    assign(&mut state, F, item(2), before.unwrap()).unwrap();
    assert_eq!(
        read(&state, 2).as_commitment().unwrap().lead,
        Party::Named(short("Obras Públicas"))
    );
    assert_eq!(read(&state, 2).replaced(&named("x")), Some(&named("Servicios Públicos")));
}

#[test]
fn each_field_keeps_its_own() {
    let mut state = furnished();
    for category in [Category::LocalProblem, Category::Proactive] {
        assign(&mut state, F, item(2), Assignment::Category(Some(category))).unwrap();
        assign(&mut state, F, item(2), Assignment::Sdg(Some(category as u8 + 1))).unwrap();
    }
    assign(
        &mut state,
        F,
        item(2),
        Assignment::Feasibility(Feasibility::ConfirmedBy(short("Tesorería"))),
    )
    .unwrap();
    let kept = read(&state, 2);
    assert_eq!(
        kept.replaced(&Assignment::Category(None)),
        Some(&Assignment::Category(Some(Category::LocalProblem)))
    );
    assert_eq!(
        kept.replaced(&Assignment::Sdg(None)),
        Some(&Assignment::Sdg(Some(Category::LocalProblem as u8 + 1)))
    );
    assert_eq!(kept.replaced.len(), 3);
    assign(&mut state, F, item(1), Assignment::ProblemState(ProblemState::Prioritised)).unwrap();
    let pending = Assignment::ProblemState(ProblemState::Proposed);
    assert_eq!(read(&state, 1).replaced(&pending), Some(&pending));
}

#[test]
fn switches_keep_nothing_and_the_same_value_replaces_nothing() {
    let mut state = furnished();
    assign(
        &mut state,
        F,
        item(2),
        Assignment::Component { component: Component::Innovation, present: true },
    )
    .unwrap();
    assign(&mut state, F, item(2), Assignment::Problem { problem: item(1), linked: true }).unwrap();
    assert!(read(&state, 2).replaced.is_empty());
    // Two people set the same value at once: the second one's command has no event.
    let value = Assignment::Lead(Party::Named(short("Obras")));
    assign(&mut state, F, item(2), value.clone()).unwrap();
    state.apply(&Event::Deliberation(deliberation::Event::Assigned { item: item(2), value }));
    assert_eq!(read(&state, 2).replaced, [Assignment::Lead(Party::Unnamed)]);
}

#[test]
fn the_public_gets_values_and_not_what_they_replaced() {
    let mut state = furnished();
    assign(&mut state, F, item(3), Assignment::ResponsiblePost(short("Directora"))).unwrap();
    assign(&mut state, F, item(3), Assignment::ResponsiblePost(short("Jefa de Limpia"))).unwrap();
    assert!(read(&state.for_viewer(Viewer::Public), 3).replaced.is_empty());
    assert_eq!(read(&state.for_viewer(Viewer::Seat(HERE)), 3).replaced, read(&state, 3).replaced);
    let bytes = serde_json::to_string(&state.for_viewer(Viewer::Public)).unwrap();
    assert!(bytes.contains("Jefa de Limpia") && !bytes.contains("Directora"));
    act(&mut state, F, Command::Deliberation(deliberation::Command::Remove { item: item(3) }))
        .unwrap();
    act(&mut state, F, Command::Deliberation(deliberation::Command::Restore { item: item(3) }))
        .unwrap();
    assert!(read(&state, 3).replaced.len() == 1, "deleting and restoring keeps it");
}
