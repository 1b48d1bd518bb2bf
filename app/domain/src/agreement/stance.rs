//! An actor's position on a commitment.

use serde::{Deserialize, Serialize};

use crate::text::words::{self, WordsError, checked_text};

/// Most Unicode scalars of a reason: a reservation is copied into the plan as it was written.
pub const REASON_LIMIT: usize = 5_000;

/// Why an actor has a reservation or disagrees: trimmed, never empty, at most [`REASON_LIMIT`]
/// scalars, nothing but plain characters and line feeds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reason(String);

impl Reason {
    /// Parses what someone typed or pasted.
    ///
    /// # Errors
    /// [`WordsError`] when it is empty, too long or has a control character.
    pub fn parse(text: &str) -> Result<Self, WordsError> {
        words::said(text, REASON_LIMIT).map(Self)
    }
}

checked_text!(Reason);

/// An actor's position on a commitment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stance {
    /// Conforme.
    Agree,
    /// Conforme con reserva.
    AgreeWithReservation(Reason),
    /// No conforme.
    Disagree(Reason),
    /// Abstención.
    Abstain,
}

impl Stance {
    /// Why; none where no reason is asked for.
    pub fn reason(&self) -> Option<&Reason> {
        match self {
            Self::AgreeWithReservation(reason) | Self::Disagree(reason) => Some(reason),
            Self::Agree | Self::Abstain => None,
        }
    }
}
