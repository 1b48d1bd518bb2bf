//! A signing: state folded from its events.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::drawing::Drawing;
use super::scan::Scan;
use crate::agreement::VersionNumber;
use crate::agreement::stance::Reason;
use crate::exercise::SeatKind;
use crate::text::words::{Remark, ShortText};
use crate::{ActorNumber, Digest, Millis, PersonId};

/// The signing of one version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// The version.
    pub version: VersionNumber,
    /// When it was opened, by the server's clock.
    pub opened: Millis,
    /// The slots, by the numbers of the actors: who signs is fixed when it is opened.
    pub slots: BTreeMap<ActorNumber, Slot>,
    /// How many pages the document has as it is going to be sealed; none: it isn't set yet.
    pub pages: Option<u16>,
    /// SHA-256 of what that document says besides the slots, as it was when it was first set: people
    /// who come later don't change what others have signed.
    pub base: Option<Digest>,
    /// Why what was still open was closed by the facilitation, and when.
    pub closed: Option<(Remark, Millis)>,
    /// How often anything about it changed: a document shows it as it was after so many changes.
    pub changes: u32,
    /// The seal; none: it goes on.
    pub seal: Option<Seal>,
    /// Scans of the copy that was signed on paper, in the order in which they were attached.
    pub scans: Vec<Scan>,
}

/// An actor's place for its signature.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// What became of it; none: it is open.
    pub mark: Option<Mark>,
    /// Who is there as a witness, where one is asked for; devices of the public don't get the name. Named
    /// before the mark is made, because a seal may follow that at once.
    pub witness: Option<ShortText>,
}

/// What became of a slot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mark {
    /// *Firmó* in the application.
    Signed {
        /// With what.
        hand: Hand,
        /// In what capacity.
        capacity: SeatKind,
        /// Who; the public doesn't get it.
        person: Option<PersonId>,
        /// Whether a helper's device was used.
        assisted: bool,
        /// To how many pages they consented: if the document has another number since, they are
        /// asked again.
        pages: u16,
        /// When, by the server's clock.
        at: Millis,
    },
    /// *Se negó*, in the application.
    Declined {
        /// Why.
        reason: Reason,
        /// In what capacity.
        capacity: SeatKind,
        /// Who; the public doesn't get it.
        person: Option<PersonId>,
        /// Whether a helper's device was used.
        assisted: bool,
        /// When, by the server's clock.
        at: Millis,
    },
    /// What the facilitation noted.
    Noted {
        /// What.
        noted: Noted,
        /// When, by the server's clock.
        at: Millis,
    },
}

/// With what somebody signs in the application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Hand {
    /// They drew.
    Drawn {
        /// *Rúbrica*, for the margin of every page; devices don't get it.
        initials: Option<Arc<Drawing>>,
        /// *Firma al calce*; devices don't get it.
        signature: Option<Arc<Drawing>>,
    },
    /// They typed their name.
    Typed(ShortText),
}

/// What the facilitation notes of a slot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Noted {
    /// *Huella* on the printed copy.
    Fingerprint,
    /// *Se negó*; why.
    Refused(Reason),
    /// *Ausente*.
    Absent,
    /// *En papel*.
    Paper,
}

/// Who is behind a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The actor itself, perhaps with a helper's device.
    Actor,
    /// The facilitation.
    Facilitation,
}

/// The end of a signing: the plan is *firmado*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// SHA-256 of the sealed document.
    pub document: Digest,
    /// Its pages.
    pub pages: u16,
    /// When, by the server's clock.
    pub at: Millis,
}

impl Mark {
    /// Who is behind it.
    pub fn by(&self) -> By {
        match self {
            Self::Signed { .. } | Self::Declined { .. } => By::Actor,
            Self::Noted { .. } => By::Facilitation,
        }
    }

    /// The person who signed or declined, where they are known.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Signed { person, .. } | Self::Declined { person, .. } => *person,
            Self::Noted { .. } => None,
        }
    }

    /// When it was made, by the server's clock.
    pub fn at(&self) -> Millis {
        match self {
            Self::Signed { at, .. } | Self::Declined { at, .. } | Self::Noted { at, .. } => *at,
        }
    }

    /// Whether the actor signed, in whatever way.
    pub fn is_signature(&self) -> bool {
        match self {
            Self::Signed { .. } | Self::Noted { noted: Noted::Fingerprint | Noted::Paper, .. } => {
                true
            }
            Self::Declined { .. } | Self::Noted { .. } => false,
        }
    }
}

impl Slot {
    /// The witness of what became of it, where there can be one: it was signed on paper, with somebody's
    /// help, or by a name that anybody can type.
    pub fn witnessed(&self) -> Option<&ShortText> {
        let takes = match self.mark.as_ref()? {
            Mark::Signed { hand, assisted, .. } => *assisted || matches!(hand, Hand::Typed(_)),
            Mark::Noted { noted: Noted::Fingerprint | Noted::Paper, .. } => true,
            Mark::Declined { .. } | Mark::Noted { .. } => false,
        };
        self.witness.as_ref().filter(|_| takes)
    }
}

impl Round {
    /// What became of an actor's slot; none: it is open, or the actor has none.
    pub fn mark(&self, actor: ActorNumber) -> Option<&Mark> {
        self.slots.get(&actor)?.mark.as_ref()
    }

    /// Whether an actor consented to another number of pages than the document has now.
    pub fn must_consent_again(&self, actor: ActorNumber) -> bool {
        matches!(self.mark(actor), Some(Mark::Signed { pages, .. }) if Some(*pages) != self.pages)
    }

    /// Whether an actor signed, in whatever way, the document as it is now.
    pub fn has_signed(&self, actor: ActorNumber) -> bool {
        self.mark(actor).is_some_and(Mark::is_signature) && !self.must_consent_again(actor)
    }

    /// The actors whose slots are open, or who are to consent again, in order of their numbers.
    pub fn open(&self) -> impl Iterator<Item = ActorNumber> + '_ {
        let actors = self.slots.keys().copied();
        actors.filter(|actor| self.mark(*actor).is_none() || self.must_consent_again(*actor))
    }

    /// How many slots have a signature, in whatever way.
    pub fn signatures(&self) -> usize {
        let marks = self.slots.values().filter_map(|slot| slot.mark.as_ref());
        marks.filter(|mark| mark.is_signature()).count()
    }

    /// Whether nothing is open and it can be sealed.
    pub fn is_complete(&self) -> bool {
        self.pages.is_some() && self.open().next().is_none()
    }

    /// Whether marks can still be made.
    pub fn is_open(&self) -> bool {
        self.seal.is_none() && self.closed.is_none()
    }
}
