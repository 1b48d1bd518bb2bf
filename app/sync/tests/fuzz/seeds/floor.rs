//! Who speaks: an event and a command of every kind.

use domain::floor::{
    Added, Clock, ClockKind, Command as Floor, Entry, Event as Happened, Mark, Timer, Who,
};
use domain::people::attendance::AttendanceMode;
use domain::{ActorNumber, Command, EntryId, Event};
use uuid::Uuid;

use super::{HERE, PERSON, PROBLEM, remark, short};

const ONE: ActorNumber = ActorNumber(1);

fn entry(number: u128) -> EntryId {
    EntryId(Uuid::from_u128(50 + number))
}

pub(super) fn events() -> Vec<Event> {
    let asked = |number, who| {
        let mode = AttendanceMode::ALL[number as usize % 3];
        Happened::Asked(Entry { id: entry(number), who, mode })
    };
    let person = Who { person: Some(PERSON), actor: Some(ONE), name: None };
    let named = Who { name: Some(short("Doña Lupe")), ..Who::default() };
    let timer = Timer { since: 8_100, minutes: 15 };
    let clock = |kind| Happened::ClockSet { clock: Some(Clock { kind, timer }) };
    let called = |number, at| Happened::Called { entry: entry(number), at, minutes: 3 };
    let events = [
        Happened::RoundOpened { about: Some(PROBLEM), at: 8_010 },
        asked(0, person.clone()),
        asked(1, named),
        asked(2, Who::default()),
        asked(3, person.clone()),
        Happened::Moved { entry: entry(1), before: Some(entry(0)) },
        Happened::Moved { entry: entry(2), before: None },
        Happened::Unlisted { entry: entry(2) },
        Happened::MinutesSet { minutes: 5 },
        called(0, 8_020),
        Happened::TurnExtended,
        Happened::Spoke { who: person, time: 65_000 },
        Happened::Marked { actor: ONE, mark: Some(Mark::Spoke) },
        Happened::Ended,
        Happened::Marked { actor: ONE, mark: None },
        Happened::Marked { actor: ONE, mark: Some(Mark::Passed) },
        Happened::RoundClosed { at: 8_090, pending: vec![ONE], reason: Some(remark("No vino")) },
        Happened::RoundOpened { about: None, at: 8_095 },
        clock(ClockKind::Free),
        Happened::ClockSet { clock: None },
        clock(ClockKind::Agenda(0)),
        called(1, 8_200),
        Happened::ClockMoved { by: -3_600_000, at: 8_300 },
    ];
    events.into_iter().map(|event| Event::Floor(HERE, event)).collect()
}

pub(super) fn commands() -> Vec<Command> {
    let commands = [
        Floor::Ask { entry: entry(9) },
        Floor::Withdraw,
        Floor::Add { entry: entry(9), whom: Added::Person(PERSON) },
        Floor::Add { entry: entry(9), whom: Added::Actor(ONE) },
        Floor::Add { entry: entry(9), whom: Added::Named(short("Don Chuy")) },
        Floor::Remove { entry: entry(3) },
        Floor::Move { entry: entry(3), before: Some(entry(1)) },
        Floor::Call { entry: entry(3) },
        Floor::End { entry: entry(1) },
        Floor::SetMinutes { minutes: 2 },
        Floor::Start { kind: ClockKind::Agenda(0), minutes: 40 },
        Floor::Start { kind: ClockKind::Free, minutes: 5 },
        Floor::Stop,
        Floor::Extend { entry: Some(entry(1)) },
        Floor::Extend { entry: None },
        Floor::OpenRound { about: Some(PROBLEM) },
        Floor::Mark { actor: ONE, mark: Some(Mark::Spoke) },
        Floor::Pass,
        Floor::CloseRound { reason: Some(remark("Se hizo tarde")) },
    ];
    commands.map(Command::Floor).to_vec()
}
