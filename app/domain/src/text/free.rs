//! What people typed in the events of the log, apart from long texts: where a phrase to be redacted
//! may stand, too. Each area's `free.rs` names its texts, event by event.

use crate::Event;

/// What a text is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A contribution.
    Contribution,
    /// A reason: of an answer, or why a finding of the checks may pass.
    Reason,
    /// Why an actor has a reservation or disagrees.
    Stance,
    /// The short field of an item.
    Value,
    /// The organisation that somebody named at the door.
    Organisation,
    /// The exercise's card, and the sections of its plan's document.
    Exercise,
    /// A mesa's card.
    Mesa,
    /// An organisation with a seat.
    Actor,
    /// Whose a logo is.
    Logo,
    /// A privacy notice.
    Notice,
    /// The canonical text of a frozen version.
    Version,
    /// The name that somebody typed to sign with.
    Signature,
    /// What a file with a scan was called.
    Scan,
    /// What the facilitation called somebody who speaks.
    Speaker,
    /// What a file of the information pack was called.
    PackFile,
    /// A problem that its author wrote alone.
    Veiled,
    /// A private note of the facilitation.
    Note,
    /// A question, an option or an answer of a consultation.
    Consultation,
}

impl Part {
    /// Whether it stays as it is when a phrase in it is redacted elsewhere. Those who prepare an
    /// exercise set these up for everybody to read: by their names mesas and actors are found and
    /// sign, people accepted the very words of a notice, and they agree to those of a version.
    pub fn stays(self) -> bool {
        match self {
            Self::Contribution
            | Self::Reason
            | Self::Stance
            | Self::Value
            | Self::Organisation
            | Self::Scan
            | Self::Speaker
            | Self::PackFile
            | Self::Note
            | Self::Consultation
            | Self::Veiled => false,
            Self::Exercise
            | Self::Mesa
            | Self::Actor
            | Self::Logo
            | Self::Notice
            | Self::Version
            | Self::Signature => true,
        }
    }
}

/// A text of one of the checked types.
pub(crate) trait FreeText {
    /// What it says.
    fn said(&self) -> &str;

    /// Replaces some of its characters by [`FILLER`](crate::text::redact::FILLER), which is valid
    /// wherever they were.
    fn fill(&mut self, is_filled: &dyn Fn(usize) -> bool);
}

/// Texts of a version: they stay as they are.
macro_rules! kept {
    ($($name:ty),+) => {$(
        impl FreeText for $name {
            fn said(&self) -> &str {
                self
            }

            fn fill(&mut self, _: &dyn Fn(usize) -> bool) {}
        }
    )+};
}
kept!(std::sync::Arc<str>, String);

/// Visits a text.
pub(crate) type Visit<'a> = dyn FnMut(Part, &mut dyn FreeText) + 'a;

impl Event {
    /// Visits every text that somebody typed, except the insertions of patches.
    pub(crate) fn free_texts(&mut self, visit: &mut Visit<'_>) {
        match self {
            Self::Exercise(event) => event.free_texts(visit),
            Self::People(event) => event.free_texts(visit),
            Self::Conduct(_, event) => event.free_texts(visit),
            Self::Deliberation(event) => event.free_texts(visit),
            Self::Agreement(event) => event.free_texts(visit),
            Self::Floor(_, event) => event.free_texts(visit),
            // Nobody types anything to divide points.
            Self::Redacted { events: _ } | Self::Priority(..) => {}
            Self::Pack(event) => event.free_texts(visit),
            Self::Veil(_, event) => event.free_texts(visit),
        }
    }
}
