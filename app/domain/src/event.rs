//! Events: the facts that the log keeps for ever, by area. A new meaning gets a new name or a new
//! version; the meaning of an existing one never changes.

use serde::{Deserialize, Serialize};

use crate::deliberation::choice::ItemKind;
use crate::deliberation::field::Assignment;
use crate::{
    Digest, ItemId, MesaNumber, Seq, agreement, conduct, deliberation, exercise, floor, pack,
    people, priority, veil,
};

/// An event of this stream whose payload was redacted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redaction {
    /// Its seq.
    pub seq: Seq,
    /// Digest of the new payload, in place of the one that the chain covers.
    pub content: Digest,
}

/// Version of the events that are written now. After the first release older ones are upcast when
/// read.
pub const EVENT_VERSION: u16 = 1;

/// A fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// About the exercise and its mesas.
    Exercise(exercise::Event),
    /// About who was let in, came and left.
    People(people::Event),
    /// About leading a mesa.
    Conduct(MesaNumber, conduct::Event),
    /// About items and contributions.
    Deliberation(deliberation::Event),
    /// About the frozen plan, and who agrees to it.
    Agreement(agreement::Event),
    /// Something was redacted from the record for good.
    Redacted {
        /// The redacted events.
        events: Vec<Redaction>,
    },
    /// About who speaks at a mesa.
    Floor(MesaNumber, floor::Event),
    /// About the information pack.
    Pack(pack::Event),
    /// About which problems of a mesa come first.
    Priority(MesaNumber, priority::Event),
    /// About problems that each writes alone.
    Veil(MesaNumber, veil::Event),
}

impl Event {
    /// The event's name in the log.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Exercise(event) => event.name(),
            Self::People(event) => event.name(),
            Self::Conduct(_, event) => event.name(),
            Self::Deliberation(event) => event.name(),
            Self::Agreement(event) => event.name(),
            Self::Redacted { .. } => "redacted",
            Self::Floor(_, event) => event.name(),
            Self::Pack(event) => event.name(),
            Self::Priority(_, event) => event.name(),
            Self::Veil(_, event) => event.name(),
        }
    }

    /// Visits every item that it names and that existed before it.
    ///
    ///
    /// # Errors
    /// Whatever `visit` returns.
    pub fn try_visit<E>(
        &mut self,
        visit: &mut impl FnMut(&mut ItemId) -> Result<(), E>,
    ) -> Result<(), E> {
        match self {
            Self::Conduct(_, event) => event.try_visit(visit),
            Self::Deliberation(event) => event.try_visit(visit),
            Self::Agreement(event) => event.try_visit(visit),
            Self::Floor(_, event) => event.try_visit(visit),
            Self::Priority(_, event) => event.try_visit(visit),
            Self::Exercise(_)
            | Self::People(_)
            | Self::Redacted { .. }
            | Self::Pack(_)
            | Self::Veil(..) => Ok(()),
        }
    }

    /// Whether it may change a mesa's standing, or what the mesas share of the exercise.
    pub(crate) fn concerns_all(&self) -> bool {
        match self {
            Self::Exercise(event) => !matches!(
                event,
                exercise::Event::NoticePublished(_)
                    | exercise::Event::LogoSet { .. }
                    | exercise::Event::SectionsWritten(_)
            ),
            Self::Conduct(_, event) => matches!(event, conduct::Event::PhaseChanged { .. }),
            Self::Deliberation(event) => match event {
                deliberation::Event::ItemAdded { kind, .. } => *kind == ItemKind::Commitment,
                deliberation::Event::Assigned { value, .. } => {
                    matches!(value, Assignment::Category(_))
                }
                // The item may be a commitment.
                deliberation::Event::ItemRemoved { .. }
                | deliberation::Event::ItemRestored { .. } => true,
                deliberation::Event::ItemMoved { .. }
                | deliberation::Event::TextPatched { .. }
                | deliberation::Event::Contributed { .. }
                | deliberation::Event::HiddenSet { .. } => false,
            },
            Self::Agreement(_) => true,
            Self::People(_)
            | Self::Redacted { .. }
            | Self::Floor(..)
            | Self::Pack(_)
            | Self::Priority(..)
            | Self::Veil(..) => false,
        }
    }
}
