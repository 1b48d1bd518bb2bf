//! What is discussed: problems with their solutions and preliminary commitments, commitments with
//! their activities, contributions (section 4), the checks before the read-out and the quota.

pub mod activity;
pub mod advice;
pub(crate) mod apply;
pub mod cells;
pub mod check;
pub mod choice;
mod command;
pub mod commitment;
pub mod contribution;
pub mod decide;
mod event;
pub mod field;
pub mod finding;
mod free;
pub mod item;
pub mod period;
pub mod problem;
pub mod quota;
mod rejection;
pub mod solution;
mod state;
mod value;
pub(crate) mod view;

pub use command::Command;
pub use event::Event;
pub use rejection::Rejection;
pub use state::State;
