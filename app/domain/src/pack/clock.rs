//! How many days before a mesa everybody has the pack (line A3; section 2, fact 10), in civil days. Which
//! instant a day and an hour are, only the server knows: the zones' data is there.

use serde::{Deserialize, Serialize};

use super::holidays::is_business;
use crate::Date;

/// Most days of a rule.
pub const MOST_DAYS: u8 = 60;

/// Which days count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DayKind {
    /// All.
    Calendar,
    /// Those on which public bodies work.
    Business,
}

/// How long before a mesa everybody has the pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeRule {
    /// How many days; from one to [`MOST_DAYS`].
    pub days: u8,
    /// Which days.
    pub kind: DayKind,
}

impl NoticeRule {
    /// What the process says, read as calendar days.
    pub const USUAL: Self = Self { days: 10, kind: DayKind::Calendar };

    /// Whether it can be kept.
    pub fn is_possible(self) -> bool {
        (1..=MOST_DAYS).contains(&self.days)
    }

    /// The day so long before another, which isn't counted itself: something is in time when it is sent
    /// before that day's hour at which the mesa begins. None where the calendar ends.
    pub fn day_before(self, day: Date) -> Option<Date> {
        let mut left = self.days;
        let mut day = day;
        while left > 0 {
            day = day.previous_day()?;
            let counts = match self.kind {
                DayKind::Calendar => true,
                DayKind::Business => is_business(day),
            };
            left -= u8::from(counts);
        }
        Some(day)
    }
}
