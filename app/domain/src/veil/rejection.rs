//! Why a command about problems that each writes alone is refused.

use serde::{Deserialize, Serialize};

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Rejection {
    /// Nobody writes alone now: what is written is shown to everybody.
    #[error("the veil is not drawn")]
    NotDrawn,
    /// Each writes alone now: a problem isn't shown before all are.
    #[error("the veil is drawn")]
    Drawn,
    /// A problem without a title.
    #[error("the title is empty")]
    NoTitle,
}

impl Rejection {
    /// Its name, without details: a label for counting.
    pub fn name(&self) -> &'static str {
        match self {
            Self::NotDrawn => "veil_not_drawn",
            Self::Drawn => "veil_drawn",
            Self::NoTitle => "no_title",
        }
    }
}
