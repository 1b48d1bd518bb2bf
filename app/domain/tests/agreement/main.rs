//! The frozen plan, its read-out, and who agrees to which text.

#![allow(clippy::unwrap_used)]

#[path = "../history/mesa.rs"]
mod mesa;

mod conformity;
mod freeze;
mod histories;
mod outline;
mod read_out;
mod scan;
mod signing;
mod table;
mod verdicts;
