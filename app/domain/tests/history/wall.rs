//! Who leads the wall, what comes next, and private notes in random histories.

use domain::conduct::Command as Conduct;
use domain::{Command, Exercise, Mesa, NoteId};
use uuid::Uuid;

use super::{Step, remark};

/// What the facilitation notes: it is for the facilitation alone.
pub const NOTED: &str = "NOTA QUE NADIE MÁS LEE";

/// Why somebody may not write: it is for the facilitation and, by another way, for them.
pub const PAUSED_FOR: &str = "PORQUE DIJO ALGO QUE NADIE REPITE";

impl Step {
    /// What becomes of the wall and of the notes at this step, besides.
    pub(super) fn wall(&self, exercise: &Exercise, state: &Mesa, number: usize) -> Option<Command> {
        let note = |number: usize| NoteId(Uuid::from_u128(0xF000 + number as u128));
        let item = || self.pick((exercise, state), self.other, None).map(|item| item.id);
        let command = match (self.one / 1_024) % 11 {
            0 => Conduct::TakeWall { taken: !self.other.is_multiple_of(3) },
            1 => Conduct::HoldWall { held: !self.other.is_multiple_of(3) },
            2 | 3 => Conduct::LineUp { item: item()?, first: self.seated },
            4 => {
                let next = &state.conduct.wall.next;
                Conduct::LeaveOut { item: *next.get(self.other % next.len().max(1))? }
            }
            5 | 6 => {
                let text = remark(&format!("{NOTED} {}", self.text));
                Conduct::WriteNote { note: note(number), text: Some(text) }
            }
            7 => {
                let notes = &state.conduct.notes;
                let id = notes.get(self.other % notes.len().max(1))?.id;
                let text = self.seated.then(|| remark(&format!("{NOTED} {number}")));
                Conduct::WriteNote { note: id, text }
            }
            8 if self.seated => {
                let came: Vec<_> = state.people.attendees.keys().collect();
                let reason = remark(&format!("{PAUSED_FOR} {}", self.text));
                Conduct::Mute {
                    person: **came.get(self.one % came.len().max(1))?,
                    reason: Some(reason),
                }
            }
            8 | 9 => {
                let muted = &state.conduct.muted;
                let person = muted.get(self.other % muted.len().max(1))?.person;
                Conduct::Mute { person, reason: None }
            }
            _ => return None,
        };
        Some(Command::Conduct(command))
    }
}
