//! The texts that somebody typed in events about agreeing.

use super::stance::Stance;
use super::{Event, Version};
use crate::text::free::{Part, Visit};

impl Event {
    pub(crate) fn free_texts(&mut self, visit: &mut Visit<'_>) {
        match self {
            Self::Stated { said, .. } => {
                for said in said {
                    if let Some(Stance::AgreeWithReservation(reason) | Stance::Disagree(reason)) =
                        &mut said.stance
                    {
                        visit(Part::Stance, reason);
                    }
                }
            }
            Self::Frozen(version) => {
                let Version {
                    text,
                    changes,
                    sections,
                    number: _,
                    at: _,
                    digest: _,
                    commitments: _,
                } = version.as_mut();
                text.iter_mut().for_each(|text| visit(Part::Version, text));
                let pieces = changes.iter_mut().flat_map(|change| &mut change.pieces);
                pieces.chain(sections).for_each(|piece| visit(Part::Version, &mut piece.words));
            }
            Self::Signing(event) => event.free_texts(visit),
            Self::Closed { reason, at: _ } => {
                reason.iter_mut().for_each(|reason| visit(Part::Reason, reason));
            }
            Self::ReadOut { .. }
            | Self::ReaderChosen { .. }
            | Self::Asked { .. }
            | Self::Reminded { .. }
            | Self::MissingNamed { .. } => {}
        }
    }
}
