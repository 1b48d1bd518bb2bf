//! Problems that each writes alone: an event and a command of every kind.

use domain::veil::{Command as Behind, Event as Happened, Veiled};
use domain::{Command, Event, ItemId};
use uuid::Uuid;

use super::{HERE, PERSON, remark, short};

fn item(number: u128) -> ItemId {
    ItemId(Uuid::from_u128(700 + number))
}

pub(super) fn events() -> Vec<Event> {
    let written = |number, statement: Option<&str>, count| {
        let (title, statement) = (short("Los baches"), statement.map(remark));
        let problem = Veiled { item: item(number), author: PERSON, title, statement };
        Happened::Written { problem: Some(problem), count }
    };
    let events = [
        Happened::Drawn { at: 8_500 },
        Happened::Lifted,
        Happened::Drawn { at: 8_510 },
        written(1, Some("En la calle 5"), 1),
        written(2, None, 2),
        written(1, None, 2),
        Happened::Written { problem: None, count: 3 },
        Happened::Withdrawn { problem: Some(item(2)), count: 2 },
        Happened::Withdrawn { problem: None, count: 1 },
    ];
    events.into_iter().map(|event| Event::Veil(HERE, event)).collect()
}

pub(super) fn commands() -> Vec<Command> {
    let write = |statement: Option<&str>| Behind::Write {
        problem: item(9),
        title: short("El agua"),
        statement: statement.map(remark),
    };
    let commands = [
        Behind::Draw,
        write(None),
        write(Some("Huele")),
        Behind::Withdraw { problem: item(1) },
        Behind::Lift,
    ];
    commands.map(Command::Veil).to_vec()
}
