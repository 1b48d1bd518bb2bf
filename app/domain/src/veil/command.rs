//! Commands about problems that each writes alone.

use serde::{Deserialize, Serialize};

use crate::{ItemId, Remark, ShortText};

/// A person's command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Command {
    /// From here on each writes alone.
    Draw,
    /// Write a problem, or write one's own anew.
    Write {
        /// Its id, made on the device; it stays the same when the problem is shown.
        problem: ItemId,
        /// Its title.
        title: ShortText,
        /// What it says besides; none: nothing.
        statement: Option<Remark>,
    },
    /// Take one's own back.
    Withdraw {
        /// Which.
        problem: ItemId,
    },
    /// Show all together.
    Lift,
}
