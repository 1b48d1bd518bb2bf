//! Events about leading a mesa.

use serde::{Deserialize, Serialize};

use super::late::{Late, Pause};
use super::moderation::Mute;
use super::notes::Note;
use super::shown::Shown;
use crate::deliberation::finding::Finding;
use crate::pack::{Chart, Notice};
use crate::permission::Phase;
use crate::text::words::Remark;
use crate::{ItemId, Millis, NoteId, PersonId, ShortText};

/// A fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// The code that lets participants in.
    JoinCodeSet {
        /// The code.
        code: ShortText,
    },
    /// The door was opened or closed to people without a link.
    DoorSet {
        /// Whether it is open.
        open: bool,
    },
    /// The mesa is in another phase.
    PhaseChanged {
        /// The new one.
        to: Phase,
        /// When, by the server's clock.
        at: Millis,
    },
    /// The projector shows something else.
    ShownChanged {
        /// What.
        shown: Shown,
    },
    /// The facilitator let a finding of the checks pass.
    CheckOverridden {
        /// Which.
        finding: Finding,
        /// Why.
        reason: Remark,
        /// When, by the server's clock.
        at: Millis,
    },
    /// An override was withdrawn.
    OverrideWithdrawn {
        /// Which.
        finding: Finding,
    },
    /// Something was refused because its phase had closed before it arrived.
    CameLate(Late),
    /// The authors of late texts are asked to send them again.
    LateAsked,
    /// A late text was accepted, or isn't waited for any more.
    LateSettled {
        /// Which.
        print: u64,
    },
    /// The server stood still.
    StoodStill(Pause),
    /// The notice with the information pack stands otherwise.
    NoticeCounted {
        /// How; none: no rule says how long it is.
        notice: Option<Notice>,
    },
    /// Somebody took the wall, or let go of it.
    WallTaken {
        /// Who has it; none: whoever facilitates.
        by: Option<PersonId>,
    },
    /// The wall stands still, or moves again.
    WallHeld {
        /// Whether it stands still.
        held: bool,
    },
    /// An item waits to be shown.
    LinedUp {
        /// Which.
        item: ItemId,
        /// Whether it comes first, otherwise last.
        first: bool,
    },
    /// An item doesn't wait to be shown any longer.
    LeftOut {
        /// Which.
        item: ItemId,
    },
    /// A private note was written.
    NoteWritten(Note),
    /// A private note was erased.
    NoteErased {
        /// Which.
        note: NoteId,
    },
    /// Somebody's writing is paused.
    Muted(Mute),
    /// They may write again.
    MuteLifted {
        /// Who.
        person: PersonId,
    },
    /// Somebody whose writing is paused says something to it.
    Appealed {
        /// Who.
        person: PersonId,
        /// What.
        text: Remark,
    },
    /// A chart was chosen for the projector: from then on everybody may see it.
    ChartChosen(Box<Chart>),
}

impl Event {
    /// The event's name in the log.
    pub fn name(&self) -> &'static str {
        match self {
            Self::JoinCodeSet { .. } => "join_code_set",
            Self::DoorSet { .. } => "door_set",
            Self::PhaseChanged { .. } => "phase_changed",
            Self::ShownChanged { .. } => "shown_changed",
            Self::CheckOverridden { .. } => "check_overridden",
            Self::OverrideWithdrawn { .. } => "override_withdrawn",
            Self::CameLate(_) => "came_late",
            Self::LateAsked => "late_asked",
            Self::LateSettled { .. } => "late_settled",
            Self::StoodStill(_) => "stood_still",
            Self::NoticeCounted { .. } => "notice_counted",
            Self::WallTaken { .. } => "wall_taken",
            Self::WallHeld { .. } => "wall_held",
            Self::LinedUp { .. } => "lined_up",
            Self::LeftOut { .. } => "left_out",
            Self::NoteWritten(_) => "note_written",
            Self::NoteErased { .. } => "note_erased",
            Self::Muted(_) => "muted",
            Self::MuteLifted { .. } => "mute_lifted",
            Self::Appealed { .. } => "appealed",
            Self::ChartChosen(_) => "chart_chosen",
        }
    }

    /// Visits every item that it names and that existed before it.
    ///
    ///
    /// # Errors
    /// Whatever `visit` returns.
    pub fn try_visit<E>(
        &mut self,
        visit: &mut impl FnMut(&mut ItemId) -> Result<(), E>,
    ) -> Result<(), E> {
        match self {
            Self::ShownChanged { shown: Shown::Item(item) }
            | Self::LinedUp { item, .. }
            | Self::LeftOut { item } => visit(item),
            Self::CheckOverridden { finding, .. } | Self::OverrideWithdrawn { finding } => {
                finding.item_mut().map_or(Ok(()), visit)
            }
            Self::CameLate(late) => late.part.item_mut().map_or(Ok(()), visit),
            Self::JoinCodeSet { .. }
            | Self::DoorSet { .. }
            | Self::PhaseChanged { .. }
            | Self::ShownChanged {
                shown: Shown::Agreement | Shown::Blank | Shown::Chart | Shown::Priority,
            }
            | Self::LateAsked
            | Self::LateSettled { .. }
            | Self::StoodStill(_)
            | Self::NoticeCounted { .. }
            | Self::WallTaken { .. }
            | Self::WallHeld { .. }
            | Self::NoteWritten(_)
            | Self::NoteErased { .. }
            | Self::Muted(_)
            | Self::MuteLifted { .. }
            | Self::Appealed { .. }
            | Self::ChartChosen(_) => Ok(()),
        }
    }
}
