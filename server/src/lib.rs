//! The server. A [`room`] for each live exercise takes its commands in order, decides them
//! (`domain::decide`), keeps what came of them (`store`) and then tells everyone, in values.
//! [`live`] makes frames of those and carries them, by socket or event stream.
//!
//! [`http`] lists every route; its handlers ask a [`service`] and answer with what is on the page,
//! which one layer draws. Services are what pages, the operator's commands ([`cli`]) and tests call
//! alike: admitting a person, bringing back a wording, putting a logo, opening a mesa. What the
//! operator reads is [`text`], in Spanish; everything else that people read is `app::text`.
//!
//! Nothing here is needed to know what is true: a server that is killed is started again, and every
//! room is read from the store.

pub mod announce;
pub mod app_state;
pub mod cli;
pub mod client;
pub mod clock;
pub mod composed;
pub mod connections;
pub mod housekeeping;
pub mod http;
pub mod lasting;
pub mod limits;
pub mod listen;
pub mod live;
pub mod logging;
pub mod mail;
pub mod metrics;
pub mod news;
pub mod outcome;
pub mod pulse;
pub mod room;
pub mod rooms;
pub mod scanner;
pub mod service;
pub mod stamping;
pub mod text;
pub mod text_file;
pub mod tls;
