//! Which of a mesa's problems come first: each organisation divides a limited number of points among
//! them, in secret until the facilitation closes it and everybody sees the sums.
//!
//! It is the organisation that divides, by whichever of its seats acts, as it does when it states its
//! conformity: an organisation that sent three people would otherwise weigh three times as much.

mod apply;
mod command;
pub(crate) mod decide;
mod event;
mod rejection;
mod state;
pub(crate) mod view;

pub use command::Command;
pub use decide::{CLOSED_LIMIT, POINTS_LIMIT};
pub use event::Event;
pub use rejection::Rejection;
pub use state::{Given, Outcome, Own, Prioritisation, Share, State};
