//! The server: rooms that decide and keep, sockets and pages that show, and the commands of the operator.

pub mod announce;
pub mod app_state;
pub mod cli;
pub mod clock;
pub mod composed;
pub mod http;
pub mod listen;
pub mod live;
pub mod metrics;
pub mod news;
pub mod outcome;
pub mod pulse;
pub mod room;
pub mod rooms;
pub mod service;
pub mod text;
pub mod text_file;
