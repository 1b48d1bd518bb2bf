//! Texts: how they change, how they are recovered and redacted, which characters they may have.

pub mod alphabet;
pub mod free;
pub mod patch;
pub mod recover;
pub mod redact;
pub mod words;
