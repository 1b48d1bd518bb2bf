//! When a device whose connection broke tries again: the rule of the browser's link (`app/src/client/socket.rs`), for a page
//! that is seen.

use std::time::Duration;

use crate::random::Variety;

/// An attempt that isn't through by then is given up.
pub const ATTEMPT: Duration = Duration::from_secs(4);
/// Silence after which a connection counts as dead.
pub const SILENCE: Duration = Duration::from_secs(25);
/// An answer that takes longer never comes: a new connection.
pub const HOPELESS: Duration = Duration::from_secs(10);
/// How often a device looks after its connection.
pub const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Frames in a row that don't make sense, after which nothing is tried any more.
pub const FAULTS: u32 = 3;
/// The first wait is up to this, in seconds; it doubles from one attempt to the next.
const FIRST_WAIT: f64 = 0.5;
/// Longest wait, in seconds.
const LONGEST_WAIT: f64 = 2.0;
/// A server that says it restarts isn't there before the waits have grown so often.
const AFTER_RESTART: i32 = 2;

/// One device's attempts.
#[derive(Debug)]
pub struct Retry {
    attempts: i32,
    random: Variety,
}

impl Retry {
    /// None made yet. Devices with different seeds wait differently.
    pub fn new(seed: u64) -> Self {
        Self { attempts: 0, random: Variety::new(seed) }
    }

    /// How long to wait before the next attempt: anything up to a limit that grows.
    pub fn wait(&mut self) -> Duration {
        let longest = (FIRST_WAIT * 2_f64.powi(self.attempts.min(10))).min(LONGEST_WAIT);
        self.attempts = self.attempts.saturating_add(1);
        Duration::from_secs_f64(longest * self.random.share())
    }

    /// The server said that it restarts.
    pub fn restarting(&mut self) {
        self.attempts = self.attempts.max(AFTER_RESTART);
    }

    /// It is in.
    pub fn joined(&mut self) {
        self.attempts = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_spread_over_their_whole_length_and_never_longer_than_two_seconds() {
        let mut retry = Retry::new(7);
        for longest in [0.5, 1.0, 2.0] {
            assert!(retry.wait().as_secs_f64() < longest);
        }
        let waits: Vec<f64> = (0..1_000).map(|_| retry.wait().as_secs_f64()).collect();
        assert!(waits.iter().all(|wait| (0.0..2.0).contains(wait)));
        assert!(waits.iter().any(|wait| *wait < 0.1) && waits.iter().any(|wait| *wait > 1.9));
        let mean = waits.iter().sum::<f64>() / 1_000.0;
        assert!((0.9..1.1).contains(&mean), "{mean}");
        retry.joined();
        assert!(retry.wait().as_secs_f64() < 0.5);
    }

    #[test]
    fn devices_wait_differently() {
        let first = |seed| Retry::new(seed).wait();
        assert_ne!(first(1), first(2));
    }
}
