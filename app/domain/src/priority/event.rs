//! Events about which problems come first.

use serde::{Deserialize, Serialize};

use super::state::Share;
use crate::{ActorNumber, ItemId, Millis};

/// A fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// The organisations are asked to divide points.
    Opened {
        /// Among these problems, in their order.
        problems: Vec<ItemId>,
        /// So many each.
        points: u8,
        /// When, by the server's clock.
        at: Millis,
    },
    /// An organisation divided its points, in place of what it said before.
    Given {
        /// Which.
        actor: ActorNumber,
        /// How; none: the viewer doesn't get it.
        share: Option<Share>,
    },
    /// It is closed.
    Closed {
        /// When, by the server's clock.
        at: Millis,
        /// The sums, most points first.
        sums: Vec<(ItemId, u32)>,
    },
    /// It ended without a result.
    Cancelled,
}

impl Event {
    /// The event's name in the log.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "priority_opened",
            Self::Given { .. } => "priority_given",
            Self::Closed { .. } => "priority_closed",
            Self::Cancelled => "priority_cancelled",
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
            Self::Opened { problems, .. } => problems.iter_mut().try_for_each(visit),
            Self::Given { share, .. } => {
                share.iter_mut().flatten().try_for_each(|(item, _)| visit(item))
            }
            Self::Closed { sums, .. } => sums.iter_mut().try_for_each(|(item, _)| visit(item)),
            Self::Cancelled => Ok(()),
        }
    }
}
