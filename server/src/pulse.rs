//! Detects that the server itself stood still: a process that was stopped, a laptop that slept, a
//! clock that was set. Whoever judges how long others have been silent has to know, because nobody
//! could be heard meanwhile.

use std::time::{Duration, Instant};

use domain::{Millis, Pause, PauseKind};

/// A gap between two beats (they come twice a second) that counts as a pause.
const STOOD_STILL: Duration = Duration::from_secs(10);

/// Detects pauses from its beats.
#[derive(Clone, Copy, Debug)]
pub struct Pulse {
    wall: Millis,
    steady: Instant,
}

impl Pulse {
    /// The first beat, by the wall clock and by a monotonic one.
    pub fn new(wall: Millis, steady: Instant) -> Self {
        Self { wall, steady }
    }

    /// One more beat. Returns the pause since the one before, if there was one.
    pub fn beat(&mut self, wall: Millis, steady: Instant) -> Option<Pause> {
        let (from, went) = (self.wall, steady.saturating_duration_since(self.steady));
        (self.wall, self.steady) = (wall, steady);
        let limit = i64::try_from(STOOD_STILL.as_millis()).unwrap_or(Millis::MAX);
        let kind = if went >= STOOD_STILL {
            PauseKind::StoodStill
        } else if wall.saturating_sub(from).saturating_abs() >= limit {
            PauseKind::ClockMoved
        } else {
            return None;
        };
        Some(Pause { from, to: wall, kind })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;

    /// Beats after so many ms of the wall clock and of the monotonic one.
    fn after(wall: i64, steady: u64) -> Option<Pause> {
        let start = Instant::now();
        let mut pulse = Pulse::new(1_000_000, start);
        assert_eq!(pulse.beat(1_000_500, start + Duration::from_millis(500)), None);
        let pause = pulse.beat(1_000_500 + wall, start + Duration::from_millis(500 + steady));
        // Each pause is reported once.
        assert_eq!(
            pulse.beat(1_001_000 + wall, start + Duration::from_millis(1_000 + steady)),
            None
        );
        pause
    }

    #[test]
    fn a_busy_moment_is_no_pause() {
        for (wall, steady) in [(0, 0), (500, 500), (9_000, 9_000), (-3_000, 500), (4_000, 500)] {
            assert_eq!(after(wall, steady), None, "{wall} {steady}");
        }
    }

    #[test]
    fn a_stop_a_sleep_and_a_clock_that_was_set_are_told_apart_with_their_times() {
        let pause = |to, kind| Some(Pause { from: 1_000_500, to: 1_000_500 + to, kind });
        assert_eq!(after(25 * MINUTE, 25 * 60_000), pause(25 * MINUTE, PauseKind::StoodStill));
        assert_eq!(after(10_000, 10_000), pause(10_000, PauseKind::StoodStill));
        // While a laptop sleeps only the wall clock goes on.
        assert_eq!(after(25 * MINUTE, 700), pause(25 * MINUTE, PauseKind::ClockMoved));
        assert_eq!(after(-60 * MINUTE, 500), pause(-60 * MINUTE, PauseKind::ClockMoved));
    }
}
