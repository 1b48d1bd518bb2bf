//! Who leads the wall, what comes next, private notes: an event and a command of every kind.

use domain::conduct::moderation::Mute;
use domain::conduct::notes::Note;
use domain::conduct::{Command as Conduct, Event as Happened};
use domain::{Command, Event, NoteId};
use uuid::Uuid;

use super::{COMMITMENT, HERE, PERSON, PROBLEM, remark};

fn note(number: u128) -> NoteId {
    NoteId(Uuid::from_u128(80 + number))
}

pub(super) fn events() -> Vec<Event> {
    let written = |number, text| {
        Happened::NoteWritten(Note { id: note(number), text: remark(text), by: PERSON, at: 8_400 })
    };
    let events = [
        Happened::WallTaken { by: Some(PERSON) },
        Happened::WallHeld { held: true },
        Happened::LinedUp { item: PROBLEM, first: false },
        Happened::LinedUp { item: COMMITMENT, first: true },
        Happened::LeftOut { item: PROBLEM },
        Happened::WallHeld { held: false },
        Happened::WallTaken { by: None },
        written(0, "Falta la Contraloría"),
        written(1, "Cerrar a las ocho"),
        Happened::NoteErased { note: note(0) },
        Happened::Muted(Mute {
            person: PERSON,
            reason: remark("Insultos"),
            by: PERSON,
            at: 8_500,
            appeal: None,
        }),
        Happened::Appealed { person: PERSON, text: remark("No fui yo") },
        Happened::MuteLifted { person: PERSON },
    ];
    events.into_iter().map(|event| Event::Conduct(HERE, event)).collect()
}

pub(super) fn commands() -> Vec<Command> {
    let commands = [
        Conduct::TakeWall { taken: true },
        Conduct::HoldWall { held: true },
        Conduct::LineUp { item: PROBLEM, first: true },
        Conduct::LeaveOut { item: COMMITMENT },
        Conduct::WriteNote { note: note(2), text: Some(remark("Preguntar por la fecha")) },
        Conduct::WriteNote { note: note(1), text: None },
        Conduct::Mute { person: PERSON, reason: Some(remark("Insultos")) },
    ];
    commands.map(Command::Conduct).to_vec()
}
