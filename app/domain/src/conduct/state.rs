//! How a mesa is led, after its events.

use serde::{Deserialize, Serialize};

use super::late::{Late, Pause};
use super::shown::Shown;
use crate::Millis;
use crate::deliberation::finding::Override;
use crate::permission::Phase;

/// How a mesa is led.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// The phase.
    pub phase: Phase,
    /// Every change of phase, oldest first.
    pub phases: Vec<PhaseStart>,
    /// What is projected.
    pub shown: Shown,
    /// Whether people without a link may come in.
    pub door_open: bool,
    /// Checks that the facilitator let pass, with the reasons.
    pub overrides: Vec<Override>,
    /// What came after its phase had closed and wasn't taken since; the facilitation's to see.
    pub late: Vec<Late>,
    /// How often it was asked for again.
    pub late_asks: u32,
    /// When the server did nothing, oldest first; the facilitation's to see.
    pub pauses: Vec<Pause>,
}

/// When the mesa went to a phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhaseStart {
    /// The phase.
    pub phase: Phase,
    /// When, by the server's clock, ms since the epoch.
    pub at: Millis,
}
