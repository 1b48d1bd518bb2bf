//! Why there is no document.

use serde::{Deserialize, Serialize};

use crate::date::Date;

/// Why a document couldn't be made. No text leads to one of these: what it can't show is replaced.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "failure", rename_all = "snake_case")]
pub enum Failure {
    /// More signers than there are boxes in a margin.
    #[error("{signers} signers are more than the margin of a page holds")]
    TooManySigners {
        /// How many there are.
        signers: usize,
    },
    /// The code isn't the SHA-256 of the canonical text, or not written as 64 lower-case digits.
    #[error("the code {code:?} is not the SHA-256 of the canonical text")]
    CodeDiffers {
        /// The code as it was given.
        code: String,
    },
    /// There is no such day.
    #[error("{date:?} is not a day")]
    NotADay {
        /// The day as it was given.
        date: Date,
    },
    /// The address is too long for a QR.
    #[error("the address is too long for a QR")]
    Address,
    /// A scan can't be shown: it is damaged, or has no such page.
    #[error("the scan can't be shown")]
    NotShown,
    /// A scan opens only with a passphrase.
    #[error("the scan is locked")]
    Locked,
    /// The typesetter refused. Always a fault of a template or a picture.
    #[error("the typesetter refused: {}", messages.join("; "))]
    Refused {
        /// What it said, with the place in the template.
        messages: Vec<String>,
    },
    /// The typesetter warned, for instance that the pages didn't settle: such a document may be
    /// wrong, so it isn't given out.
    #[error("the typesetter warned: {}", messages.join("; "))]
    Warned {
        /// What it said, with the place in the template.
        messages: Vec<String>,
    },
}
