//! The pages. Which one is drawn first is the server's choice (its
//! [`Content`](crate::page::Content)).

mod agreement;
mod alone;
mod along;
mod contribute;
mod desk;
mod floor;
mod mesa;
mod now;
#[cfg(feature = "ssr")]
pub mod plain;
mod points;
mod projector;
mod public;
mod sheet;
mod signing;
mod tray;
mod voice;

pub use agreement::AgreementCard;
pub use alone::AloneScreen;
pub use along::Alongside;
pub use desk::{ClickerScreen, DeskScreen, Listed, Listing};
pub use floor::FloorCard;
pub use mesa::MesaPage;
pub use points::PointsScreen;
pub use projector::ProjectorPage;
pub use public::PublicPage;
pub use sheet::{ActivitySheet, CommitmentSheet, ProblemSheet};
pub use signing::SigningScreen;
