//! The pages. Which one is drawn first is the server's choice (its [`Content`](crate::page::Content)).

pub mod address;
#[cfg(feature = "ssr")]
pub mod attendance;
mod contribute;
mod desk;
#[cfg(feature = "ssr")]
mod door;
#[cfg(feature = "ssr")]
mod history;
#[cfg(feature = "ssr")]
mod home;
#[cfg(feature = "ssr")]
mod notice;
mod now;
#[cfg(feature = "ssr")]
mod privacy;
mod projector;
mod public;
mod sheet;
mod table;
mod tray;
mod voice;

#[cfg(feature = "ssr")]
pub use attendance::AttendancePage;
pub use desk::{ClickerScreen, DeskScreen};
#[cfg(feature = "ssr")]
pub use door::DoorPage;
#[cfg(feature = "ssr")]
pub use history::HistoryPage;
#[cfg(feature = "ssr")]
pub use home::HomePage;
#[cfg(feature = "ssr")]
pub use notice::NoticePage;
#[cfg(feature = "ssr")]
pub use privacy::PrivacyPage;
pub use projector::ProjectorPage;
pub use public::PublicPage;
pub use sheet::{ActivitySheet, CommitmentSheet, ProblemSheet};
pub use table::TablePage;
