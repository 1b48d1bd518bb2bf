//! How a mesa is being led: state folded from its events.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::late::{Late, Pause};
use super::moderation::Mute;
use super::notes::Note;
use super::shown::Shown;
use super::wall::Wall;
use crate::Millis;
use crate::deliberation::finding::Override;
use crate::pack::{Chart, Notice};
use crate::permission::Phase;

/// How a mesa is led.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// The phase.
    pub phase: Phase,
    /// Every change of phase, oldest first.
    pub phases: Vec<PhaseStart>,
    /// What the projector shows.
    pub shown: Shown,
    /// Whether people without a link may come in.
    pub door_open: bool,
    /// Overridden findings of the checks, with the reasons.
    pub overrides: Vec<Override>,
    /// Late commands that weren't accepted since; only the facilitation sees them.
    pub late: Vec<Late>,
    /// How often the authors of late commands were asked to send them again.
    pub late_asks: u32,
    /// When the server stood still, oldest first; only the facilitation sees it.
    pub pauses: Vec<Pause>,
    /// How the notice with the information pack stands, or stood when the mesa began; none: no rule says
    /// how long it is. The public isn't told.
    pub notice: Option<Notice>,
    /// How the projector is led.
    pub wall: Wall,
    /// Private notes, in the order in which they were first written; only the facilitation sees
    /// them.
    pub notes: Vec<Note>,
    /// Whose writing is paused; only the facilitation sees it.
    pub muted: Vec<Mute>,
    /// The chart that was chosen last for the projector.
    pub chart: Option<Arc<Chart>>,
}

/// The start of a phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhaseStart {
    /// The phase.
    pub phase: Phase,
    /// When, by the server's clock, ms since the epoch.
    pub at: Millis,
}
