//! The texts that somebody typed in events about signing.

use super::Event;
use super::state::{Hand, Mark, Noted};
use crate::text::free::{Part, Visit};

impl Event {
    pub(crate) fn free_texts(&mut self, visit: &mut Visit<'_>) {
        match self {
            Self::Marked { actor: _, mark } => match mark {
                Mark::Signed { hand: Hand::Typed(name), .. } => visit(Part::Signature, name),
                Mark::Declined { reason, .. }
                | Mark::Noted { noted: Noted::Refused(reason), .. } => visit(Part::Stance, reason),
                Mark::Signed { hand: Hand::Drawn { .. }, .. } | Mark::Noted { .. } => {}
            },
            Self::WitnessNamed { actor: _, name } => {
                name.iter_mut().for_each(|name| visit(Part::Signature, name));
            }
            Self::ScanAttached { version: _, scan } => visit(Part::Scan, &mut scan.name),
            Self::Closed { reason, at: _ } => visit(Part::Reason, reason),
            Self::Opened { .. }
            | Self::PagesSet { .. }
            | Self::Consented { .. }
            | Self::MarkTaken { .. }
            | Self::Sealed { .. }
            | Self::InitialsDeclared { .. }
            | Self::ScanDetached { .. } => {}
        }
    }
}
