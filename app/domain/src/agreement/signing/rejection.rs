//! Why a command about signing is refused.

use serde::{Deserialize, Serialize};

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Rejection {
    /// Nothing is being signed, or the signing is over.
    #[error("nothing is being signed")]
    NotOpen,
    /// The actor has no slot.
    #[error("the actor doesn't sign")]
    NoSlot,
    /// Another version is being signed now.
    #[error("another version is being signed")]
    OtherVersion,
    /// The document isn't set yet, or has another number of pages than those that were seen.
    #[error("the document has other pages")]
    OtherPages,
    /// The actor has signed.
    #[error("the actor has signed")]
    AlreadySigned,
    /// Nothing was drawn or typed.
    #[error("nothing was drawn or typed")]
    Blank,
    /// The version has no such scan, or the scan no such page.
    #[error("there is no such scan or page")]
    NoScan,
    /// More scans or pages than are kept.
    #[error("too many scans or pages")]
    TooManyPages,
}

impl Rejection {
    /// Its name, without details: a label for counting.
    pub fn name(&self) -> &'static str {
        match self {
            Self::NotOpen => "signing_not_open",
            Self::NoSlot => "no_slot",
            Self::OtherVersion => "other_version",
            Self::OtherPages => "other_pages",
            Self::AlreadySigned => "already_signed",
            Self::Blank => "blank_signature",
            Self::NoScan => "no_scan",
            Self::TooManyPages => "too_many_pages",
        }
    }
}

impl From<Rejection> for crate::Rejection {
    fn from(rejection: Rejection) -> Self {
        Self::Agreement(rejection.into())
    }
}
