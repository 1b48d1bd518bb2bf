//! A device's estimate of the server's clock: the last time that the server said, and what has
//! passed since by the device's own clock, whatever that says.

use domain::Millis;

/// An estimate that is off by less than this stays, ms.
const ASTRAY: Millis = 1_000;

/// The estimate. Each call is told what the device's clock says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ServerClock {
    server: Millis,
    device: Millis,
    /// How far the last heartbeat was from the estimate, if that was far.
    strayed: Option<Millis>,
}

impl ServerClock {
    /// At the beginning, before the server said anything.
    pub const UNKNOWN: Self = Self { server: 0, device: 0, strayed: None };

    /// The server said the time just now.
    pub fn set(&mut self, server: Millis, device: Millis) {
        *self = Self { server, device, strayed: None };
    }

    /// The estimated time.
    pub fn now(&self, device: Millis) -> Millis {
        self.server.saturating_add(device.saturating_sub(self.device).max(0))
    }

    /// The server's clock was set, by so many ms.
    pub fn shift(&mut self, by: Millis) {
        self.server = self.server.saturating_add(by);
    }

    /// A heartbeat, which may have been on its way for a while: only what two in a row say
    /// differently counts, for the device's clock may have been set, or the server's.
    pub fn hear(&mut self, server: Millis, device: Millis) {
        let off = server.saturating_sub(self.now(device));
        if off.abs() < ASTRAY {
            self.strayed = None;
            return;
        }
        match self.strayed.filter(|before| before.signum() == off.signum()) {
            // The one that was on its way for less time.
            Some(before) => {
                let now = self.now(device).saturating_add(off.max(before));
                self.set(now, device);
            }
            None => self.strayed = Some(off),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Millis = 3_600_000;
    const BEAT: Millis = 10_000;

    /// A device whose own clock is five hours ahead, and joined when the server's said 0.
    fn joined() -> ServerClock {
        let mut clock = ServerClock::UNKNOWN;
        clock.set(0, 5 * HOUR);
        clock
    }

    #[test]
    fn a_device_s_own_clock_may_say_what_it_likes() {
        assert_eq!(joined().now(5 * HOUR + 7_000), 7_000);
        assert_eq!(joined().now(4 * HOUR), 0, "set back, it waits for the next heartbeat");
    }

    #[test]
    fn a_heartbeat_that_was_long_on_its_way_moves_nothing() {
        let mut clock = joined();
        for (beat, delay) in (1..).zip([100, 6_000, 90, 800, 4_000, 120]) {
            clock.hear(beat * BEAT, 5 * HOUR + beat * BEAT + delay);
            assert_eq!(clock.now(5 * HOUR + beat * BEAT + delay), beat * BEAT + delay);
        }
    }

    #[test]
    fn a_device_s_clock_that_is_set_is_right_again_after_two_heartbeats() {
        for set in [-2 * HOUR, HOUR] {
            let mut clock = joined();
            let device = |at: Millis| 5 * HOUR + set + at;
            for (beat, delay) in [(1, 300), (2, 2_500), (3, 100), (4, 100)] {
                clock.hear(beat * BEAT, device(beat * BEAT + delay));
            }
            let off = clock.now(device(5 * BEAT)) - 5 * BEAT;
            assert!(off.abs() <= 1_000, "{set}: {off} ms off");
        }
    }

    #[test]
    fn what_is_left_stays_when_the_server_s_clock_is_set_and_told() {
        let mut clock = joined();
        let before = clock.now(5 * HOUR + BEAT);
        clock.shift(HOUR);
        assert_eq!(clock.now(5 * HOUR + BEAT), before + HOUR);
        clock.hear(HOUR + 2 * BEAT, 5 * HOUR + 2 * BEAT);
        assert_eq!(clock.now(5 * HOUR + 2 * BEAT), HOUR + 2 * BEAT, "the heartbeat says the same");
    }
}
