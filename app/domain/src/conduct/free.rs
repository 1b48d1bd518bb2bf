//! The texts that somebody typed in events about leading a mesa.

use super::Event;
use crate::text::free::{Part, Visit};

impl Event {
    pub(crate) fn free_texts(&mut self, visit: &mut Visit<'_>) {
        match self {
            Self::CheckOverridden { finding: _, reason, at: _ } => visit(Part::Reason, reason),
            Self::Muted(mute) => visit(Part::Reason, &mut mute.reason),
            Self::Appealed { person: _, text } => visit(Part::Reason, text),
            Self::NoteWritten(note) => visit(Part::Note, &mut note.text),
            Self::ChartChosen(chart) => chart.free_texts(visit),
            // A code is made by the program.
            Self::JoinCodeSet { .. }
            | Self::DoorSet { .. }
            | Self::PhaseChanged { .. }
            | Self::ShownChanged { .. }
            | Self::OverrideWithdrawn { .. }
            | Self::CameLate(_)
            | Self::LateAsked
            | Self::LateSettled { .. }
            | Self::StoodStill(_)
            | Self::NoticeCounted { .. }
            | Self::WallTaken { .. }
            | Self::WallHeld { .. }
            | Self::LinedUp { .. }
            | Self::LeftOut { .. }
            | Self::NoteErased { .. }
            | Self::MuteLifted { .. } => {}
        }
    }
}
