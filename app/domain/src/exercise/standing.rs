//! How a mesa stands, as the exercise's other mesas see it: quota, read-out, conformity, signing and follow-up belong to the plan
//! (section 4); the phases before the read-out are each mesa's own.

use crate::deliberation::item::{Category, ItemKind};
use crate::mesa::Mesa;
use crate::permission::Phase;
use crate::{MesaNumber, ShortText};

/// How a mesa stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its number.
    pub number: MesaNumber,
    /// Its theme.
    pub theme: ShortText,
    /// Its phase.
    pub phase: Phase,
    /// How many commitments of each category are there to be read, in the order of [`Category::ALL`]; none with 0.
    pub commitments: Vec<(Category, u32)>,
    /// How many have no category yet.
    pub uncategorised: u32,
}

impl Standing {
    /// How a mesa stands now.
    pub fn of(mesa: &Mesa) -> Self {
        let mut counts = [0; Category::ALL.len()];
        let mut uncategorised = 0;
        for item in mesa.visible(ItemKind::Commitment, None) {
            let category = item.as_commitment().and_then(|commitment| commitment.category);
            match category.and_then(|category| Category::ALL.iter().position(|other| *other == category)) {
                Some(place) => counts[place] += 1,
                None => uncategorised += 1,
            }
        }
        let commitments = Category::ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0).collect();
        let theme = mesa.card.as_ref().map(|card| card.theme.clone()).unwrap_or_default();
        Self { number: mesa.number, theme, phase: mesa.phase, commitments, uncategorised }
    }

    /// How many commitments of a category it has.
    pub fn has(&self, category: Category) -> u32 {
        self.commitments.iter().find(|(other, _)| *other == category).map_or(0, |(_, count)| *count)
    }

    /// How many commitments it has in all.
    pub fn total(&self) -> u32 {
        self.commitments.iter().map(|(_, count)| *count).fold(self.uncategorised, u32::saturating_add)
    }
}
