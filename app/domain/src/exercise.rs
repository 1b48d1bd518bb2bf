//! The exercise with its mesas and its plan, all in one stream.

pub(crate) mod apply;
pub mod calendar;
pub(crate) mod card;
mod command;
pub(crate) mod decide;
mod event;
mod free;
pub mod outline;
pub mod sections;
pub mod sector;
pub(crate) mod standing;
mod state;
pub(crate) mod view;

pub use card::*;
pub use command::ServerCommand;
pub use event::Event;
pub use sections::Sections;
pub use sector::{MOST_OWN, Sector, SectorName};
pub use standing::Standing;
pub use state::Exercise;
