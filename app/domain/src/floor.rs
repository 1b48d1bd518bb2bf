//! Who speaks at a mesa, and for how long: the list of those who asked for the floor, the turn that
//! runs, the clocks that everybody sees, and the round in which each organisation is heard (C1 to
//! C3).

mod apply;
mod command;
pub(crate) mod decide;
mod event;
mod free;
pub mod order;
mod state;
pub mod timer;
pub mod totals;
pub(crate) mod view;

pub use command::{Added, Command, ServerCommand};
pub use event::Event;
pub use state::{Closed, Entry, Mark, Round, Spoke, State, Turn, Who};
pub use timer::{Clock, ClockKind, Timer};
