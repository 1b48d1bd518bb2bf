//! Folding events about the pack into its state.

use super::event::Event;
use super::state::{End, FileNumber, State};

impl State {
    pub(crate) fn apply(&mut self, event: &Event) {
        match event {
            Event::Sent(file) => {
                if let Some(replaced) = file.replaces {
                    self.end(replaced, End::Replaced { with: file.number });
                }
                // Somebody said that there was nothing, and now there is.
                self.absent.retain(|absence| absence.entry != file.entry);
                self.files.push(file.as_ref().clone());
            }
            Event::Withdrawn { file, reason, at } => {
                self.end(*file, End::Withdrawn { reason: reason.clone(), at: *at });
            }
            Event::Absent(absence) => {
                self.absent.retain(|other| other.entry != absence.entry);
                self.absent.push(absence.as_ref().clone());
            }
            Event::Expected { entry } => self.absent.retain(|absence| absence.entry != *entry),
            Event::Opened(opening) => self.opened.push(*opening),
            Event::Counted(results) => {
                self.results.retain(|other| other.file != results.file);
                self.results.push(results.as_ref().clone());
            }
            Event::CountDropped { results } => {
                self.results.retain(|other| other.number != *results);
            }
        }
    }

    fn end(&mut self, number: FileNumber, end: End) {
        if let Some(file) = self.files.iter_mut().find(|file| file.number == number) {
            file.end = Some(end);
        }
    }
}
