//! RFC 3161: what a time-stamping authority is asked, and judging what it answers. An answer that
//! holds proves that bytes with a SHA-256 existed at a time, by the authority's clock and word.
//!
//! Bytes in, bytes out: no connection, no clock, no randomness. Signed messages and certificates
//! are read by `cms`, signatures and chains verified by `webpki`; the few forms of RFC 3161 itself
//! are in `forms.rs`, because `x509-tsp` refuses fractions of a second and most reasons of a refusal.

mod answer;
mod authorities;
mod forms;
mod query;
mod signer;
mod wrong;

pub use answer::{LONGEST, Stamp, accepted, read};
pub use authorities::{Authorities, NoAuthorities};
pub use query::Query;
pub use wrong::{Refusal, Wrong};
