//! Events about leading a mesa.

use serde::{Deserialize, Serialize};

use super::late::{Late, Pause};
use super::shown::Shown;
use crate::deliberation::finding::Finding;
use crate::pack::Notice;
use crate::permission::Phase;
use crate::text::words::Remark;
use crate::{ItemId, Millis, ShortText};

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
            Self::ShownChanged { shown: Shown::Item(item) } => visit(item),
            Self::CheckOverridden { finding, .. } | Self::OverrideWithdrawn { finding } => {
                finding.item_mut().map_or(Ok(()), visit)
            }
            Self::CameLate(late) => late.part.item_mut().map_or(Ok(()), visit),
            Self::JoinCodeSet { .. }
            | Self::DoorSet { .. }
            | Self::PhaseChanged { .. }
            | Self::ShownChanged { shown: Shown::Agreement | Shown::Blank | Shown::Priority }
            | Self::LateAsked
            | Self::LateSettled { .. }
            | Self::StoodStill(_)
            | Self::NoticeCounted { .. } => Ok(()),
        }
    }
}
