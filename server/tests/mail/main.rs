//! Letters over a real mail server on this machine: what arrives, what is refused, what waits, and
//! what nobody knows. The binary is killed at every step of sending; `MESA_SOAK=1` does so 200 times.

#![allow(clippy::unwrap_used, missing_docs)]

mod dispatch;
mod invitations;
mod kills;
mod outside;
mod own;
mod pack;
mod passphrase;
mod reminders;
mod servers;
mod signed;
#[path = "../support/smtp.rs"]
mod smtp;
#[path = "../over_sockets/support.rs"]
#[allow(dead_code)]
mod support;
mod town;
