//! Events about the pack.

use serde::{Deserialize, Serialize};

use super::checklist::Entry;
use super::results::{Results, ResultsNumber};
use super::state::{Absence, File, FileNumber, Opening};
use crate::Millis;
use crate::text::words::Remark;

/// A fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// A file was sent, alone or in another's place.
    Sent(Box<File>),
    /// A file was withdrawn.
    Withdrawn {
        /// Which.
        file: FileNumber,
        /// Why.
        reason: Remark,
        /// When, by the server's clock, ms since the epoch.
        at: Millis,
    },
    /// There is nothing of an entry.
    Absent(Box<Absence>),
    /// That was taken back.
    Expected {
        /// Of what.
        entry: Entry,
    },
    /// A person opened a file, for the first time.
    Opened(Opening),
    /// A file was counted as the results of a consultation, for the first time or anew.
    Counted(Box<Results>),
    /// Results are no longer shown.
    CountDropped {
        /// Which.
        results: ResultsNumber,
    },
}

impl Event {
    /// The event's name in the log.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Sent(_) => "pack_sent",
            Self::Withdrawn { .. } => "pack_withdrawn",
            Self::Absent(_) => "pack_absent",
            Self::Expected { .. } => "pack_expected",
            Self::Opened(_) => "pack_opened",
            Self::Counted(_) => "pack_counted",
            Self::CountDropped { .. } => "pack_count_dropped",
        }
    }
}
