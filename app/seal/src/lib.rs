//! The seal of a document: what a server states of a PDF, signed with its Ed25519 key and put into
//! the PDF itself, so that whoever has the file and the server's public key needs nothing else to
//! know that it is what it was (`docs/verifying.md`).
//!
//! Pure: no clock, no randomness, no file. Keys and times are arguments. It compiles for browsers.

mod attachment;
mod canonical;
mod content;
mod facts;
mod hex;
mod key;
mod log;
mod read;
mod trailer;
mod update;

pub use attachment::attached;
pub use canonical::canonical;
pub use facts::{Capacity, Edition, Facts, Head, Signer, Standing};
pub use hex::{Digest, HexError, PublicKey, Signature};
pub use key::{Key, KeyChange, KeyRecord};
pub use log::{Entry, Line, LogError, check_log};
pub use read::{Change, ReadError, read};
pub use update::{FORM, Seal, SealError, Statement, sealed};
