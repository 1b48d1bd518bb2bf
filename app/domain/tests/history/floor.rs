//! Who speaks in random histories.

use domain::floor::{Added, ClockKind, Command as Floor, Mark, ServerCommand};
use domain::{ActorNumber, Command, EntryId, Mesa, MesaNumber, Role};
use uuid::Uuid;

use super::{Step, person, remark, short};

/// What the facilitation calls somebody: it is for the facilitation alone.
pub const CALLED: &str = "SEÑORA DE LA PRIMERA FILA";

impl Step {
    fn entry(&self, state: &Mesa, number: usize) -> Option<EntryId> {
        state.floor.waiting.get(number % state.floor.waiting.len().max(1)).map(|entry| entry.id)
    }

    /// What becomes of the floor at this step, besides.
    pub(super) fn floor(&self, state: &Mesa, number: usize) -> Option<Command> {
        let fresh = EntryId(Uuid::from_u128(0xE000 + number as u128));
        let one = || self.entry(state, self.one);
        let turn = state.floor.turn.as_ref().map(|turn| turn.entry.id);
        let actor = ActorNumber(1 + (self.other % 2) as u16);
        let minutes = (self.one % 9) as u16;
        let command = match (self.one / 64) % 12 {
            0 | 1 => Floor::Ask { entry: fresh },
            2 => {
                let whom = match self.other % 3 {
                    0 => Added::Person(person(Role::ALL[self.one % Role::ALL.len()])),
                    1 => Added::Actor(actor),
                    _ => Added::Named(short(&format!("{CALLED} {}", self.text))),
                };
                Floor::Add { entry: fresh, whom }
            }
            3 if self.other.is_multiple_of(2) => Floor::Withdraw,
            3 => Floor::Remove { entry: one()? },
            4 => Floor::Move { entry: one()?, before: self.entry(state, self.other) },
            5 | 6 => Floor::Call { entry: one()? },
            7 => Floor::End { entry: turn? },
            8 if self.other.is_multiple_of(2) => Floor::Extend { entry: turn },
            8 => Floor::SetMinutes { minutes },
            9 if self.seated => Floor::Stop,
            9 => Floor::Start { kind: ClockKind::Agenda(0), minutes },
            10 => {
                let about = state.deliberation.problems.first().copied();
                Floor::OpenRound { about: about.filter(|_| self.seated) }
            }
            _ => match self.other % 3 {
                0 => Floor::CloseRound { reason: Some(remark("Llega más tarde")) },
                1 => Floor::Pass,
                _ => Floor::Mark { actor, mark: self.seated.then_some(Mark::Passed) },
            },
        };
        Some(Command::Floor(command))
    }

    pub(super) fn clock_moved(&self, mesa: MesaNumber, at: i64) -> domain::ServerCommand {
        let by = if self.yes { 3_600_000 } else { -3_600_000 };
        domain::ServerCommand::Floor(mesa, ServerCommand::ClockMoved { by, at })
    }
}
