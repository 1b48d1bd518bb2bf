//! The pages. Which one is drawn first is the server's choice (its [`Content`](crate::page::Content)).

pub mod address;
#[cfg(feature = "ssr")]
pub mod attendance;
mod contribute;
#[cfg(feature = "whole")]
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
#[cfg(feature = "whole")]
mod projector;
#[cfg(feature = "whole")]
mod public;
mod sheet;
mod table;
mod tray;
mod voice;

#[cfg(feature = "ssr")]
pub use attendance::AttendancePage;
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
#[cfg(feature = "whole")]
pub use projector::ProjectorPage;
#[cfg(feature = "whole")]
pub use public::PublicPage;
pub use table::TablePage;
