//! The server: rooms that decide and keep, sockets and pages that show, and the commands of the operator.

pub mod announce;
pub mod answer;
pub mod app_state;
pub mod clock;
pub mod command_line;
pub mod composed;
pub mod conversation;
pub mod demo;
pub mod http;
pub mod listen;
pub mod mesas;
pub mod metrics;
pub mod news;
pub mod operate;
pub mod pulse;
pub mod room;
pub mod rooms;
pub mod text_file;
pub mod ws;
