//! Who may come in, who came in, and what they are called.

pub(crate) mod apply;
pub mod attendance;
mod coming;
mod command;
pub(crate) mod decide;
mod event;
mod free;
mod merging;
pub mod name;
pub mod quorum;
pub mod record;
pub mod registry;
mod rejection;
mod state;
pub(crate) mod view;

pub use command::{Command, ServerCommand, SignIn};
pub use event::Event;
pub use rejection::Rejection;
pub use state::State;
