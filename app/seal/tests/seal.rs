//! Seals: what is sealed reads back, and whatever is changed afterwards is named.

#![allow(clippy::unwrap_used)]

#[path = "seal/changed.rs"]
mod changed;
#[path = "seal/keys.rs"]
mod keys;
#[path = "seal/made.rs"]
mod made;
#[path = "seal/page.rs"]
mod page;
