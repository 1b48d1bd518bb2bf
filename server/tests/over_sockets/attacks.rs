//! Attacks by whoever has a session, or a frame or an id of somebody else, each over real
//! connections. Further ones are where what they attack is tested:
//!
//! - at the edge of the network: `edge.rs` (guessing, planted cookies, other sites), `doors.rs`
//!   (sockets of other sites), `slow.rs` (slow-loris, half-open upgrades, two gigabytes);
//! - links that are wrong, foreign or ended: `edge.rs`, `prepare.rs`, `setup.rs`, `links.rs`;
//! - escalation by raw frames: `rights.rs`; fifty devices on one seat: `prepare.rs`;
//! - zip bombs and external entities: `server/roster/tests/roster/bombs.rs`.

#[path = "attacks/extra.rs"]
mod extra;
#[path = "attacks/foreign.rs"]
mod foreign;
#[path = "attacks/hostile.rs"]
mod hostile;
#[path = "attacks/replayed.rs"]
mod replayed;
#[path = "attacks/routes.rs"]
pub mod routes;
