//! What is talked about: problems with their solutions and preliminary commitments, commitments
//! with their activities, contributions (section 4), the checks of what will be read out and the
//! quota.

pub(crate) mod apply;
mod assign;
pub mod check;
pub mod choice;
mod command;
pub mod contribution;
pub mod decide;
mod event;
pub mod field;
pub mod finding;
pub mod item;
pub mod period;
pub mod quota;
mod rejection;
pub mod solution;
mod value;
pub(crate) mod view;

pub use command::Command;
pub use event::Event;
pub use rejection::Rejection;
