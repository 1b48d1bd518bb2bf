//! The quota board: how many commitments of each category there are, and how many are missing (D2
//! to D4, section 5). The quota is data of the exercise (section 2, fact 3) and a minimum; more are
//! welcome.

use crate::deliberation::choice::{Category, ItemKind};
use crate::exercise::Quota;
use crate::mesa::Mesa;

/// A row of the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuotaRow {
    /// The category.
    pub category: Category,
    /// The minimum; 0: the template doesn't ask for any.
    pub minimum: u32,
    /// How many the plan has, in all its mesas.
    pub have: u32,
    /// How many of them are in other mesas.
    pub elsewhere: u32,
}

impl QuotaRow {
    /// How many of them are in this mesa.
    pub fn here(self) -> u32 {
        self.have.saturating_sub(self.elsewhere)
    }

    /// How many are missing.
    pub fn missing(self) -> u32 {
        self.minimum.saturating_sub(self.have)
    }

    /// How many there are beyond the minimum.
    pub fn extra(self) -> u32 {
        self.have.saturating_sub(self.minimum)
    }

    /// Whether there are enough.
    pub fn is_met(self) -> bool {
        self.missing() == 0
    }
}

/// The board.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuotaBoard {
    /// The template's categories in its order, then categories of commitments that aren't in the
    /// template.
    pub rows: Vec<QuotaRow>,
    /// How many commitments of this mesa have no category yet.
    pub uncategorised: u32,
}

impl QuotaBoard {
    /// The board of a mesa's plan; it counts the visible commitments, also those of the plan's
    /// other mesas.
    pub fn of(state: &Mesa) -> Self {
        let template: &[Quota] = state.exercise.as_ref().map_or(&[], |exercise| &exercise.quota);
        let mut board = Self::default();
        for quota in template {
            board.row(quota.category).minimum += u32::from(quota.minimum);
        }
        for item in state.visible(ItemKind::Commitment, None) {
            match item.as_commitment().and_then(|commitment| commitment.category) {
                Some(category) => board.row(category).have += 1,
                None => board.uncategorised += 1,
            }
        }
        for (category, count) in state.siblings.iter().flat_map(|sibling| &sibling.commitments) {
            let row = board.row(*category);
            row.have = row.have.saturating_add(*count);
            row.elsewhere = row.elsewhere.saturating_add(*count);
        }
        board
    }

    /// Whether every category has enough.
    pub fn is_met(&self) -> bool {
        self.rows.iter().all(|row| row.is_met())
    }

    /// How many are missing in all.
    pub fn missing(&self) -> u32 {
        self.rows.iter().map(|row| row.missing()).fold(0, u32::saturating_add)
    }

    /// How many there are beyond what is asked for.
    pub fn extra(&self) -> u32 {
        self.rows.iter().map(|row| row.extra()).fold(0, u32::saturating_add)
    }

    fn row(&mut self, category: Category) -> &mut QuotaRow {
        let place =
            self.rows.iter().position(|row| row.category == category).unwrap_or_else(|| {
                self.rows.push(QuotaRow { category, minimum: 0, have: 0, elsewhere: 0 });
                self.rows.len() - 1
            });
        &mut self.rows[place]
    }
}
