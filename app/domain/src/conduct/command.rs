//! Commands about leading a mesa.

use serde::{Deserialize, Serialize};

use super::late::Pause;
use super::shown::Shown;
use crate::deliberation::finding::Finding;
use crate::pack::Chart;
use crate::permission::Phase;
use crate::text::words::Remark;
use crate::{ItemId, NoteId, PersonId, ShortText};

/// A person's command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Command {
    /// Have the projector show something.
    Show {
        /// What.
        shown: Shown,
    },
    /// Go to another phase.
    ChangePhase {
        /// Which.
        to: Phase,
    },
    /// Open or close the door to people without a link.
    SetDoor {
        /// Whether it is open.
        open: bool,
    },
    /// Let a finding of the checks pass.
    OverrideCheck {
        /// Which, exactly as the checks give it now.
        finding: Finding,
        /// Why; it appears in the minutes.
        reason: Remark,
    },
    /// Withdraw an override.
    WithdrawOverride {
        /// Which.
        finding: Finding,
    },
    /// Ask the authors of late texts to send them again.
    AskLate,
    /// Stop waiting for a late text: its author gave it up, or the facilitation knows enough.
    SettleLate {
        /// Which.
        print: u64,
    },
    /// Take the wall, or let go of it.
    TakeWall {
        /// Whether it is taken.
        taken: bool,
    },
    /// Have the wall stand still, or move again.
    HoldWall {
        /// Whether it stands still.
        held: bool,
    },
    /// Have an item wait to be shown, or give it another place among those that wait.
    LineUp {
        /// Which.
        item: ItemId,
        /// Whether it comes first, otherwise last.
        first: bool,
    },
    /// Not show an item next after all.
    LeaveOut {
        /// Which.
        item: ItemId,
    },
    /// Write a private note, or erase it.
    WriteNote {
        /// Its id, made on the device.
        note: NoteId,
        /// What it says; none: it is erased.
        text: Option<Remark>,
    },
    /// Pause somebody's writing, or let them write again.
    Mute {
        /// Whose.
        person: PersonId,
        /// Why; none: they may write again.
        reason: Option<Remark>,
    },
}

impl Command {
    /// The item that it is about.
    pub fn item(&self) -> Option<ItemId> {
        match self {
            Self::OverrideCheck { finding, .. } | Self::WithdrawOverride { finding } => {
                finding.item()
            }
            Self::LineUp { item, .. } | Self::LeaveOut { item } => Some(*item),
            Self::Show { .. }
            | Self::ChangePhase { .. }
            | Self::SetDoor { .. }
            | Self::AskLate
            | Self::SettleLate { .. }
            | Self::TakeWall { .. }
            | Self::HoldWall { .. }
            | Self::WriteNote { .. }
            | Self::Mute { .. } => None,
        }
    }
}

/// The server's own command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerCommand {
    /// Set the code that lets participants in.
    SetJoinCode(ShortText),
    /// Open the door to people without a link, at a new mesa.
    OpenDoor,
    /// Note in a mesa's stream that the server stood still.
    NotePause(Pause),
    /// Pass on what somebody says whose writing is paused.
    Appeal {
        /// Who.
        person: PersonId,
        /// What they say.
        text: Remark,
    },
    /// Have a chart ready for the projector, in place of the one before.
    ChooseChart(Box<Chart>),
}
