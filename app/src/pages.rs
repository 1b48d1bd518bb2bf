//! The pages. Which one is drawn first is the server's choice (its [`Content`](crate::page::Content)).

pub mod address;
mod contribute;
mod desk;
mod door;
mod home;
mod notice;
mod now;
mod projector;
mod public;
mod sheet;
mod table;
mod tray;
mod voice;

pub use door::DoorPage;
pub use home::HomePage;
pub use notice::NoticePage;
pub use projector::ProjectorPage;
pub use public::PublicPage;
pub use table::TablePage;
