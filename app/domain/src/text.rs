//! Texts: how they change, how they are brought back or taken out of the record, which characters
//! they may have.

pub mod alphabet;
pub mod patch;
pub mod recover;
pub mod redact;
pub mod words;
