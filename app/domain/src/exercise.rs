//! What is agreed on together: the exercise and its mesas.

pub(crate) mod apply;
mod card;
mod command;
pub(crate) mod decide;
mod event;
pub mod together;

pub use card::*;
pub use command::ServerCommand;
pub use event::Event;
