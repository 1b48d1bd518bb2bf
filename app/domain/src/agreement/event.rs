//! Events about the frozen plan and who agrees to it.

use serde::{Deserialize, Serialize};

use super::signing;
use super::stance::Stance;
use super::state::{Version, VersionNumber};
use crate::text::words::Remark;
use crate::{ActorNumber, ItemId, Millis, PersonId};

/// What was said of a commitment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Which.
    pub commitment: ItemId,
    /// The position; none: the viewer doesn't get it yet.
    pub stance: Option<Stance>,
}

/// A fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// The plan's texts were frozen as another version.
    Frozen(Box<Version>),
    /// A commitment is being read out; none: the read-out is at its beginning.
    ReadOut {
        /// Which.
        commitment: Option<ItemId>,
        /// Since when, by the server's clock.
        at: Millis,
    },
    /// Somebody else may read out, or only the facilitation.
    ReaderChosen {
        /// Who.
        reader: Option<PersonId>,
    },
    /// The actors were asked for their conformity.
    Asked {
        /// With which version.
        version: VersionNumber,
        /// Which actors.
        entitled: Vec<ActorNumber>,
        /// Whether answers stay secret until the question is closed.
        secret: bool,
        /// When, by the server's clock.
        at: Millis,
    },
    /// An actor stated its conformity.
    Stated {
        /// Which.
        actor: ActorNumber,
        /// With which version's texts.
        version: VersionNumber,
        /// What it said.
        said: Vec<Said>,
        /// Whether a helper entered it.
        assisted: bool,
        /// When, by the server's clock.
        at: Millis,
    },
    /// Those who haven't answered were reminded.
    Reminded {
        /// When, by the server's clock.
        at: Millis,
    },
    /// The wall names those who haven't answered, or no longer.
    MissingNamed {
        /// Whether they are named.
        named: bool,
    },
    /// No more answers are taken.
    Closed {
        /// Why, although some hadn't answered.
        reason: Option<Remark>,
        /// When, by the server's clock.
        at: Millis,
    },
    /// About signing.
    Signing(signing::Event),
}

impl Event {
    /// Notes that a helper entered it on somebody's behalf.
    pub(crate) fn set_assisted(&mut self) {
        match self {
            Self::Stated { assisted, .. } => *assisted = true,
            Self::Signing(event) => event.set_assisted(),
            _ => {}
        }
    }

    /// The event's name in the log.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Frozen(_) => "plan_frozen",
            Self::ReadOut { .. } => "commitment_read_out",
            Self::ReaderChosen { .. } => "reader_chosen",
            Self::Asked { .. } => "conformity_asked",
            Self::Stated { .. } => "conformity_stated",
            Self::Reminded { .. } => "conformity_reminded",
            Self::MissingNamed { .. } => "missing_named",
            Self::Closed { .. } => "conformity_closed",
            Self::Signing(event) => event.name(),
        }
    }

    /// Visits every item that it names and that existed before it.
    ///
    /// # Errors
    /// Whatever `visit` returns.
    pub fn try_visit<E>(
        &mut self,
        visit: &mut impl FnMut(&mut ItemId) -> Result<(), E>,
    ) -> Result<(), E> {
        match self {
            Self::Frozen(version) => {
                let changed = version.changes.iter_mut().map(|change| &mut change.commitment);
                let frozen = version.commitments.iter_mut().map(|frozen| &mut frozen.item);
                frozen.chain(changed).try_for_each(visit)
            }
            Self::ReadOut { commitment, .. } => commitment.as_mut().map_or(Ok(()), visit),
            Self::Stated { said, .. } => {
                said.iter_mut().try_for_each(|said| visit(&mut said.commitment))
            }
            Self::ReaderChosen { .. }
            | Self::Asked { .. }
            | Self::Reminded { .. }
            | Self::MissingNamed { .. }
            | Self::Closed { .. }
            | Self::Signing(_) => Ok(()),
        }
    }
}
