//! What the server does for people and operators, called alike by pages, the command line and
//! tests.

pub mod account;
pub mod admit;
pub mod attendance;
pub mod entry;
pub mod form;
pub mod logo;
pub mod notice;
pub mod open_mesa;
pub mod own_data;
pub mod prepare;
pub mod record;
pub mod sample;
pub mod setup;
pub mod template;
pub mod waiting;
pub mod wording;
