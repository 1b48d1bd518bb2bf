//! The live connection: the conversation, and its transports (a socket, or requests and an event
//! stream). Frames are encoded here, once for everyone who gets the same.

pub mod conversation;
mod outgoing;
pub mod socket;
pub mod stream;

pub(crate) use outgoing::Outgoing;
