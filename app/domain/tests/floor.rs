//! The floor: who waits, who speaks, the clocks, and the round in which each organisation is heard.

#![allow(clippy::unwrap_used)]

#[path = "history/mesa.rs"]
mod mesa;

use domain::decide::{decide, decide_server};
use domain::floor::order::suggested;
use domain::floor::timer::{LONGEST, MINUTE, Stage};
use domain::floor::{
    Added, ClockKind, Command as Floor, Entry, Event as Happened, Mark, ServerCommand, Spoke, Who,
};
use domain::judge::Context;
use domain::people::attendance::AttendanceMode;
use domain::project::project;
use domain::{
    ActorNumber, Command, EntryId, Event, Phase, Projected, Rejection, Role, Viewer, people,
};
use mesa::{AtMesa, HERE, NOW, OTHER_SEAT, SEAT, act_in, person, remark, seat, short};
use std::sync::Arc;
use uuid::Uuid;

const F: Role = Role::Facilitator;
const ONE: ActorNumber = ActorNumber(1);
const TWO: ActorNumber = ActorNumber(2);

fn entry(number: u128) -> EntryId {
    EntryId(Uuid::from_u128(number))
}

fn act(state: &mut AtMesa, role: Role, command: Floor) -> Result<Vec<Happened>, Rejection> {
    act_at(state, role, command, NOW)
}

fn act_at(
    state: &mut AtMesa,
    role: Role,
    command: Floor,
    now: i64,
) -> Result<Vec<Happened>, Rejection> {
    let context = Context { person: person(role), seat: seat(role), role, now, since: &[] };
    let events = decide(&state.0, HERE, &Command::Floor(command), &context)?;
    let mut happened = Vec::new();
    for event in events {
        state.apply(&event);
        let Event::Floor(HERE, event) = event else { panic!("{event:?}") };
        happened.push(event);
    }
    Ok(happened)
}

fn analysis() -> AtMesa {
    mesa::mesa(Phase::Analysis)
}

fn waiting(state: &AtMesa) -> Vec<EntryId> {
    state.floor.waiting.iter().map(|entry| entry.id).collect()
}

fn named(state: &mut AtMesa, number: u128, name: &str) {
    let whom = Added::Named(short(name));
    act(state, F, Floor::Add { entry: entry(number), whom }).unwrap();
}

/// Three people who wait: the actor, the participant, and somebody without a phone.
fn three() -> AtMesa {
    let mut state = analysis();
    act(&mut state, Role::Actor, Floor::Ask { entry: entry(1) }).unwrap();
    act(&mut state, Role::Participant, Floor::Ask { entry: entry(2) }).unwrap();
    named(&mut state, 3, "Doña Lupe");
    state
}

#[test]
fn who_asks_stands_at_the_end_and_asking_twice_changes_nothing() {
    let mut state = three();
    assert_eq!(waiting(&state), [1, 2, 3].map(entry));
    let again = Floor::Ask { entry: entry(4) };
    assert_eq!(act(&mut state, Role::Actor, again), Ok(Vec::new()));
    let taken = Floor::Ask { entry: entry(1) };
    assert_eq!(act(&mut state, Role::Rapporteur, taken), Err(Rejection::IdTaken));
    let who = &state.floor.waiting[0].who;
    assert_eq!((who.person, who.actor), (Some(person(Role::Actor)), Some(ONE)));
    // Somebody's place is theirs until they withdraw.
    act(&mut state, Role::Actor, Floor::Withdraw).unwrap();
    assert_eq!(waiting(&state), [2, 3].map(entry));
    assert_eq!(act(&mut state, Role::Actor, Floor::Withdraw), Ok(Vec::new()));
    let name = Floor::Add { entry: entry(5), whom: Added::Named(short("Doña Lupe")) };
    assert_eq!(act(&mut state, F, name), Ok(Vec::new()), "she is on the list");
    let nobody = Floor::Add { entry: entry(5), whom: Added::Named(short(" ")) };
    assert_eq!(act(&mut state, F, nobody), Err(Rejection::UnknownValue));
}

#[test]
fn the_list_has_an_end() {
    let mut state = analysis();
    (0..100).for_each(|number| named(&mut state, number, &format!("Persona {number}")));
    let one_more = Floor::Ask { entry: entry(200) };
    assert_eq!(act(&mut state, Role::Actor, one_more), Err(Rejection::TooMany { limit: 100 }));
}

#[test]
fn the_desk_moves_people_by_whom_they_stand_before() {
    let mut state = three();
    let go = |entry_, before| Floor::Move { entry: entry(entry_), before };
    for (command, order) in [
        (go(3, Some(entry(1))), [3, 1, 2]),
        (go(3, Some(entry(2))), [1, 3, 2]),
        (go(1, None), [3, 2, 1]),
        // Already there; whom they were to stand before is gone; nobody of that id.
        (go(3, Some(entry(2))), [3, 2, 1]),
        (go(1, Some(entry(9))), [3, 2, 1]),
        (go(9, None), [3, 2, 1]),
    ] {
        act(&mut state, F, command.clone()).unwrap();
        assert_eq!(waiting(&state), order.map(entry), "{command:?}");
    }
}

#[test]
fn nothing_that_becomes_of_the_list_touches_the_turn_that_runs() {
    let mut state = three();
    act(&mut state, F, Floor::Call { entry: entry(1) }).unwrap();
    let turn = state.floor.turn.clone();
    assert!(turn.is_some());
    let later = NOW + 90 * 1_000;
    for (role, command) in [
        (F, Floor::Move { entry: entry(3), before: Some(entry(2)) }),
        (F, Floor::Remove { entry: entry(3) }),
        (F, Floor::Remove { entry: entry(1) }),
        // The speaker's own phone was without a network: their withdrawal comes late.
        (Role::Actor, Floor::Withdraw),
        // So does what they asked before, and a call that somebody else was faster with.
        (Role::Actor, Floor::Ask { entry: entry(7) }),
        (F, Floor::Call { entry: entry(1) }),
        (F, Floor::SetMinutes { minutes: 10 }),
    ] {
        act_at(&mut state, role, command.clone(), later).unwrap();
        assert_eq!(state.floor.turn, turn, "{command:?}");
    }
    assert_eq!(waiting(&state), [entry(2)]);
}

#[test]
fn calling_the_next_ends_the_turn_before_and_both_are_counted() {
    let mut state = three();
    act(&mut state, F, Floor::Call { entry: entry(1) }).unwrap();
    let called = act_at(&mut state, F, Floor::Call { entry: entry(3) }, NOW + 130_000).unwrap();
    let who = Who { person: Some(person(Role::Actor)), actor: Some(ONE), name: None };
    let expected = [
        Happened::Spoke { who: who.clone(), time: 130_000 },
        Happened::Called { entry: entry(3), at: NOW + 130_000, minutes: 3 },
    ];
    assert_eq!(called, expected);
    assert_eq!(state.floor.spoke, [Spoke { who, turns: 1, time: 130_000 }]);
    // The desk's tap for the turn that is over ends nothing.
    assert_eq!(act(&mut state, F, Floor::End { entry: entry(1) }), Ok(Vec::new()));
    assert!(state.floor.speaks(entry(3)).is_some());
    act_at(&mut state, F, Floor::End { entry: entry(3) }, NOW + 190_000).unwrap();
    assert_eq!(state.floor.turn, None);
    let by_sector = state.spoken_by_sector(NOW + 900_000);
    let times: Vec<_> =
        by_sector.iter().map(|(sector, turns, time)| (sector.is_some(), *turns, *time)).collect();
    assert_eq!(times, [(true, 1, 130_000), (true, 0, 0), (false, 1, 60_000)]);
    assert_eq!(state.spoken_for(ONE, NOW), 130_000);
}

#[test]
fn who_speaks_may_end_their_own_turn_and_nobody_else_s() {
    let mut state = three();
    act(&mut state, F, Floor::Call { entry: entry(1) }).unwrap();
    let end = Floor::End { entry: entry(1) };
    let refused = Err(Rejection::NotAllowed { role: Role::Participant, phase: Phase::Analysis });
    assert_eq!(act(&mut state, Role::Participant, end.clone()), refused);
    act(&mut state, Role::Actor, end).unwrap();
    assert_eq!(state.floor.turn, None);
}

#[test]
fn a_clock_that_was_set_back_never_shows_more_than_the_whole_time() {
    let mut state = three();
    act(&mut state, F, Floor::Call { entry: entry(1) }).unwrap();
    let timer = state.floor.turn.as_ref().unwrap().timer;
    let at = |ms: i64| (timer.seconds(NOW + ms), Stage::of(timer.seconds(NOW + ms)));
    assert_eq!(at(-7_200_000), (180, Stage::Running));
    assert_eq!(at(0), (180, Stage::Running));
    assert_eq!(at(118_999), (62, Stage::Running));
    assert_eq!(at(120_000), (60, Stage::LastMinute));
    assert_eq!(at(179_001), (1, Stage::LastMinute));
    assert_eq!(at(180_000), (0, Stage::Over));
    assert_eq!(at(192_000), (-12, Stage::Over));
}

#[test]
fn a_minute_more_is_given_to_whom_it_was_meant_for_and_not_without_end() {
    let mut state = three();
    act(&mut state, F, Floor::Call { entry: entry(1) }).unwrap();
    act(&mut state, F, Floor::Extend { entry: Some(entry(1)) }).unwrap();
    assert_eq!(state.floor.turn.as_ref().unwrap().timer.minutes, 4);
    let other = Floor::Extend { entry: Some(entry(2)) };
    assert_eq!(act(&mut state, F, other), Ok(Vec::new()));
    for _ in 0..200 {
        act(&mut state, F, Floor::Extend { entry: Some(entry(1)) }).unwrap();
    }
    assert_eq!(state.floor.turn.as_ref().unwrap().timer.minutes, LONGEST);
    // A clock besides: of the agenda, or free.
    assert_eq!(act(&mut state, F, Floor::Extend { entry: None }), Ok(Vec::new()));
    let agenda = |place, minutes| Floor::Start { kind: ClockKind::Agenda(place), minutes };
    assert_eq!(act(&mut state, F, agenda(1, 5)), Err(Rejection::UnknownValue));
    assert_eq!(act(&mut state, F, agenda(0, 0)), Err(Rejection::UnknownValue));
    act(&mut state, F, agenda(0, 40)).unwrap();
    act(&mut state, F, Floor::Extend { entry: None }).unwrap();
    assert_eq!(state.floor.clock.unwrap().timer.minutes, 41);
    act(&mut state, F, Floor::Stop).unwrap();
    assert_eq!(state.floor.clock, None);
}

#[test]
fn when_the_server_s_clock_is_set_what_is_left_stays() {
    let mut state = three();
    let moved =
        |by: i64, at| domain::ServerCommand::Floor(HERE, ServerCommand::ClockMoved { by, at });
    assert_eq!(decide_server(&state.0, &moved(3_600_000, NOW)), Ok(Vec::new()), "nothing runs");
    act(&mut state, F, Floor::Call { entry: entry(1) }).unwrap();
    let left = |state: &AtMesa, now| state.floor.turn.as_ref().unwrap().timer.left(now);
    let mut now = NOW + 30_000;
    for by in [3_600_000, -7_200_000, 12_000] {
        let before = left(&state, now);
        now += by;
        for _ in 0..2 {
            // Another node of the same machine says so, too.
            let events = decide_server(&state.0, &moved(by, now)).unwrap();
            events.iter().for_each(|event| state.apply(event));
        }
        assert_eq!(left(&state, now), before, "{by}");
        now += 10_000;
    }
    assert_eq!(left(&state, now), 3 * MINUTE - 60_000);
    assert_eq!(state.floor.moved, 3_600_000 - 7_200_000 + 12_000);
}

#[test]
fn the_round_marks_who_spoke_and_does_not_close_in_silence() {
    let mut state = three();
    assert_eq!(act(&mut state, Role::Actor, Floor::Pass), Ok(Vec::new()), "no round is open");
    act(&mut state, F, Floor::OpenRound { about: None }).unwrap();
    assert_eq!(state.pending(), [ONE, TWO]);
    act(&mut state, F, Floor::Call { entry: entry(1) }).unwrap();
    assert_eq!(state.pending(), [TWO], "who speaks is being heard");
    assert_eq!(state.floor.round().unwrap().marks.get(&ONE), None, "and not yet heard");
    act(&mut state, F, Floor::End { entry: entry(1) }).unwrap();
    assert_eq!(state.floor.round().unwrap().marks.get(&ONE), Some(&Mark::Spoke));
    let silent = Floor::CloseRound { reason: None };
    assert_eq!(act(&mut state, F, silent.clone()), Err(Rejection::ReasonNeeded));
    let other = Floor::OpenRound { about: Some(mesa::item(1)) };
    assert!(act(&mut state, F, other).is_err(), "one at a time");
    let reason = Some(remark("Avisó que llega tarde."));
    act(&mut state, F, Floor::CloseRound { reason: reason.clone() }).unwrap();
    let closed = state.floor.rounds[0].closed.clone().unwrap();
    assert_eq!((closed.pending, closed.reason), (vec![TWO], reason));
    assert_eq!(act(&mut state, F, silent.clone()), Ok(Vec::new()), "it is closed");
    // It is opened again, and goes on.
    act(&mut state, F, Floor::OpenRound { about: None }).unwrap();
    assert_eq!((state.floor.rounds.len(), state.pending()), (1, vec![TWO]));
    let pass = Command::Floor(Floor::Pass);
    act_in(&mut state, Role::Actor, Some(OTHER_SEAT), pass).unwrap();
    let reasonless = Floor::CloseRound { reason: Some(remark("De más")) };
    act(&mut state, F, reasonless).unwrap();
    let closed = state.floor.rounds[0].closed.as_ref().unwrap();
    assert!(closed.pending.is_empty() && closed.reason.is_none(), "everybody was heard");
}

#[test]
fn what_was_noted_in_the_round_is_corrected_with_a_tap() {
    let mut state = analysis();
    act(&mut state, F, Floor::OpenRound { about: None }).unwrap();
    let mark = |mark| Floor::Mark { actor: TWO, mark };
    act(&mut state, F, mark(Some(Mark::Passed))).unwrap();
    act(&mut state, F, mark(Some(Mark::Spoke))).unwrap();
    assert_eq!(state.floor.round().unwrap().marks.get(&TWO), Some(&Mark::Spoke));
    act(&mut state, F, mark(None)).unwrap();
    assert_eq!(state.pending(), [ONE, TWO]);
    let nobody = Floor::Mark { actor: ActorNumber(9), mark: None };
    assert_eq!(act(&mut state, F, nobody), Err(Rejection::UnknownValue));
    let participant = act(&mut state, Role::Participant, Floor::Pass);
    assert!(matches!(participant, Err(Rejection::NotAllowed { .. })), "has no organisation");
}

fn arrive(state: &mut AtMesa, role: Role, seat: Option<domain::SeatId>, mode: AttendanceMode) {
    let organisation = short("");
    let person = person(role);
    let arrived = people::Event::Arrived { mesa: HERE, person, organisation, seat, mode, at: NOW };
    state.apply(&Event::People(arrived));
}

#[test]
fn the_suggestion_hears_first_who_did_not_speak_and_goes_between_room_and_distance() {
    let mut state = analysis();
    arrive(&mut state, Role::Actor, Some(SEAT), AttendanceMode::InRoom);
    arrive(&mut state, Role::Participant, None, AttendanceMode::Remote);
    arrive(&mut state, Role::Rapporteur, None, AttendanceMode::Remote);
    for (number, role) in [(1, Role::Actor), (2, Role::Participant), (3, Role::Rapporteur)] {
        act(&mut state, role, Floor::Ask { entry: entry(number) }).unwrap();
    }
    named(&mut state, 4, "Don Chuy");
    act(&mut state, F, Floor::Add { entry: entry(5), whom: Added::Actor(TWO) }).unwrap();
    // Nobody spoke: distance and room in turn, and of those in the room first whose sector wasn't
    // counted yet.
    assert_eq!(suggested(&state, NOW), [1, 2, 5, 3, 4].map(entry));
    act(&mut state, F, Floor::Call { entry: entry(1) }).unwrap();
    act(&mut state, Role::Actor, Floor::End { entry: entry(1) }).unwrap();
    act_at(&mut state, Role::Actor, Floor::Ask { entry: entry(6) }, NOW).unwrap();
    state.apply(&Event::Floor(
        HERE,
        Happened::Spoke {
            who: Who { person: Some(person(Role::Actor)), actor: Some(ONE), name: None },
            time: 1,
        },
    ));
    let order = suggested(&state, NOW);
    assert_eq!(order.last(), Some(&entry(6)), "who spoke comes after who didn't");
    assert_eq!(waiting(&state), [2, 3, 4, 5, 6].map(entry), "it only suggests");
    let mut sorted = order.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, [2, 3, 4, 5, 6].map(entry));
}

#[test]
fn the_wall_learns_the_organisation_and_neither_person_nor_name() {
    let mut state = three();
    let events: Vec<_> = state
        .floor
        .waiting
        .iter()
        .map(|entry| Event::Floor(HERE, Happened::Asked(entry.clone())))
        .collect();
    let seen = |event: &Event, viewer| match project(event, &state.0, viewer) {
        Projected::Event(Event::Floor(_, Happened::Asked(Entry { who, .. }))) => who,
        other => panic!("{other:?}"),
    };
    let public = |event| seen(event, Viewer::Public);
    assert_eq!(public(&events[0]), Who { actor: Some(ONE), ..Who::default() });
    assert_eq!(public(&events[1]), Who::default());
    assert_eq!(public(&events[2]), Who::default());
    assert_eq!(seen(&events[1], Viewer::Seat(HERE)).person, Some(person(Role::Participant)));
    assert_eq!(seen(&events[2], Viewer::Seat(HERE)).name, None);
    assert_eq!(seen(&events[2], Viewer::Facilitation(HERE)).name, Some(short("Doña Lupe")));
    act(&mut state, F, Floor::Call { entry: entry(3) }).unwrap();
    let public = state.for_viewer(Viewer::Public);
    assert_eq!(public.floor.turn.as_ref().unwrap().entry.who, Who::default());
}

#[test]
fn the_floor_is_asked_for_while_the_mesa_talks() {
    for phase in [Phase::Preparation, Phase::ReadOut, Phase::Closed] {
        let mut state = mesa::mesa(phase);
        let asked = act(&mut state, Role::Actor, Floor::Ask { entry: entry(1) });
        assert_eq!(asked, Err(Rejection::NotAllowed { role: Role::Actor, phase }));
    }
    // Who still waits when it goes on to the read-out may still withdraw.
    let mut state = three();
    Arc::make_mut(&mut state.conduct).phase = Phase::ReadOut;
    act(&mut state, Role::Actor, Floor::Withdraw).unwrap();
    assert_eq!(waiting(&state), [2, 3].map(entry));
}
