//! How a mesa is led: its phases and their times, what is shown, the door, who is still missing,
//! what came late, who leads the wall, private notes, whose writing is
//! paused.

pub(crate) mod apply;
pub mod coming_late;
mod command;
pub(crate) mod decide;
mod event;
mod free;
pub mod late;
pub mod moderation;
pub mod notes;
mod rejection;
pub mod shown;
mod state;
pub mod timing;
pub mod turnout;
pub(crate) mod view;
pub mod wall;

pub use command::{Command, ServerCommand};
pub use event::Event;
pub use rejection::Rejection;
pub use state::{PhaseStart, State};
