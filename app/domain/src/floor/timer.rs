//! Clocks that everybody sees the same: when they began, by the server's clock, and how long they
//! run. What is left follows from both, on every device.

use serde::{Deserialize, Serialize};

use crate::Millis;

/// Milliseconds of a minute.
pub const MINUTE: Millis = 60_000;
/// The time that a turn gets unless the facilitation says otherwise, in minutes.
pub const TURN: u16 = 3;
/// The longest time of a turn or a free clock, in minutes.
pub const LONGEST: u16 = 120;

/// A running clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timer {
    /// When it began, by the server's clock, ms since the epoch.
    pub since: Millis,
    /// How long it runs, in minutes.
    pub minutes: u16,
}

/// What a countdown says: by colour and by words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// More than a minute is left.
    Running,
    /// A minute or less is left.
    LastMinute,
    /// The time is over.
    Over,
}

impl Timer {
    /// The time left at a moment, ms; negative once it is over. A clock that was set back shows no
    /// more than the whole time.
    pub fn left(&self, now: Millis) -> Millis {
        Millis::from(self.minutes) * MINUTE - now.saturating_sub(self.since).max(0)
    }

    /// The same in whole seconds, as it is shown: a full minute reads 1:00 until it isn't full.
    pub fn seconds(&self, now: Millis) -> i64 {
        self.left(now).div_euclid(1_000) + i64::from(self.left(now).rem_euclid(1_000) > 0)
    }
}

impl Stage {
    /// The stage with so many seconds left.
    pub fn of(seconds: i64) -> Self {
        match seconds {
            ..=0 => Self::Over,
            1..=60 => Self::LastMinute,
            _ => Self::Running,
        }
    }
}

/// What a clock that isn't a turn's runs for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClockKind {
    /// An item of the agenda, by its place in it, from 0.
    Agenda(u16),
    /// Anything else.
    Free,
}

/// A clock that isn't a turn's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// What it runs for.
    pub kind: ClockKind,
    /// The time.
    pub timer: Timer,
}
