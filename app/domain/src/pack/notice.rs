//! What the pack comes to for a mesa: its due time, and what isn't there or came after it.

use serde::{Deserialize, Serialize};

use super::checklist::Entry;
use super::state::State;
use crate::Millis;

/// How the notice of a mesa stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// What comes before this moment is in time, ms since the epoch.
    pub due: Millis,
    /// How many entries of the checklists nobody answered.
    pub missing: u8,
    /// How many files and declarations came too late.
    pub late: u8,
    /// How many files there are.
    pub files: u8,
}

impl Notice {
    /// The notice of a mesa whose pack is due at a moment.
    pub fn of(pack: &State, due: Millis) -> Self {
        let count = |number: usize| u8::try_from(number).unwrap_or(u8::MAX);
        let answers = pack.standing().map(|file| file.at);
        let answers = answers.chain(pack.absent.iter().map(|absence| absence.at));
        Self {
            due,
            missing: count(Entry::ALL.iter().filter(|entry| !pack.answers(**entry)).count()),
            late: count(answers.filter(|at| *at >= due).count()),
            files: count(pack.standing().count()),
        }
    }

    /// Whether everything came in time.
    pub fn is_kept(self) -> bool {
        self.missing == 0 && self.late == 0
    }
}
