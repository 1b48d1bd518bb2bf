//! The texts that somebody typed in events about problems that each writes alone.

use super::Event;
use crate::text::free::{Part, Visit};

impl Event {
    pub(crate) fn free_texts(&mut self, visit: &mut Visit<'_>) {
        match self {
            Self::Written { problem, count: _ } => problem.iter_mut().for_each(|problem| {
                visit(Part::Veiled, &mut problem.title);
                problem.statement.iter_mut().for_each(|text| visit(Part::Veiled, text));
            }),
            Self::Drawn { .. } | Self::Withdrawn { .. } | Self::Lifted => {}
        }
    }
}
