//! Events about signing.

use serde::{Deserialize, Serialize};

use super::scan::Scan;
use super::state::{Mark, Seal};
use crate::agreement::VersionNumber;
use crate::text::words::{Remark, ShortText};
use crate::{ActorNumber, Digest, Millis};

/// A fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// A version can be signed.
    Opened {
        /// Which.
        version: VersionNumber,
        /// By which actors.
        actors: Vec<ActorNumber>,
        /// When, by the server's clock.
        at: Millis,
    },
    /// The document has so many pages as it stands.
    PagesSet {
        /// How many.
        pages: u16,
        /// SHA-256 of what it says besides the slots.
        base: Digest,
    },
    /// A slot was marked.
    Marked {
        /// Of which actor.
        actor: ActorNumber,
        /// What became of it.
        mark: Mark,
    },
    /// An actor consented again.
    Consented {
        /// Which.
        actor: ActorNumber,
        /// To how many pages.
        pages: u16,
        /// When, by the server's clock.
        at: Millis,
    },
    /// Somebody was named as the witness of a slot.
    WitnessNamed {
        /// Of which actor.
        actor: ActorNumber,
        /// Who; none: nobody.
        name: Option<ShortText>,
    },
    /// What had been noted of a slot was a mistake.
    MarkTaken {
        /// Of which actor.
        actor: ActorNumber,
    },
    /// The facilitation closed what was still open.
    Closed {
        /// Why.
        reason: Remark,
        /// When, by the server's clock.
        at: Millis,
    },
    /// The plan is *firmado*.
    Sealed {
        /// The seal.
        seal: Seal,
    },
    /// A scan of the copy that was signed on paper was attached.
    ScanAttached {
        /// Of which version.
        version: VersionNumber,
        /// The scan.
        scan: Scan,
    },
    /// It was declared which pages of a scan bear initials.
    InitialsDeclared {
        /// Of which version.
        version: VersionNumber,
        /// Which file.
        file: Digest,
        /// Its pages, from one, in order.
        initialled: Vec<u16>,
    },
    /// A scan was taken away.
    ScanDetached {
        /// Of which version.
        version: VersionNumber,
        /// Which file.
        file: Digest,
    },
}

impl Event {
    /// Notes that a helper entered it on somebody's behalf: the person of the mark isn't theirs.
    pub(crate) fn set_assisted(&mut self) {
        if let Self::Marked {
            mark: Mark::Signed { assisted, person, .. } | Mark::Declined { assisted, person, .. },
            ..
        } = self
        {
            (*assisted, *person) = (true, None);
        }
    }

    /// The event's name in the log.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "signing_opened",
            Self::PagesSet { .. } => "signing_pages_set",
            Self::Marked { .. } => "signature_marked",
            Self::Consented { .. } => "signature_consented",
            Self::WitnessNamed { .. } => "witness_named",
            Self::MarkTaken { .. } => "signature_mark_taken",
            Self::Closed { .. } => "signing_closed",
            Self::Sealed { .. } => "plan_sealed",
            Self::ScanAttached { .. } => "scan_attached",
            Self::InitialsDeclared { .. } => "initials_declared",
            Self::ScanDetached { .. } => "scan_detached",
        }
    }
}
