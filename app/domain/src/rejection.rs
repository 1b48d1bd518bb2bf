//! Why a command is refused. Typed, kept with the command's id, put into words for people at the edge.

use serde::{Deserialize, Serialize};

use crate::Date;
use crate::permission::{Phase, Role};

/// A refusal. The text that was refused stays with its author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Rejection {
    /// The role may not do this in this phase.
    #[error("{role:?} may not do this in {phase:?}")]
    NotAllowed {
        /// The role of who asked.
        role: Role,
        /// The phase of the mesa.
        phase: Phase,
    },
    /// No such item.
    #[error("no such item")]
    UnknownItem,
    /// The item was deleted; it can be restored.
    #[error("the item was deleted")]
    RemovedItem,
    /// That kind of item has no such field.
    #[error("that kind of item has no such field")]
    WrongField,
    /// The id is in use.
    #[error("the id is in use")]
    IdTaken,
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
    /// The patch is based on a moment that the stream hasn't reached.
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
    /// Not a value of that list.
    #[error("not a value of the list")]
    UnknownValue,
    /// There are as many as there may be.
    #[error("at most {limit}")]
    TooMany {
        /// How many there may be.
        limit: u32,
    },
    /// The door is closed to people without a link.
    #[error("the door is closed")]
    DoorClosed,
    /// No such link, session or seat.
    #[error("no such link, session or seat")]
    UnknownGrant,
    /// Somebody else's command has this id.
    #[error("the command id belongs to someone else")]
    NotYours,
    /// The helper may not act for that seat.
    #[error("may not act on behalf of that seat")]
    NotOnBehalf,
    /// A reason has to be given with it.
    #[error("a reason has to be given")]
    ReasonNeeded,
    /// One of the problems was merged into the other already.
    #[error("the problems would be merged in a circle")]
    MergedInACircle,
    /// Findings of the checks stand in the way of the read-out.
    #[error("{open} findings stand in the way")]
    ChecksOpen {
        /// How many aren't overridden.
        open: u32,
    },
}

impl Rejection {
    /// Its name, without what it is about: to count by.
    pub fn name(&self) -> &'static str {
        match self {
            Self::NotAllowed { .. } => "not_allowed",
            Self::UnknownItem => "unknown_item",
            Self::RemovedItem => "removed_item",
            Self::WrongField => "wrong_field",
            Self::IdTaken => "id_taken",
            Self::TextTooLong { .. } => "text_too_long",
            Self::ForbiddenCharacters => "forbidden_characters",
            Self::PatchOutOfRange => "patch_out_of_range",
            Self::BaseAhead => "base_ahead",
            Self::DateOutside { .. } => "date_outside",
            Self::EndBeforeStart => "end_before_start",
            Self::LongerThanAYear => "longer_than_a_year",
            Self::UnknownValue => "unknown_value",
            Self::TooMany { .. } => "too_many",
            Self::DoorClosed => "door_closed",
            Self::UnknownGrant => "unknown_grant",
            Self::NotYours => "not_yours",
            Self::NotOnBehalf => "not_on_behalf",
            Self::ReasonNeeded => "reason_needed",
            Self::MergedInACircle => "merged_in_a_circle",
            Self::ChecksOpen { .. } => "checks_open",
        }
    }
}
