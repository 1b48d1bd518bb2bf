//! What was written behind the veil: state folded from its events.

use serde::{Deserialize, Serialize};

use crate::mesa::Mesa;
use crate::{ItemId, Millis, PersonId, Remark, ShortText};

/// Whether each writes alone at a mesa, and what they wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// The veil, while it is drawn.
    pub drawn: Option<Veil>,
}

/// A veil that is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Veil {
    /// Since when, by the server's clock, ms since the epoch.
    pub at: Millis,
    /// How many problems there are.
    pub count: u16,
    /// The problems, in the order in which they were first written. No audience gets them: a device has
    /// only its own that aren't confirmed yet.
    pub problems: Vec<Veiled>,
}

/// A problem that only its author sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Veiled {
    /// Its id.
    pub item: ItemId,
    /// Who wrote it.
    pub author: PersonId,
    /// Its title.
    pub title: ShortText,
    /// What it says besides.
    pub statement: Option<Remark>,
}

impl Mesa {
    /// What a person wrote behind the veil, under any of their ids: in the server's state all of it, on
    /// a device what isn't confirmed yet.
    pub fn own_veiled(&self, person: PersonId) -> Vec<Veiled> {
        let all = self.veil.drawn.iter().flat_map(|veil| &veil.problems);
        all.filter(|problem| self.people.are_one(problem.author, person)).cloned().collect()
    }
}
