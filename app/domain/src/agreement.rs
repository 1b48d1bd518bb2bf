//! What is agreed on: the frozen versions of the plan, their read-out, and who agrees to which text
//! (lines D6 and D7 of section 1). It belongs to the exercise, with all its mesas.

pub(crate) mod apply;
mod command;
mod compared;
pub(crate) mod decide;
mod event;
pub mod follow;
mod free;
mod inquiry;
mod rejection;
pub mod signing;
pub mod stance;
mod state;
pub mod verdict;
pub(crate) mod view;

pub use command::Command;
pub use compared::Became;
pub use event::{Event, Said};
pub use inquiry::{Answers, Inquiry, Told};
pub use rejection::Rejection;
pub use stance::{Reason, Stance};
pub use state::{
    Change, Fate, FrozenCommitment, Given, Piece, Question, State, Version, VersionNumber,
};
