//! Which audience sees how a mesa is led.

use super::Event;
use crate::audience::Audience;

pub(crate) fn sees(event: &Event, audience: Audience) -> bool {
    match event {
        Event::JoinCodeSet { .. } => false,
        // Whose texts are late, and that the server stood still, is for the facilitation; the
        // request to send texts again is for everyone who may have one.
        Event::CameLate(_) | Event::LateSettled { .. } | Event::StoodStill(_) => {
            audience == Audience::Facilitation
        }
        // Who leads the wall, what comes next, what the facilitation notes and whose writing is
        // paused is its own.
        Event::WallTaken { .. }
        | Event::LinedUp { .. }
        | Event::LeftOut { .. }
        | Event::NoteWritten(_)
        | Event::NoteErased { .. }
        | Event::Muted(_)
        | Event::MuteLifted { .. }
        | Event::Appealed { .. } => audience == Audience::Facilitation,
        // How the pack stands is for those who may read it.
        Event::LateAsked | Event::NoticeCounted { .. } => audience != Audience::Public,
        Event::DoorSet { .. }
        | Event::PhaseChanged { .. }
        | Event::ShownChanged { .. }
        | Event::WallHeld { .. }
        | Event::ChartChosen(_)
        | Event::CheckOverridden { .. }
        | Event::OverrideWithdrawn { .. } => true,
    }
}
