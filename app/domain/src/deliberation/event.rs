//! Events about items and contributions.

use serde::{Deserialize, Serialize};

use super::choice::ItemKind;
use super::contribution::ContributionKind;
use super::field::{Assignment, TextField};
use crate::text::patch::Patch;
use crate::text::words::Remark;
use crate::{ActorNumber, Alias, ItemId, MesaNumber, Millis, PersonId};

/// A fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// There is a new item, after another one of its list or at the end.
    ItemAdded {
        /// At which mesa.
        mesa: MesaNumber,
        /// Its id.
        item: ItemId,
        /// Its number in frames.
        alias: Alias,
        /// Its kind.
        kind: ItemKind,
        /// The item that it is a part of.
        parent: Option<ItemId>,
        /// Who added it; unknown to the public.
        author: Option<PersonId>,
    },
    /// An item was deleted; it can be restored.
    ItemRemoved {
        /// Which.
        item: ItemId,
    },
    /// A deleted item is back.
    ItemRestored {
        /// Which.
        item: ItemId,
    },
    /// An item has another place in its list.
    ItemMoved {
        /// Which.
        item: ItemId,
        /// The item before it; none: it is the first.
        after: Option<ItemId>,
    },
    /// A long text changed.
    TextPatched {
        /// Of which item.
        item: ItemId,
        /// Which text.
        field: TextField,
        /// How.
        patch: Patch,
    },
    /// A short field has another value.
    Assigned {
        /// Of which item.
        item: ItemId,
        /// The field and its value.
        value: Assignment,
    },
    /// Someone contributed something.
    Contributed {
        /// At which mesa.
        mesa: MesaNumber,
        /// Its id.
        item: ItemId,
        /// Its number in frames.
        alias: Alias,
        /// What it is about; none: the mesa as a whole.
        target: Option<ItemId>,
        /// What kind it is.
        kind: ContributionKind,
        /// What it says.
        text: Remark,
        /// The actor in whose seat its author speaks.
        actor: Option<ActorNumber>,
        /// Who made it; unknown to the public.
        author: Option<PersonId>,
        /// When, by the server's clock.
        at: Millis,
    },
    /// The facilitation hid a contribution, or shows it again.
    HiddenSet {
        /// Which.
        item: ItemId,
        /// Whether it is hidden.
        hidden: bool,
    },
}

impl Event {
    /// The event's name in the log.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ItemAdded { .. } => "item_added",
            Self::ItemRemoved { .. } => "item_removed",
            Self::ItemRestored { .. } => "item_restored",
            Self::ItemMoved { .. } => "item_moved",
            Self::TextPatched { .. } => "text_patched",
            Self::Assigned { .. } => "assigned",
            Self::Contributed { .. } => "contributed",
            Self::HiddenSet { .. } => "hidden_set",
        }
    }

    /// The item that it is about.
    pub fn item(&self) -> ItemId {
        match self {
            Self::ItemAdded { item, .. }
            | Self::ItemRemoved { item }
            | Self::ItemRestored { item }
            | Self::ItemMoved { item, .. }
            | Self::TextPatched { item, .. }
            | Self::Assigned { item, .. }
            | Self::Contributed { item, .. }
            | Self::HiddenSet { item, .. } => *item,
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
            Self::ItemAdded { parent: other, .. } | Self::Contributed { target: other, .. } => {
                other.as_mut().map_or(Ok(()), visit)
            }
            Self::ItemRemoved { item }
            | Self::ItemRestored { item }
            | Self::TextPatched { item, .. }
            | Self::HiddenSet { item, .. } => visit(item),
            Self::ItemMoved { item, after } => {
                visit(item)?;
                after.as_mut().map_or(Ok(()), visit)
            }
            Self::Assigned { item, value } => {
                visit(item)?;
                value.item_mut().map_or(Ok(()), visit)
            }
        }
    }
}
