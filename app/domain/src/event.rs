//! What happened: the facts that the log keeps for ever, each in its area. A new meaning gets a new
//! name or a new version, never a changed one.

use serde::{Deserialize, Serialize};

use crate::deliberation::choice::ItemKind;
use crate::deliberation::field::Assignment;
use crate::{Digest, ItemId, MesaNumber, Seq, conduct, deliberation, exercise, people};

/// An event of this stream whose payload was replaced by filler.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redaction {
    /// Its place.
    pub seq: Seq,
    /// Digest of what stands there now, in the place of the content that the chain was made over.
    pub content: Digest,
}

/// Version of the events written now. From the first release on, older ones are upcast when read.
pub const EVENT_VERSION: u16 = 1;

/// A fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// Of the exercise and its mesas as such.
    Exercise(exercise::Event),
    /// Who was let in, came and left.
    People(people::Event),
    /// How a mesa is led.
    Conduct(MesaNumber, conduct::Event),
    /// What is written, chosen and said.
    Deliberation(deliberation::Event),
    /// Something was taken out of the record for good.
    Redacted {
        /// Out of which events.
        events: Vec<Redaction>,
    },
}

impl Event {
    /// Name under which the log keeps it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Exercise(event) => event.name(),
            Self::People(event) => event.name(),
            Self::Conduct(_, event) => event.name(),
            Self::Deliberation(event) => event.name(),
            Self::Redacted { .. } => "redacted",
        }
    }

    /// Visits every item that it names and that was there before it.
    ///
    /// # Errors
    /// What `visit` gives.
    pub fn try_visit<E>(
        &mut self,
        visit: &mut impl FnMut(&mut ItemId) -> Result<(), E>,
    ) -> Result<(), E> {
        match self {
            Self::Conduct(_, event) => event.try_visit(visit),
            Self::Deliberation(event) => event.try_visit(visit),
            Self::Exercise(_) | Self::People(_) | Self::Redacted { .. } => Ok(()),
        }
    }

    /// Whether it may change how a mesa stands, or what the mesas have of the exercise.
    pub(crate) fn concerns_all(&self) -> bool {
        match self {
            Self::Exercise(event) => !matches!(
                event,
                exercise::Event::NoticePublished(_) | exercise::Event::LogoSet { .. }
            ),
            Self::Conduct(_, event) => matches!(event, conduct::Event::PhaseChanged { .. }),
            Self::Deliberation(event) => match event {
                deliberation::Event::ItemAdded { kind, .. } => *kind == ItemKind::Commitment,
                deliberation::Event::Assigned { value, .. } => {
                    matches!(value, Assignment::Category(_))
                }
                // Perhaps of a commitment.
                deliberation::Event::ItemRemoved { .. }
                | deliberation::Event::ItemRestored { .. } => true,
                deliberation::Event::ItemMoved { .. }
                | deliberation::Event::TextPatched { .. }
                | deliberation::Event::Contributed { .. }
                | deliberation::Event::HiddenSet { .. } => false,
            },
            Self::People(_) | Self::Redacted { .. } => false,
        }
    }
}
