//! What can be measured: one kind of room, or of accident, each.

pub mod followers;
pub mod furnish;
pub mod history;
pub mod join_storm;
pub mod kill;
pub mod offline;
pub mod slow_readers;
pub mod steady;
