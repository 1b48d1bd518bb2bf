//! The server's own commands about the pack. It checked who gives them ([`may_send`](super::may_send)).

use super::checklist::Entry;
use super::results::{Counted, ResultsNumber};
use super::state::{By, FileKind, FileNumber};
use crate::text::words::Remark;
use crate::{Digest, Millis, ShortText};

/// The server's own command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerCommand {
    /// Add a file that was kept. The same bytes under the same entry change nothing.
    Send(Box<Receipt>),
    /// Withdraw a file.
    Withdraw {
        /// Which.
        file: FileNumber,
        /// Why.
        reason: Remark,
        /// When, by the server's clock, ms since the epoch.
        at: Millis,
    },
    /// Say that there is nothing of an entry; no reason: take that back.
    Declare {
        /// Of what.
        entry: Entry,
        /// Why.
        reason: Option<Remark>,
        /// When, by the server's clock, ms since the epoch.
        at: Millis,
        /// Who says it.
        by: By,
    },
    /// Note that a person opened a file.
    Open {
        /// Which.
        file: FileNumber,
        /// Who.
        by: By,
        /// When, by the server's clock, ms since the epoch.
        at: Millis,
    },
    /// Keep what was counted in a file that stands, in place of what was counted in it before.
    Count(Box<ToCount>),
    /// Show results no longer.
    DropCount {
        /// Which.
        results: ResultsNumber,
    },
}

/// Results, before they have a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToCount {
    /// The file.
    pub file: FileNumber,
    /// SHA-256 of the bytes that were counted.
    pub digest: Digest,
    /// When, by the server's clock, ms since the epoch.
    pub at: Millis,
    /// Who had them counted.
    pub by: By,
    /// What was counted.
    pub counted: Counted,
}

/// A file that came, before it has a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// What it answers.
    pub entry: Entry,
    /// Its name, as it was given.
    pub name: ShortText,
    /// What it is.
    pub kind: FileKind,
    /// How many bytes it has.
    pub size: u64,
    /// SHA-256 of them.
    pub digest: Digest,
    /// When all of it had come, by the server's clock, ms since the epoch.
    pub at: Millis,
    /// Who sent it.
    pub by: By,
    /// In whose place.
    pub replaces: Option<FileNumber>,
}
