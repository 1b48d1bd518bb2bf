//! When a device opens, gives up and retries its connection. Sans-IO: the caller reports what
//! happened and when, in ms of its own clock, and does what the answers say.

use domain::Millis;

/// How often the caller has to call [`Connection::look`], ms.
pub const LOOK_EVERY: Millis = 1_000;
/// An attempt that hasn't joined by then is given up, ms.
pub const ATTEMPT: Millis = 4_000;
/// Without a connection for this long the device counts as offline, ms.
const GRACE: Millis = 3_000;
/// Silence after which a connection counts as dead, ms; the server says something every ten
/// seconds.
const SILENCE: Millis = 25_000;
/// The same for a page that was asleep, ms.
const SILENCE_AFTER_SLEEP: Millis = 12_000;
/// An answer that takes longer is overdue, ms.
const OVERDUE: Millis = 3_000;
/// After this long an answer is given up and the connection reopened, ms.
const HOPELESS: Millis = 10_000;
/// The first wait is up to this, ms; it doubles with each attempt (exponential backoff).
const FIRST_WAIT: f64 = 500.0;
/// Longest wait before a retry while the page is visible, ms.
const LONGEST_WAIT: f64 = 2_000.0;
/// Longest wait while it is hidden, ms.
const LONGEST_WAIT_UNSEEN: f64 = 30_000.0;
/// After this many attempts by socket that never joined, one goes by event stream.
const SOCKETS_FIRST: u32 = 2;
/// How often a connection by event stream probes whether a socket opens, ms.
const PROBE: Millis = 120_000;
/// How often an event stream sends a sign of life, ms; a socket answers pings by itself.
const BEAT: Millis = 9_000;
/// Malformed frames in a row after which the program counts as too old for the server.
const FAULTS: u32 = 3;
/// The backoff after an announced restart starts as if it had doubled this often: the server isn't
/// back at once.
const AFTER_RESTART: u32 = 2;

/// What carries the frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carrier {
    /// A socket.
    Socket,
    /// Requests and an event stream, for networks that block sockets.
    Stream,
}

/// How a connection that is to be retried was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// It broke, or never opened.
    Broken,
    /// The server announced a restart: nobody should come back before it is up.
    Restarting,
}

/// Whether the server can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Not now: it was just lost, or is being tried for the first time.
    Connecting,
    /// Yes.
    Connected,
    /// Not for a while now.
    Offline,
}

/// What the caller has to do now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// The attempt takes too long: call [`Connection::lost`].
    pub give_up: bool,
    /// The connection is dead: call [`Connection::open`] for another one.
    pub reopen: bool,
    /// Probe whether a socket opens; if it does, call [`Connection::open`].
    pub probe: bool,
    /// Send a sign of life.
    pub beat: bool,
}

/// The timing of a device's connection: timeouts, retries and backoff.
#[derive(Clone, Debug)]
pub struct Connection {
    carrier: Option<Carrier>,
    joined: bool,
    ended: bool,
    /// How often the backoff has doubled.
    attempts: u32,
    /// Attempts in a row that never joined.
    unopened: u32,
    faults: u32,
    attempted_at: Millis,
    probed_at: Millis,
    heard_at: Millis,
    beaten_at: Millis,
    lost_at: Millis,
    /// Since when the oldest unanswered command waits.
    waiting_since: Option<Millis>,
}

impl Connection {
    /// A connection that isn't open yet.
    pub fn new(now: Millis) -> Self {
        Self {
            carrier: None,
            joined: false,
            ended: false,
            attempts: 0,
            unopened: 0,
            faults: 0,
            attempted_at: now,
            probed_at: now,
            heard_at: now,
            beaten_at: now,
            lost_at: now,
            waiting_since: None,
        }
    }

    /// Opens another connection in place of the present one; none when retries have ended.
    pub fn open(&mut self, now: Millis) -> Option<Carrier> {
        self.close(now);
        if self.ended {
            return None;
        }
        let carrier = if self.unopened % (SOCKETS_FIRST + 1) == SOCKETS_FIRST {
            Carrier::Stream
        } else {
            Carrier::Socket
        };
        // Counted as a failure until it joins.
        self.unopened += 1;
        self.carrier = Some(carrier);
        self.attempted_at = now;
        if carrier == Carrier::Stream {
            self.probed_at = now;
        }
        Some(carrier)
    }

    /// The present connection was dropped.
    pub fn close(&mut self, now: Millis) {
        self.carrier = None;
        self.waiting_since = None;
        if std::mem::take(&mut self.joined) {
            self.lost_at = now;
        }
    }

    /// The connection was lost. Returns how long to wait before the next attempt, ms: a random
    /// `share` (0 to 1) of a limit that grows with each attempt, so that a room full of devices
    /// doesn't return at the same instant; none when retries have ended.
    pub fn lost(&mut self, now: Millis, how: Lost, is_seen: bool, share: f64) -> Option<Millis> {
        self.close(now);
        if self.ended {
            return None;
        }
        if how == Lost::Restarting {
            self.attempts = self.attempts.max(AFTER_RESTART);
        }
        let longest = if is_seen { LONGEST_WAIT } else { LONGEST_WAIT_UNSEEN };
        let limit = (FIRST_WAIT * f64::from(1_u32 << self.attempts.min(10))).min(longest);
        self.attempts = self.attempts.saturating_add(1);
        #[expect(clippy::cast_possible_truncation, reason = "half a minute at most")]
        let wait = (limit * share.clamp(0.0, 1.0)) as Millis;
        Some(wait)
    }

    /// A frame was malformed. Returns whether the program is too old for the server; retries end
    /// then.
    pub fn faulty(&mut self, now: Millis) -> bool {
        self.close(now);
        self.faults += 1;
        self.ended |= self.faults >= FAULTS;
        self.ended
    }

    /// Ends all retries.
    pub fn end(&mut self, now: Millis) {
        self.close(now);
        self.ended = true;
    }

    /// The server sent something.
    pub fn heard(&mut self, now: Millis) {
        self.heard_at = now;
    }

    /// The connection has joined: everything that was missed is in.
    pub fn joined(&mut self) {
        (self.attempts, self.unopened, self.faults) = (0, 0, 0);
        self.waiting_since = None;
        self.joined = true;
    }

    /// The server answered a command.
    pub fn answered(&mut self) {
        self.waiting_since = None;
    }

    /// The network or the person is back. Returns whether to open another connection at once.
    pub fn wake(&self, now: Millis) -> bool {
        let busy = self.carrier.is_some()
            && if self.joined {
                now - self.heard_at < SILENCE_AFTER_SLEEP
            } else {
                now - self.attempted_at < ATTEMPT / 2
            };
        !busy
    }

    /// What is due by now. `waits`: some command has no answer yet; `speaks`: the server has to
    /// hear signs of life.
    pub fn look(&mut self, now: Millis, waits: bool, speaks: bool) -> Due {
        if !self.joined {
            return Due {
                give_up: self.carrier.is_some() && now - self.attempted_at > ATTEMPT,
                ..Due::default()
            };
        }
        self.waiting_since = waits.then(|| self.waiting_since.unwrap_or(now));
        if now - self.heard_at > SILENCE || self.overdue(now) > HOPELESS {
            return Due { reopen: true, ..Due::default() };
        }
        let by_stream = self.carrier == Some(Carrier::Stream);
        let probe = by_stream && now - self.probed_at > PROBE;
        let beat = by_stream && speaks && now - self.beaten_at > BEAT;
        if probe {
            self.probed_at = now;
        }
        if beat {
            self.beaten_at = now;
        }
        Due { probe, beat, ..Due::default() }
    }

    fn overdue(&self, now: Millis) -> Millis {
        self.waiting_since.map_or(0, |since| now - since)
    }

    /// Whether the server can be reached.
    pub fn status(&self, now: Millis) -> Status {
        match self.joined {
            true => Status::Connected,
            false if now - self.lost_at >= GRACE => Status::Offline,
            false => Status::Connecting,
        }
    }

    /// Whether it is connected and yet an answer is overdue.
    pub fn is_stalled(&self, now: Millis) -> bool {
        self.joined && self.overdue(now) > OVERDUE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: Due = Due { give_up: false, reopen: false, probe: false, beat: false };

    fn joined(carrier_attempts: u32) -> Connection {
        let mut connection = Connection::new(0);
        for _ in 0..carrier_attempts {
            connection.open(0).expect("it has not ended");
        }
        connection.joined();
        connection.heard(0);
        connection
    }

    #[test]
    fn waits_are_any_share_of_a_limit_that_doubles_up_to_two_seconds_and_thirty_unseen() {
        let mut connection = Connection::new(0);
        let waits = |connection: &mut Connection, seen, share| -> Vec<_> {
            (0..8).filter_map(|_| connection.lost(0, Lost::Broken, seen, share)).collect()
        };
        assert_eq!(
            waits(&mut connection, true, 1.0),
            [500, 1_000, 2_000, 2_000, 2_000, 2_000, 2_000, 2_000]
        );
        assert_eq!(connection.lost(0, Lost::Broken, true, 0.0), Some(0));
        connection.joined();
        assert_eq!(
            waits(&mut connection, false, 1.0),
            [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]
        );
        connection.joined();
        assert_eq!(
            connection.lost(0, Lost::Restarting, true, 0.5),
            Some(1_000),
            "not before the server is there again"
        );
    }

    #[test]
    fn every_third_attempt_that_does_not_join_goes_by_event_stream() {
        let mut connection = Connection::new(0);
        let carriers: Vec<_> = (0..6).filter_map(|_| connection.open(0)).collect();
        use Carrier::{Socket, Stream};
        assert_eq!(carriers, [Socket, Socket, Stream, Socket, Socket, Stream]);
        connection.joined();
        assert_eq!(connection.open(0), Some(Socket));
    }

    #[test]
    fn an_attempt_is_given_up_after_four_seconds_and_one_is_offline_after_three() {
        let mut connection = Connection::new(0);
        connection.open(0);
        assert_eq!(connection.look(4_000, true, true), NOTHING);
        assert_eq!(connection.status(2_999), Status::Connecting);
        assert_eq!(connection.status(3_000), Status::Offline);
        assert!(connection.look(4_001, false, true).give_up);
        connection.open(5_000);
        connection.joined();
        assert_eq!(connection.status(5_000), Status::Connected);
        connection.lost(9_000, Lost::Broken, true, 0.5);
        assert_eq!(
            (connection.status(11_999), connection.status(12_000)),
            (Status::Connecting, Status::Offline)
        );
    }

    #[test]
    fn silence_and_an_answer_that_does_not_come_open_another_one() {
        let mut connection = joined(1);
        assert_eq!(connection.look(25_000, false, true), NOTHING);
        assert!(connection.look(25_001, false, true).reopen);
        connection.heard(25_000);
        assert_eq!(connection.look(26_000, true, true), NOTHING);
        assert!(!connection.is_stalled(29_000) && connection.is_stalled(29_001));
        connection.answered();
        assert!(!connection.is_stalled(29_001));
        assert_eq!(connection.look(30_000, true, true), NOTHING);
        assert!(!connection.look(40_000, true, true).reopen);
        assert!(connection.look(40_001, true, true).reopen);
    }

    #[test]
    fn by_event_stream_one_says_that_one_is_there_and_looks_for_a_socket_now_and_then() {
        let mut connection = joined(3);
        let due: Vec<_> = (1..=13)
            .map(|round| {
                connection.heard(round * 10_000);
                connection.look(round * 10_000, false, true)
            })
            .collect();
        assert!(due.iter().all(|due| due.beat && !due.reopen));
        assert_eq!(
            due.iter().map(|due| due.probe).collect::<Vec<_>>(),
            [vec![false; 12], vec![true]].concat()
        );
        assert_eq!(connection.look(140_000, false, false), NOTHING, "who only reads says nothing");
        let mut by_socket = joined(1);
        by_socket.heard(130_000);
        assert_eq!(by_socket.look(130_000, false, true), NOTHING);
    }

    #[test]
    fn three_frames_that_make_no_sense_end_it() {
        let mut connection = joined(1);
        assert!(!connection.faulty(0) && !connection.faulty(0));
        connection.joined();
        assert!(!connection.faulty(0) && !connection.faulty(0) && connection.faulty(0));
        assert_eq!((connection.open(0), connection.lost(0, Lost::Broken, true, 0.5)), (None, None));
    }

    #[test]
    fn who_comes_back_waits_only_for_what_is_alive() {
        let mut connection = joined(1);
        assert!(!connection.wake(11_999) && connection.wake(12_000));
        connection.open(20_000);
        assert!(!connection.wake(21_999) && connection.wake(22_000));
        connection.close(23_000);
        assert!(connection.wake(23_000));
    }
}
