//! Leading the room: who has the wall, what stands still on it, what comes next, and notes that stay
//! with the facilitation.

#![allow(clippy::unwrap_used)]

#[path = "history/mesa.rs"]
mod mesa;

use domain::conduct::notes::NOTE_LIMIT;
use domain::conduct::wall::NEXT_LIMIT;
use domain::conduct::{self, Command as Conduct, Event as Happened};
use domain::{
    Command, Event, ItemId, ItemKind, NoteId, Phase, Rejection, Role, Shown, agreement,
    deliberation,
};
use mesa::{AtMesa, HERE, NOW, act as act_at, add, item, person, remark};
use uuid::Uuid;

const F: Role = Role::Facilitator;
const C: Role = Role::CoFacilitator;

fn act(state: &mut AtMesa, role: Role, command: Conduct) -> Result<Vec<Happened>, Rejection> {
    let events = act_at(state, role, Command::Conduct(command))?;
    Ok(events
        .into_iter()
        .map(|event| match event {
            Event::Conduct(HERE, event) => event,
            other => panic!("{other:?}"),
        })
        .collect())
}

fn show(number: u128) -> Conduct {
    Conduct::Show { shown: Shown::Item(item(number)) }
}

fn line_up(number: u128, first: bool) -> Conduct {
    Conduct::LineUp { item: item(number), first }
}

/// Four problems.
fn four() -> AtMesa {
    let mut state = mesa::mesa(Phase::Analysis);
    for number in 1..=4 {
        add(&mut state, F, number, ItemKind::Problem, None);
    }
    state
}

fn next(state: &AtMesa) -> Vec<ItemId> {
    state.conduct.wall.next.clone()
}

const TAKEN: Result<Vec<Happened>, Rejection> =
    Err(Rejection::Conduct(conduct::Rejection::WallTaken));

#[test]
fn whoever_took_the_wall_is_the_only_one_who_shows_and_taking_it_is_one_command() {
    let mut state = four();
    // Nobody took it: both show.
    assert_eq!(act(&mut state, F, show(1)).unwrap().len(), 1);
    assert_eq!(act(&mut state, C, show(2)).unwrap().len(), 1);
    let taken = act(&mut state, F, Conduct::TakeWall { taken: true });
    assert_eq!(taken, Ok(vec![Happened::WallTaken { by: Some(person(F)) }]));
    assert_eq!(act(&mut state, C, show(1)), TAKEN);
    assert_eq!(act(&mut state, C, Conduct::HoldWall { held: true }), TAKEN);
    // Letting go of what somebody else has changes nothing.
    assert_eq!(act(&mut state, C, Conduct::TakeWall { taken: false }), Ok(Vec::new()));
    assert_eq!(act(&mut state, F, Conduct::TakeWall { taken: true }), Ok(Vec::new()));
    assert_eq!(act(&mut state, F, show(1)).unwrap().len(), 1);
    act(&mut state, C, Conduct::TakeWall { taken: true }).unwrap();
    assert_eq!(act(&mut state, F, show(2)), TAKEN);
    act(&mut state, C, Conduct::TakeWall { taken: false }).unwrap();
    assert_eq!(state.conduct.wall.by, None);
    assert!(act(&mut state, F, show(2)).is_ok());
}

#[test]
fn the_wall_stands_still_until_something_is_shown_or_the_phase_changes() {
    let mut state = four();
    act(&mut state, F, show(1)).unwrap();
    act(&mut state, F, Conduct::HoldWall { held: true }).unwrap();
    assert_eq!(act(&mut state, F, Conduct::HoldWall { held: true }), Ok(Vec::new()));
    // The same again: the wall moves.
    assert_eq!(act(&mut state, F, show(1)).unwrap().len(), 1);
    assert!(!state.conduct.wall.held);
    act(&mut state, F, Conduct::HoldWall { held: true }).unwrap();
    act(&mut state, F, show(2)).unwrap();
    assert!(!state.conduct.wall.held);
    act(&mut state, F, Conduct::HoldWall { held: true }).unwrap();
    act(&mut state, F, Conduct::ChangePhase { to: Phase::Introduction }).unwrap();
    assert!(!state.conduct.wall.held);
    act(&mut state, F, Conduct::HoldWall { held: true }).unwrap();
    state.apply(&Event::Agreement(agreement::Event::ReadOut { commitment: None, at: NOW }));
    assert!(!state.conduct.wall.held);
}

#[test]
fn what_comes_next_is_everybodys_who_facilitates_and_what_is_shown_has_come() {
    let mut state = four();
    act(&mut state, F, Conduct::TakeWall { taken: true }).unwrap();
    for (role, number, first) in [(F, 1, false), (C, 2, false), (C, 3, true)] {
        assert_eq!(act(&mut state, role, line_up(number, first)).unwrap().len(), 1);
    }
    assert_eq!(next(&state), [3, 1, 2].map(item));
    // It is there already.
    assert_eq!(act(&mut state, F, line_up(3, true)), Ok(Vec::new()));
    assert_eq!(act(&mut state, F, line_up(2, false)), Ok(Vec::new()));
    act(&mut state, F, line_up(2, true)).unwrap();
    assert_eq!(next(&state), [2, 3, 1].map(item));
    act(&mut state, F, show(3)).unwrap();
    assert_eq!(next(&state), [2, 1].map(item));
    act(&mut state, C, Conduct::LeaveOut { item: item(2) }).unwrap();
    assert_eq!(act(&mut state, C, Conduct::LeaveOut { item: item(2) }), Ok(Vec::new()));
    assert_eq!(next(&state), [item(1)]);
    // What isn't at the mesa doesn't wait.
    let unknown = Err(Rejection::Deliberation(deliberation::Rejection::UnknownItem));
    assert_eq!(act(&mut state, F, line_up(99, false)), unknown);
    let remove = deliberation::Command::Remove { item: item(4) };
    act_at(&mut state, F, Command::Deliberation(remove)).unwrap();
    let removed = Err(Rejection::Deliberation(deliberation::Rejection::RemovedItem));
    assert_eq!(act(&mut state, F, line_up(4, false)), removed);
}

#[test]
fn so_many_items_wait_and_no_more() {
    let mut state = mesa::mesa(Phase::Analysis);
    for number in 0..=NEXT_LIMIT as u128 {
        add(&mut state, F, number, ItemKind::Problem, None);
    }
    for number in 0..NEXT_LIMIT as u128 {
        act(&mut state, F, line_up(number, false)).unwrap();
    }
    let full = Err(Rejection::TooMany { limit: NEXT_LIMIT as u32 });
    assert_eq!(act(&mut state, F, line_up(NEXT_LIMIT as u128, false)), full);
    // One that waits may still be moved.
    assert!(act(&mut state, F, line_up(7, true)).is_ok());
}

fn note(number: u128, text: Option<&str>) -> Conduct {
    Conduct::WriteNote { note: NoteId(Uuid::from_u128(number)), text: text.map(remark) }
}

fn notes(state: &AtMesa) -> Vec<(String, domain::PersonId)> {
    state.conduct.notes.iter().map(|note| (note.text.to_string(), note.by)).collect()
}

#[test]
fn a_note_is_written_rewritten_in_its_place_and_erased() {
    let mut state = mesa::mesa(Phase::Analysis);
    act(&mut state, F, note(1, Some("Empezar por el agua"))).unwrap();
    act(&mut state, C, note(2, Some("Falta la Contraloría"))).unwrap();
    assert_eq!(act(&mut state, C, note(1, Some("Empezar por el agua"))), Ok(Vec::new()));
    act(&mut state, C, note(1, Some("Empezar por los uniformes"))).unwrap();
    let (one, two) = ("Empezar por los uniformes", "Falta la Contraloría");
    assert_eq!(notes(&state), [one, two].map(|text| (text.to_owned(), person(C))));
    act(&mut state, F, note(1, None)).unwrap();
    assert_eq!(act(&mut state, F, note(1, None)), Ok(Vec::new()));
    assert_eq!(notes(&state), [(two.to_owned(), person(C))]);
    for number in 10..10 + NOTE_LIMIT as u128 - 1 {
        act(&mut state, F, note(number, Some("Otra"))).unwrap();
    }
    let full = Err(Rejection::TooMany { limit: NOTE_LIMIT as u32 });
    assert_eq!(act(&mut state, F, note(9, Some("Una más"))), full);
    assert!(act(&mut state, F, note(2, Some("Ya llegó la Contraloría"))).is_ok());
}

fn mute(role: Role, reason: Option<&str>) -> Conduct {
    Conduct::Mute { person: person(role), reason: reason.map(remark) }
}

fn came(state: &mut AtMesa, role: Role) {
    state.apply(&Event::People(domain::people::Event::Arrived {
        mesa: HERE,
        person: person(role),
        organisation: domain::ShortText::default(),
        seat: None,
        mode: domain::people::attendance::AttendanceMode::InRoom,
        at: 0,
    }));
}

const MUTED: Result<Vec<Event>, Rejection> = Err(Rejection::Conduct(conduct::Rejection::Muted));

#[test]
fn whose_writing_is_paused_writes_nothing_and_keeps_every_other_right() {
    let mut state = four();
    came(&mut state, Role::Participant);
    let contribute = || {
        Command::Deliberation(deliberation::Command::Contribute {
            item: item(50),
            target: None,
            kind: domain::ContributionKind::Question,
            text: remark("¿Desde cuándo?"),
        })
    };
    let before = state.clone();
    let muted = act(&mut state, C, mute(Role::Participant, Some("Insultó a una vecina"))).unwrap();
    let [Happened::Muted(noted)] = &muted[..] else { panic!("{muted:?}") };
    assert_eq!((noted.person, noted.by), (person(Role::Participant), person(C)));
    assert_eq!(act_at(&mut state, Role::Participant, contribute()), MUTED);
    // It isn't late: no phase would take it.
    let context = domain::Context {
        person: person(Role::Participant),
        seat: None,
        role: Role::Participant,
        now: NOW,
        since: &[],
    };
    let id = domain::CommandId(Uuid::from_u128(7));
    let late = conduct::coming_late::came_late(&state.0, HERE, id, &contribute(), &context, None);
    assert_eq!(late, None);
    // They still ask for the floor, and everybody else still writes.
    let entry = domain::EntryId(Uuid::from_u128(8));
    let ask = Command::Floor(domain::floor::Command::Ask { entry });
    assert_eq!(act_at(&mut state, Role::Participant, ask).unwrap().len(), 1);
    assert!(act_at(&mut state.clone(), Role::Actor, contribute()).is_ok());
    // Once more with the same reason changes nothing; with another it is told anew.
    let again = mute(Role::Participant, Some("Insultó a una vecina"));
    assert_eq!(act(&mut state, F, again), Ok(Vec::new()));
    assert_eq!(act(&mut state, F, mute(Role::Participant, Some("Otra razón"))).unwrap().len(), 1);
    let lift = act(&mut state, F, mute(Role::Participant, None));
    assert_eq!(lift, Ok(vec![Happened::MuteLifted { person: person(Role::Participant) }]));
    assert_eq!(act(&mut state, F, mute(Role::Participant, None)), Ok(Vec::new()));
    assert!(act_at(&mut state, Role::Participant, contribute()).is_ok());
    assert!(before.conduct.muted.is_empty());
}

#[test]
fn who_leads_is_not_kept_from_writing_and_who_never_came_is_not_muted() {
    let mut state = four();
    came(&mut state, F);
    act(&mut state, C, mute(F, Some("Por error"))).unwrap();
    add(&mut state, F, 60, ItemKind::Problem, None);
    let unknown = Err(Rejection::Deliberation(deliberation::Rejection::UnknownItem));
    assert_eq!(act(&mut state, F, mute(Role::Actor, Some("No vino"))), unknown);
}

#[test]
fn an_appeal_reaches_the_facilitation_while_the_writing_is_paused() {
    let mut state = four();
    came(&mut state, Role::Participant);
    let appeal = |state: &mut AtMesa, text: &str| {
        let (person, text) = (person(Role::Participant), remark(text));
        let command = conduct::ServerCommand::Appeal { person, text };
        let command = domain::ServerCommand::Conduct(HERE, command);
        let events = domain::decide_server(&state.0, &command).unwrap();
        events.iter().for_each(|event| state.apply(event));
        events.len()
    };
    assert_eq!(appeal(&mut state, "No fui yo"), 0, "there is nothing to appeal");
    act(&mut state, F, mute(Role::Participant, Some("Insultó a una vecina"))).unwrap();
    assert_eq!(appeal(&mut state, "No fui yo"), 1);
    assert_eq!(appeal(&mut state, "No fui yo"), 0);
    assert_eq!(state.conduct.muted[0].appeal, Some(remark("No fui yo")));
    act(&mut state, F, mute(Role::Participant, None)).unwrap();
    assert!(state.conduct.muted.is_empty());
}
