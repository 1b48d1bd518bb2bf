//! What the server does for people and operators, called alike by pages, the command line and
//! tests.

pub mod account;
pub mod admit;
pub mod attendance;
pub mod bringing;
pub mod command;
pub mod dispatch;
pub mod document;
pub mod entry;
pub mod form;
pub mod home;
pub mod logo;
pub mod mail_server;
pub mod moderation;
pub mod notice;
pub mod open_mesa;
pub mod own_data;
pub mod pack;
pub mod paper;
pub mod petition;
pub mod plan;
pub mod prepare;
pub mod record;
pub mod reminder;
pub mod sample;
pub mod sealing;
pub mod server_key;
pub mod setup;
pub mod sheets;
pub mod signing;
pub mod template;
pub mod trial;
pub mod unshown;
pub mod verifying;
pub mod waiting;
pub mod wording;
