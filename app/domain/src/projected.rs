//! Events after projection.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::ItemId;
use crate::agreement;
use crate::deliberation::field::Assignment;
use crate::deliberation::item::Item;
use crate::event::Event;

/// An event as a viewer gets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Projected {
    /// Something happened that this viewer may not see.
    Hidden,
    /// The event itself.
    Event(Event),
    /// An item and its parts have become invisible, texts included.
    Forgotten(ItemId),
    /// Items have become visible (again), with everything that the viewer may see of them.
    Revealed(Vec<Arc<Item>>),
    /// A short field has another value; the viewer doesn't get the previous one.
    Assigned {
        /// Of which item.
        item: ItemId,
        /// The field and its value.
        value: Assignment,
    },
    /// The question for conformity is closed, and the viewer learns what was answered.
    Told(Arc<agreement::State>),
}

impl Projected {
    /// Whether it withdraws from its viewer what an earlier event gave them.
    pub fn withdraws(&self) -> bool {
        matches!(self, Self::Forgotten(_) | Self::Revealed(_))
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
            Self::Event(event) => event.try_visit(visit),
            Self::Forgotten(item) => visit(item),
            Self::Assigned { item, value } => {
                visit(item)?;
                value.item_mut().map_or(Ok(()), visit)
            }
            Self::Hidden | Self::Revealed(_) | Self::Told(_) => Ok(()),
        }
    }
}
