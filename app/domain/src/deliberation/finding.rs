//! Findings of the checks of section 5, and their overrides.

use serde::{Deserialize, Serialize};

use super::choice::Category;
use crate::text::words::Remark;
use crate::{ItemId, MesaNumber, Millis};

/// Something that isn't in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Finding {
    /// An activity has neither a lead institution nor a responsible post.
    NoResponsible(ItemId),
    /// An activity has no due date.
    NoDueDate(ItemId),
    /// A date of a commitment is outside the plan, one of an activity outside its commitment, or
    /// the end is before the start.
    DateOutside(ItemId),
    /// A commitment lasts longer than twelve months.
    LongerThanAYear(ItemId),
    /// A commitment answers no problem.
    NoProblem(ItemId),
    /// A commitment has no activity.
    NoActivity(ItemId),
    /// A commitment has no category.
    NoCategory(ItemId),
    /// A category has too few commitments.
    QuotaShort {
        /// The category.
        category: Category,
        /// How many are missing.
        missing: u32,
    },
    /// Another mesa of the plan hasn't reached its agreements: the read-out is for all mesas at
    /// once.
    MesaNotReady {
        /// Its number in the exercise.
        number: MesaNumber,
    },
    /// Not all of the information pack came in time: the mesa doesn't begin.
    NoticeNotKept {
        /// How many entries of the checklists nobody answered.
        missing: u8,
        /// How many files and declarations came too late.
        late: u8,
    },
}

impl Finding {
    /// The commitment or activity that it is about; none for the quota, for another mesa and
    /// for the notice.
    pub fn item(mut self) -> Option<ItemId> {
        self.item_mut().copied()
    }

    /// The same, mutable.
    pub(crate) fn item_mut(&mut self) -> Option<&mut ItemId> {
        match self {
            Self::NoResponsible(item)
            | Self::NoDueDate(item)
            | Self::DateOutside(item)
            | Self::LongerThanAYear(item)
            | Self::NoProblem(item)
            | Self::NoActivity(item)
            | Self::NoCategory(item) => Some(item),
            Self::QuotaShort { .. } | Self::MesaNotReady { .. } | Self::NoticeNotKept { .. } => {
                None
            }
        }
    }
}

impl Finding {
    /// Whether both are about the same: the same check of the same item, or the same category or
    /// notice, however much is missing.
    pub fn is_about_the_same_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::QuotaShort { category: one, .. }, Self::QuotaShort { category: two, .. }) => {
                one == two
            }
            (Self::NoticeNotKept { .. }, Self::NoticeNotKept { .. }) => true,
            (one, two) => one == two,
        }
    }

    /// Whether it blocks that the mesa begins; the others block the read-out.
    pub fn is_about_the_notice(&self) -> bool {
        matches!(self, Self::NoticeNotKept { .. })
    }

    /// Whether an override of this one covers `other`: the same finding, with no more missing than
    /// was overridden.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::QuotaShort { missing: granted, .. }, Self::QuotaShort { missing, .. }) => {
                self.is_about_the_same_as(other) && missing <= granted
            }
            (
                Self::NoticeNotKept { missing: granted, late: granted_late },
                Self::NoticeNotKept { missing, late },
            ) => missing <= granted && late <= granted_late,
            (one, two) => one == two,
        }
    }
}

/// The override of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// The finding, as it was.
    pub finding: Finding,
    /// Why; it appears in the minutes.
    pub reason: Remark,
    /// When, ms since the epoch.
    pub at: Millis,
}

/// A finding and its override, if there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found<'a> {
    /// The finding.
    pub finding: Finding,
    /// The override that covers it.
    pub overridden: Option<&'a Override>,
}

impl Found<'_> {
    /// Whether it blocks the read-out.
    pub fn is_open(&self) -> bool {
        self.overridden.is_none()
    }
}
