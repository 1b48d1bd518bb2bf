//! Detects that the server itself stood still: a process that was stopped, a laptop that slept, a
//! clock that was set. Whoever judges how long others have been silent has to know, because nobody
//! could be heard meanwhile.

use std::time::{Duration, Instant};

use domain::{Millis, Pause, PauseKind};

/// A gap between two beats (they come twice a second) that counts as a pause.
const STOOD_STILL: Duration = Duration::from_secs(10);

/// A difference between two clocks that counts as one of them having been set, ms.
const MOVED: Millis = 1_000;

/// Detects pauses from its beats.
#[derive(Clone, Copy, Debug)]
pub struct Pulse {
    wall: Millis,
    steady: Instant,
    /// The clock that also counts sleep, and the monotonic one at the same moment.
    awake: (Option<Millis>, Instant),
}

/// What happened since the beat before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Beat {
    /// The server was inactive.
    pub pause: Option<Pause>,
    /// The wall clock was set by so many ms, forward or back: what isn't explained by the time that
    /// the machine slept.
    pub moved: Option<Millis>,
}

impl Pulse {
    /// The first beat: by the wall clock, a monotonic one, and one that counts sleep, too.
    pub fn new(wall: Millis, steady: Instant, since_boot: Option<Millis>) -> Self {
        Self { wall, steady, awake: (since_boot, steady) }
    }

    /// One more beat. The clock that counts sleep is only asked when the other two disagree.
    pub fn beat(
        &mut self,
        wall: Millis,
        steady: Instant,
        since_boot: impl FnOnce() -> Option<Millis>,
    ) -> Beat {
        let (from, went) = (self.wall, steady.saturating_duration_since(self.steady));
        (self.wall, self.steady) = (wall, steady);
        let ahead = wall.saturating_sub(from).saturating_sub(millis(went));
        let moved = if ahead.saturating_abs() >= MOVED {
            let by = ahead.saturating_sub(self.slept(ahead, since_boot(), steady));
            (by.saturating_abs() >= MOVED).then_some(by)
        } else {
            None
        };
        let limit = millis(STOOD_STILL);
        let kind = if went >= STOOD_STILL {
            PauseKind::StoodStill
        } else if wall.saturating_sub(from).saturating_abs() >= limit {
            PauseKind::ClockMoved
        } else {
            return Beat { pause: None, moved };
        };
        Beat { pause: Some(Pause { from, to: wall, kind }), moved }
    }

    /// How long the machine slept since it was last asked. Where the system doesn't tell, a clock
    /// that is ahead is one that slept: setting it forward is rarer.
    fn slept(&mut self, ahead: Millis, since_boot: Option<Millis>, steady: Instant) -> Millis {
        let (before, then) = std::mem::replace(&mut self.awake, (since_boot, steady));
        match before.zip(since_boot) {
            Some((before, now)) => {
                let went = millis(steady.saturating_duration_since(then));
                now.saturating_sub(before).saturating_sub(went).max(0)
            }
            None => ahead.max(0),
        }
    }
}

fn millis(time: Duration) -> Millis {
    i64::try_from(time.as_millis()).unwrap_or(Millis::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;

    /// Beats after so many ms of the wall clock, of the monotonic one and of the one that counts
    /// sleep.
    fn beats(wall: i64, steady: u64, boot: Option<i64>) -> Beat {
        let start = Instant::now();
        let mut pulse = Pulse::new(1_000_000, start, boot.map(|_| 0));
        let quiet = pulse.beat(1_000_500, start + Duration::from_millis(500), || None);
        assert_eq!(quiet, Beat::default());
        let then = start + Duration::from_millis(500 + steady);
        let beat = pulse.beat(1_000_500 + wall, then, || boot.map(|boot| boot + 500));
        // Each is reported once.
        let next = then + Duration::from_millis(500);
        let after = pulse.beat(1_001_000 + wall, next, || boot.map(|boot| boot + 1_000));
        assert_eq!(after, Beat::default());
        beat
    }

    /// The pause after so many ms of the wall clock and of the monotonic one.
    fn after(wall: i64, steady: u64) -> Option<Pause> {
        beats(wall, steady, None).pause
    }

    #[test]
    fn a_clock_that_was_set_is_told_apart_from_a_sleep() {
        let moved = |wall, steady, boot| beats(wall, steady, boot).moved;
        assert_eq!(moved(500, 500, Some(500)), None);
        assert_eq!(moved(900, 500, Some(500)), None, "two clocks are never read at once");
        assert_eq!(moved(5_500, 500, Some(500)), Some(5_000));
        assert_eq!(moved(-3_599_500, 500, Some(500)), Some(-3_600_000));
        // It slept for 25 minutes, and was set by an hour when it woke.
        assert_eq!(moved(25 * MINUTE, 700, Some(25 * MINUTE)), None);
        assert_eq!(moved(85 * MINUTE, 700, Some(25 * MINUTE)), Some(60 * MINUTE));
        // It stood still.
        assert_eq!(moved(25 * MINUTE, 25 * 60_000, Some(25 * MINUTE)), None);
        // Where the system doesn't say how long it slept, only a clock that was set back was set.
        assert_eq!(moved(25 * MINUTE, 700, None), None);
        assert_eq!(moved(-MINUTE, 500, None), Some(-MINUTE - 500));
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
