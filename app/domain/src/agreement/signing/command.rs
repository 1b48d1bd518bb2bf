//! Commands about signing.

use serde::{Deserialize, Serialize};

use super::scan::ScanCommand;
use super::state::{Hand, Noted};
use crate::agreement::VersionNumber;
use crate::agreement::stance::Reason;
use crate::text::words::{Remark, ShortText};
use crate::{ActorNumber, Digest, Millis};

/// A person's command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Command {
    /// Sign for one's actor.
    Sign {
        /// The version.
        version: VersionNumber,
        /// The pages that were seen and consented to.
        pages: u16,
        /// With what.
        hand: Hand,
    },
    /// Consent again, because the document has another number of pages than when one signed.
    Consent {
        /// The version.
        version: VersionNumber,
        /// The pages that were seen and consented to.
        pages: u16,
    },
    /// Refuse to sign for one's actor.
    Decline {
        /// The version.
        version: VersionNumber,
        /// Why.
        reason: Reason,
    },
    /// Note what became of an actor's slot.
    Note {
        /// The actor.
        actor: ActorNumber,
        /// What; none: what was noted was a mistake.
        noted: Option<Noted>,
    },
    /// Name who is there as a witness when an actor types its name, is helped, gives its fingerprint or
    /// signs on paper.
    Witness {
        /// The actor.
        actor: ActorNumber,
        /// Who; none: nobody.
        name: Option<ShortText>,
    },
    /// Close what is still open: those actors count as absent.
    Close {
        /// Why.
        reason: Remark,
    },
}

/// The server's own command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerCommand {
    /// Say how many pages the document has as it stands.
    SetPages {
        /// The version.
        version: VersionNumber,
        /// How many changes the document shows: if one was made since, it isn't the present one.
        changes: u32,
        /// How many.
        pages: u16,
        /// SHA-256 of what it says besides the slots.
        base: Digest,
    },
    /// End the signing with the sealed document.
    Seal {
        /// The version.
        version: VersionNumber,
        /// How many changes the document shows: if one was made since, it isn't the last document.
        changes: u32,
        /// SHA-256 of the sealed document.
        document: Digest,
        /// Its pages.
        pages: u16,
        /// When, by the server's clock.
        at: Millis,
    },
    /// Keep what was signed on paper: whether who asks may is told by their session.
    Scan {
        /// The version.
        version: VersionNumber,
        /// What.
        command: ScanCommand,
    },
}
