//! How a crowd behaves.

use std::time::Duration;

use tokio::time::Instant;

use crate::arguments::Arguments;

/// How editors write.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pace {
    /// At this rate per second, whatever happens.
    Even(f64),
    /// As soon as the last edit is answered: not for measuring, but for a long history in a short
    /// time.
    Answered,
}

/// Whom an outage affects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outage {
    /// Everybody.
    Everybody,
    /// Only editors.
    Editors,
}

/// How a crowd behaves.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Number of editors.
    pub editors: usize,
    /// Number of followers of the public page.
    pub followers: usize,
    /// Editors per text.
    pub per_text: usize,
    /// The number of the first editor: no two crowds of a run share any.
    pub first: usize,
    /// How editors write.
    pub pace: Pace,
    /// Most edits of each.
    pub most: u32,
    /// Whether devices reconnect when their connection breaks.
    pub reconnects: bool,
    /// Whether a broken connection is no failure.
    pub may_break: bool,
    /// The time over which they join; none: as fast as the limit on joins allows.
    pub arriving: Option<Duration>,
    /// What each phone loads before it opens its socket.
    pub pages: Vec<String>,
    /// Whom an outage affects.
    pub outage: Outage,
}

impl Plan {
    /// The plan of the command line, without outages.
    pub fn new(arguments: &Arguments) -> Self {
        Self {
            editors: arguments.editors,
            followers: arguments.followers,
            per_text: 10,
            first: 0,
            pace: Pace::Even(arguments.rate),
            most: u32::MAX,
            reconnects: false,
            may_break: false,
            arriving: None,
            pages: Vec::new(),
            outage: Outage::Everybody,
        }
    }

    /// The same with devices that reconnect.
    pub fn coming_back(self) -> Self {
        Self { reconnects: true, may_break: true, ..self }
    }

    /// The number of devices.
    pub fn people(&self) -> usize {
        self.editors + self.followers
    }

    /// When a device arrives.
    pub fn arrives(&self, number: usize, began: Instant) -> Instant {
        let share = (number as f64 + 1.0) / self.people().max(1) as f64;
        self.arriving.map_or(began, |over| began + over.mul_f64(share))
    }

    /// Whether a device reaches the server, given whether the network is up.
    pub fn reaches(&self, is_editor: bool, network: bool) -> bool {
        network || (self.outage == Outage::Editors && !is_editor)
    }
}
