//! What the projector shows.

use serde::{Deserialize, Serialize};

use crate::ItemId;

/// What the projector shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shown {
    /// The consolidated agreement.
    #[default]
    Agreement,
    /// Nothing.
    Blank,
    /// One item.
    Item(ItemId),
    /// The chart of a consultation that was chosen last.
    Chart,
    /// Which problems come first.
    Priority,
}
