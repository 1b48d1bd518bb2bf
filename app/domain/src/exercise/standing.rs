//! A mesa's standing, as the exercise's other mesas see it: quota, read-out, conformity, signing
//! and follow-up belong to the plan (section 4); the phases before the read-out are each mesa's
//! own.

use crate::deliberation::choice::Category;
use crate::permission::Phase;
use crate::{MesaNumber, ShortText};

/// A mesa's standing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its number.
    pub number: MesaNumber,
    /// Its theme.
    pub theme: ShortText,
    /// Its phase.
    pub phase: Phase,
    /// How many visible commitments of each category it has, in the order of [`Category::ALL`];
    /// zeros are left out.
    pub commitments: Vec<(Category, u32)>,
    /// How many have no category yet.
    pub uncategorised: u32,
}

impl Standing {
    /// How many commitments of a category it has.
    pub fn has(&self, category: Category) -> u32 {
        self.commitments.iter().find(|(other, _)| *other == category).map_or(0, |(_, count)| *count)
    }

    /// How many commitments it has in all.
    pub fn total(&self) -> u32 {
        self.commitments
            .iter()
            .map(|(_, count)| *count)
            .fold(self.uncategorised, u32::saturating_add)
    }
}
