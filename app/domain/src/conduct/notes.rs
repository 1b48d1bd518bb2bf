//! Private notes of the facilitation: on the devices of the desk and nowhere else, neither in the
//! minutes nor in anything that is exported.

use serde::{Deserialize, Serialize};

use super::Event;
use crate::judge::{Judge, when};
use crate::permission::Action;
use crate::{Millis, NoteId, PersonId, Remark};

/// Most notes of a mesa.
pub const NOTE_LIMIT: usize = 200;

/// A note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Its id, made on the device.
    pub id: NoteId,
    /// What it says.
    pub text: Remark,
    /// Who wrote it last.
    pub by: PersonId,
    /// When, by the server's clock.
    pub at: Millis,
}

/// Writes a note, in place of the one with the same id.
pub(super) fn write(notes: &mut Vec<Note>, note: Note) {
    match notes.iter_mut().find(|other| other.id == note.id) {
        Some(before) => *before = note,
        None => notes.push(note),
    }
}

impl Judge<'_> {
    pub(super) fn write_note(
        &self,
        id: NoteId,
        text: Option<&Remark>,
    ) -> Result<Vec<Event>, crate::Rejection> {
        self.require(Action::Conduct, None)?;
        let notes = &self.mesa.conduct.notes;
        let before = notes.iter().find(|note| note.id == id);
        let Some(text) = text else {
            return Ok(when(before.is_some(), Event::NoteErased { note: id }));
        };
        if before.is_none() && notes.len() >= NOTE_LIMIT {
            let limit = u32::try_from(NOTE_LIMIT).unwrap_or(u32::MAX);
            return Err(crate::Rejection::TooMany { limit });
        }
        let (by, at) = (self.context.person, self.context.now);
        let note = Note { id, text: text.clone(), by, at };
        Ok(when(before.is_none_or(|before| before.text != *text), Event::NoteWritten(note)))
    }
}
