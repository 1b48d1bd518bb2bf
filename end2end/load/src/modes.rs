//! The modes: each measures one kind of room, or of accident.

pub mod followers;
pub mod furnish;
pub mod history;
pub mod join_storm;
pub mod kill;
pub mod offline;
pub mod rendering;
pub mod room;
pub mod slow_readers;
pub mod steady;
