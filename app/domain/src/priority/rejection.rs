//! Why a command about which problems come first is refused.

use serde::{Deserialize, Serialize};

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Rejection {
    /// There are fewer than two problems to choose from.
    #[error("fewer than two problems")]
    TooFewProblems,
    /// One is open already.
    #[error("a prioritisation is open already")]
    AlreadyOpen,
    /// That one isn't open any more.
    #[error("that prioritisation is not open")]
    NotOpen,
    /// More points than each organisation has, or none.
    #[error("1 to {points} points can be divided")]
    WrongPoints {
        /// How many each has.
        points: u8,
    },
    /// The problem isn't among those that can be chosen, or is named twice.
    #[error("not one of the problems that can be chosen")]
    NotChoosable,
    /// No organisation has divided its points yet.
    #[error("no organisation has divided its points")]
    NobodyGave,
}

impl Rejection {
    /// Its name, without details: a label for counting.
    pub fn name(&self) -> &'static str {
        match self {
            Self::TooFewProblems => "too_few_problems",
            Self::AlreadyOpen => "priority_already_open",
            Self::NotOpen => "priority_not_open",
            Self::WrongPoints { .. } => "wrong_points",
            Self::NotChoosable => "not_choosable",
            Self::NobodyGave => "nobody_gave",
        }
    }
}
