//! The exercise with its mesas and its plan, all in one stream.

pub(crate) mod apply;
pub(crate) mod card;
mod command;
pub(crate) mod decide;
mod event;
mod free;
pub(crate) mod standing;
mod state;

pub use card::*;
pub use command::ServerCommand;
pub use event::Event;
pub use standing::Standing;
pub use state::Exercise;
