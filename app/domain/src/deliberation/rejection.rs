//! Why a command about items and contributions is refused.

use serde::{Deserialize, Serialize};

use crate::Date;

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Rejection {
    /// No such item.
    #[error("no such item")]
    UnknownItem,
    /// The item was deleted; it can be restored.
    #[error("the item was deleted")]
    RemovedItem,
    /// That kind of item has no such field.
    #[error("that kind of item has no such field")]
    WrongField,
    /// The text would be longer than `limit` scalars.
    #[error("longer than {limit} characters")]
    TextTooLong {
        /// Most scalars it may hold.
        limit: u32,
    },
    /// The text has characters that can't be shown safely.
    #[error("control characters")]
    ForbiddenCharacters,
    /// The patch doesn't fit the text.
    #[error("the patch does not fit the text")]
    PatchOutOfRange,
    /// The patch is based on a seq that the stream hasn't reached.
    #[error("based on a later moment than the stream has")]
    BaseAhead,
    /// The date lies outside `from..=to`.
    #[error("date outside {from} to {to}")]
    DateOutside {
        /// First day allowed.
        from: Date,
        /// Last day allowed.
        to: Date,
    },
    /// The end would come before the start.
    #[error("the end comes before the start")]
    EndBeforeStart,
    /// The period would be longer than twelve months.
    #[error("longer than twelve months")]
    LongerThanAYear,
    /// One of the problems was merged into the other already.
    #[error("the problems would be merged in a circle")]
    MergedInACircle,
}

impl Rejection {
    /// Its name, without details: a label for counting.
    pub fn name(&self) -> &'static str {
        match self {
            Self::UnknownItem => "unknown_item",
            Self::RemovedItem => "removed_item",
            Self::WrongField => "wrong_field",
            Self::TextTooLong { .. } => "text_too_long",
            Self::ForbiddenCharacters => "forbidden_characters",
            Self::PatchOutOfRange => "patch_out_of_range",
            Self::BaseAhead => "base_ahead",
            Self::DateOutside { .. } => "date_outside",
            Self::EndBeforeStart => "end_before_start",
            Self::LongerThanAYear => "longer_than_a_year",
            Self::MergedInACircle => "merged_in_a_circle",
        }
    }
}
