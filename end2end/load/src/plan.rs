//! How a crowd behaves.

use std::time::Duration;

use tokio::time::Instant;

use crate::arguments::Arguments;

/// How editors write.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pace {
    /// So many times a second, whatever happens.
    Even(f64),
    /// As soon as the last edit is answered: not for measuring, but for a long history in a short
    /// time.
    Answered,
}

/// Whom an outage reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outage {
    /// Everybody.
    Everybody,
    /// Only who writes.
    Editors,
}

/// How a crowd behaves.
#[derive(Clone, Debug)]
pub struct Plan {
    /// How many write.
    pub editors: usize,
    /// How many follow the public page.
    pub followers: usize,
    /// How many write in the same text.
    pub per_text: usize,
    /// The number of the first editor: no two crowds of a run share any.
    pub first: usize,
    /// How editors write.
    pub pace: Pace,
    /// How often each of them writes at most.
    pub most: u32,
    /// Whether devices come back when their connection breaks.
    pub reconnects: bool,
    /// Whether a connection may break without that being a failure.
    pub may_break: bool,
    /// Over what time they come in; none: as fast as the door lets them.
    pub arriving: Option<Duration>,
    /// What each phone loads before it opens its socket.
    pub pages: Vec<String>,
    /// Whom an outage reaches.
    pub outage: Outage,
}

impl Plan {
    /// What the command line says, without outages.
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

    /// The same with devices that come back.
    pub fn coming_back(self) -> Self {
        Self { reconnects: true, may_break: true, ..self }
    }

    /// How many there are.
    pub fn people(&self) -> usize {
        self.editors + self.followers
    }

    /// When one of them comes.
    pub fn arrives(&self, number: usize, began: Instant) -> Instant {
        let share = (number as f64 + 1.0) / self.people().max(1) as f64;
        self.arriving.map_or(began, |over| began + over.mul_f64(share))
    }

    /// Whether a device reaches the server, when there is a network or none.
    pub fn reaches(&self, is_editor: bool, network: bool) -> bool {
        network || (self.outage == Outage::Editors && !is_editor)
    }
}
