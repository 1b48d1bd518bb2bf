//! One person who came in twice.

use domain::people::attendance::AttendanceMode::{self, InRoom, Remote};
use domain::people::quorum::Quorum;
use domain::{
    Command, Event, ItemKind, PersonId, Phase, Rejection, Role, SeatId, Viewer, deliberation,
    people,
};
use uuid::Uuid;

use super::F;
use crate::mesa::{AtMesa, HERE, OTHER_SEAT, SEAT, act, add, item, mesa, person, short};

fn who(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(0xF00 + number))
}

fn arrives(state: &mut AtMesa, who: PersonId, seat: Option<SeatId>, mode: AttendanceMode, at: i64) {
    state.apply(&Event::People(people::Event::Arrived {
        mesa: HERE,
        person: who,
        organisation: short("Vecinos"),
        seat,
        mode,
        at,
    }));
}

fn merge(state: &mut AtMesa, one: PersonId, other: PersonId) -> Result<Vec<Event>, Rejection> {
    act(state, F, Command::People(people::Command::Merge { person: one, with: other }))
}

fn part(state: &mut AtMesa, one: PersonId) -> Result<Vec<Event>, Rejection> {
    act(state, F, Command::People(people::Command::Part { person: one }))
}

fn counted(state: &AtMesa) -> Vec<PersonId> {
    state.people.counted().map(|(person, _)| person).collect()
}

#[test]
fn two_entries_count_once_whichever_was_named_first() {
    // The seat of each, and when they came; who is counted.
    let table = [
        ([None, None], [1, 2], 0),
        ([None, None], [2, 1], 1),
        ([None, None], [1, 1], 0),
        ([Some(SEAT), None], [9, 1], 0),
        ([None, Some(SEAT)], [1, 9], 1),
        ([Some(SEAT), Some(SEAT)], [2, 1], 1),
    ];
    for (seats, times, expected) in table {
        for order in [[0, 1], [1, 0]] {
            let mut state = mesa(Phase::Introduction);
            for ((number, seat), at) in (0..).zip(seats).zip(times) {
                arrives(&mut state, who(number), seat, InRoom, at);
            }
            let [one, other] = order.map(who);
            assert_eq!(merge(&mut state, one, other).unwrap().len(), 1);
            assert_eq!(counted(&state), [who(expected)], "{seats:?} {times:?} {order:?}");
            assert!(state.people.are_one(one, other));
            assert_eq!(merge(&mut state, other, one).unwrap(), [], "they are one already");
            assert_eq!(part(&mut state, who(expected)).unwrap(), [], "it is counted for itself");
            assert_eq!(part(&mut state, who(1 - expected)).unwrap().len(), 1);
            assert_eq!(counted(&state), [who(0), who(1)]);
            assert_eq!(part(&mut state, who(1 - expected)).unwrap(), []);
        }
    }
}

#[test]
fn two_seats_are_two_people_and_who_never_came_is_nobody() {
    let mut state = mesa(Phase::Introduction);
    arrives(&mut state, who(0), Some(SEAT), InRoom, 1);
    arrives(&mut state, who(1), Some(OTHER_SEAT), InRoom, 2);
    assert_eq!(
        merge(&mut state, who(0), who(1)),
        Err(Rejection::People(people::Rejection::TwoSeats))
    );
    let unknown = Err(Rejection::Deliberation(deliberation::Rejection::UnknownItem));
    assert_eq!(merge(&mut state, who(0), who(7)), unknown);
    assert_eq!(part(&mut state, who(7)), unknown);
    assert_eq!(merge(&mut state, who(0), who(0)).unwrap(), [], "somebody is themselves");
}

#[test]
fn three_entries_come_apart_in_any_order() {
    for first in [1, 2] {
        let mut state = mesa(Phase::Introduction);
        for number in 0..3 {
            arrives(&mut state, who(number), None, InRoom, 3 - number as i64);
        }
        // 0 is counted as 1, and 1 as 2.
        merge(&mut state, who(0), who(1)).unwrap();
        merge(&mut state, who(0), who(2)).unwrap();
        assert_eq!(counted(&state), [who(2)]);
        let (parted, left) = if first == 1 { (who(1), who(2)) } else { (who(0), who(2)) };
        part(&mut state, parted).unwrap();
        assert_eq!(counted(&state).len(), 2, "what was merged into it stays with it");
        assert!(!state.people.are_one(parted, left));
        part(&mut state, who(0)).unwrap();
        part(&mut state, who(1)).unwrap();
        assert_eq!(counted(&state).len(), 3);
    }
}

#[test]
fn who_is_there_by_either_entry_is_there_and_leaves_with_both() {
    let mut state = mesa(Phase::Introduction);
    arrives(&mut state, who(0), None, InRoom, 1);
    arrives(&mut state, who(1), Some(SEAT), Remote, 2);
    merge(&mut state, who(0), who(1)).unwrap();
    // The device with the seat goes, the other stays.
    state.apply(&Event::People(people::Event::Left { mesa: HERE, person: who(1), at: 5 }));
    assert!(state.people.is_there(who(1)) && state.people.is_there(who(0)));
    assert_eq!(Quorum::of(&state).present, 1);
    let note = |there| Command::People(people::Command::NoteAttendance { person: who(1), there });
    act(&mut state, F, note(false)).unwrap();
    assert_eq!((state.people.is_there(who(0)), Quorum::of(&state).present), (false, 0));
    act(&mut state, F, note(true)).unwrap();
    assert_eq!((state.people.is_there(who(0)), Quorum::of(&state).present), (true, 1));
    part(&mut state, who(0)).unwrap();
    assert_eq!((state.people.is_there(who(0)), state.people.is_there(who(1))), (false, true));
}

#[test]
fn each_device_edits_what_the_other_added_while_they_are_one() {
    let mut state = mesa(Phase::Introduction);
    let mine = person(Role::Participant);
    arrives(&mut state, mine, None, InRoom, 2);
    arrives(&mut state, who(0), None, InRoom, 1);
    let problem = add(&mut state, Role::Participant, 1, ItemKind::Problem, None);
    let by = |state: &AtMesa, who| {
        let context = domain::Context {
            person: who,
            seat: None,
            role: Role::Participant,
            now: 0,
            since: &[],
        };
        let remove = Command::Deliberation(deliberation::Command::Remove { item: problem });
        domain::decide(&state.0, HERE, &remove, &context).is_ok()
    };
    assert!(!by(&state, who(0)));
    merge(&mut state, mine, who(0)).unwrap();
    assert!(by(&state, who(0)) && by(&state, mine));
    assert_eq!(state.item(item(1)).unwrap().author, Some(mine), "who added it is not rewritten");
    // Their own devices decide so, too; the public doesn't learn of it.
    assert!(by(&state.for_viewer(Viewer::Seat(HERE)), who(0)));
    assert!(state.for_viewer(Viewer::Seat(HERE)).people.attendees.is_empty());
    assert!(state.for_viewer(Viewer::Public).people.merged.is_empty());
    part(&mut state, mine).unwrap();
    assert!(!by(&state, who(0)) && by(&state, mine));
}

#[test]
fn only_who_leads_merges() {
    let mut state = mesa(Phase::Introduction);
    arrives(&mut state, who(0), None, InRoom, 1);
    arrives(&mut state, who(1), None, InRoom, 2);
    for role in Role::ALL {
        let command = Command::People(people::Command::Merge { person: who(0), with: who(1) });
        let may = matches!(role, Role::Facilitator | Role::CoFacilitator);
        assert_eq!(act(&mut state.clone(), role, command).is_ok(), may, "{role:?}");
    }
}
