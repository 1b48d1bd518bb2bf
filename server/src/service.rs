//! What the server does for people and operators, called alike by pages, the command line and
//! tests.

pub mod admit;
pub mod attendance;
pub mod entry;
pub mod logo;
pub mod notice;
pub mod open_mesa;
pub mod sample;
pub mod seats;
pub mod setup;
pub mod template;
pub mod wording;
