//! Problems that each writes alone: while the veil is drawn a new one is its author's until the
//! facilitation lifts it, and then all are shown together.
//!
//! What is written behind it is one event with its texts, not an item that grows by patches: nobody
//! else writes in it, and an item that others may not see would leave its mark in every list. Lifting
//! the veil adds each as an item of its author, by the events of any other item.

mod apply;
mod command;
pub(crate) mod decide;
mod event;
mod free;
mod rejection;
mod state;
pub(crate) mod view;

pub use command::Command;
pub use decide::{VEILED_LIMIT, VEILED_LIMIT_EACH};
pub use event::Event;
pub use rejection::Rejection;
pub use state::{State, Veil, Veiled};
