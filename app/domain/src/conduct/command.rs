//! Commands about leading a mesa.

use serde::{Deserialize, Serialize};

use super::late::Pause;
use super::shown::Shown;
use crate::deliberation::finding::Finding;
use crate::pack::Chart;
use crate::permission::Phase;
use crate::text::words::Remark;
use crate::{ItemId, ShortText};

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
}

impl Command {
    /// The item that it is about.
    pub fn item(&self) -> Option<ItemId> {
        match self {
            Self::OverrideCheck { finding, .. } | Self::WithdrawOverride { finding } => {
                finding.item()
            }
            Self::Show { .. }
            | Self::ChangePhase { .. }
            | Self::SetDoor { .. }
            | Self::AskLate
            | Self::SettleLate { .. } => None,
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
    /// Have the projector show a chart.
    ShowChart(Box<Chart>),
}
