//! The pages. Which one is drawn first is the server's choice (its
//! [`Content`](crate::page::Content)).

mod contribute;
mod desk;
mod mesa;
mod now;
#[cfg(feature = "ssr")]
pub mod plain;
mod projector;
mod public;
mod sheet;
mod tray;
mod voice;

pub use desk::{ClickerScreen, DeskScreen};
pub use mesa::MesaPage;
pub use projector::ProjectorPage;
pub use public::PublicPage;
pub use sheet::{ActivitySheet, CommitmentSheet, ProblemSheet};
