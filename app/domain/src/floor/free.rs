//! The texts that somebody typed in events about the floor.

use super::Event;
use crate::text::free::{Part, Visit};

impl Event {
    pub(crate) fn free_texts(&mut self, visit: &mut Visit<'_>) {
        match self {
            Self::Asked(entry) => {
                entry.who.name.iter_mut().for_each(|name| visit(Part::Speaker, name));
            }
            Self::Spoke { who, time: _ } => {
                who.name.iter_mut().for_each(|name| visit(Part::Speaker, name));
            }
            Self::RoundClosed { at: _, pending: _, reason } => {
                reason.iter_mut().for_each(|reason| visit(Part::Reason, reason));
            }
            Self::Unlisted { .. }
            | Self::Moved { .. }
            | Self::Called { .. }
            | Self::Ended
            | Self::MinutesSet { .. }
            | Self::ClockSet { .. }
            | Self::TurnExtended
            | Self::RoundOpened { .. }
            | Self::Marked { .. }
            | Self::ClockMoved { .. } => {}
        }
    }
}
