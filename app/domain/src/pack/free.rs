//! The texts that somebody typed in events about the pack.

use super::event::Event;
use crate::text::free::{Part, Visit};

impl Event {
    pub(crate) fn free_texts(&mut self, visit: &mut Visit<'_>) {
        match self {
            Self::Sent(file) => visit(Part::PackFile, &mut file.name),
            Self::Withdrawn { file: _, reason, at: _ } => visit(Part::Reason, reason),
            Self::Absent(absence) => visit(Part::Reason, &mut absence.reason),
            Self::Counted(results) => results.counted.free_texts(visit),
            Self::Expected { entry: _ } | Self::Opened(_) | Self::CountDropped { results: _ } => {}
        }
    }
}
