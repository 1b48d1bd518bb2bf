//! What is left of an event for a viewer.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::ItemId;
use crate::deliberation::field::Assignment;
use crate::deliberation::item::Item;
use crate::event::Event;

/// An event as a viewer gets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Projected {
    /// Something happened that isn't for this viewer.
    Hidden,
    /// It happened.
    Event(Event),
    /// An item and what belongs to it are gone, texts included.
    Forgotten(ItemId),
    /// Items are there (again), with all of them that is for this viewer.
    Revealed(Vec<Arc<Item>>),
    /// A short field has another value; what stood there before isn't for this viewer.
    Assigned {
        /// Of which item.
        item: ItemId,
        /// The field and its value.
        value: Assignment,
    },
}

impl Projected {
    /// Whether it takes from its viewer what an earlier event gave it.
    pub fn withdraws(&self) -> bool {
        matches!(self, Self::Forgotten(_) | Self::Revealed(_))
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
            Self::Event(event) => event.try_visit(visit),
            Self::Forgotten(item) => visit(item),
            Self::Assigned { item, value } => {
                visit(item)?;
                value.item_mut().map_or(Ok(()), visit)
            }
            Self::Hidden | Self::Revealed(_) => Ok(()),
        }
    }
}
