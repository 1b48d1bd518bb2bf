//! The hash chain of a stream. Pure, and never to be changed: another byte here breaks every
//! existing log.
//!
//! ```text
//! content_hash = SHA-256(salt ‖ payload)
//! hash         = SHA-256(previous ‖ header ‖ content_hash)
//! hash at 0    = SHA-256("mesa abierta, stream" ‖ stream)
//! header       = stream (16) ‖ seq (u64) ‖ length of name (u16) ‖ name ‖ version (u16) ‖ time (i64, ms) ‖ seat? ‖ person?
//!                ‖ on behalf? ‖ command (16) ‖ part (u16) ‖ client time? (i64, ms)
//! ```
//!
//! Numbers are big-endian; an optional value is one byte 0, or one byte 1 and the value. The
//! payload enters only by its digest, so that salt and payload can be erased without breaking the
//! chain.

use domain::{CommandId, Digest, Millis, PersonId, SeatId, Seq, StreamId};
use sha2::{Digest as _, Sha256};

/// The end of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its last event; 0 before the first.
    pub seq: Seq,
    /// The chain's hash after it.
    pub hash: Digest,
}

impl Head {
    /// The head of a stream without events.
    pub fn start(stream: StreamId) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(b"mesa abierta, stream");
        hasher.update(stream.0.as_bytes());
        Self { seq: 0, hash: Digest(hasher.finalize().into()) }
    }
}

/// What the chain covers of an event besides its payload.
#[derive(Clone, Copy, Debug)]
pub struct Header<'a> {
    /// The stream.
    pub stream: StreamId,
    /// The event's seq.
    pub seq: Seq,
    /// The event's name.
    pub name: &'a str,
    /// The event's schema version.
    pub version: u16,
    /// When, by the server's clock, ms since the epoch.
    pub at: Millis,
    /// The seat in which it was done.
    pub seat: Option<SeatId>,
    /// The person who did it.
    pub person: Option<PersonId>,
    /// The seat on whose behalf it was done.
    pub on_behalf: Option<SeatId>,
    /// The command it comes from.
    pub command: CommandId,
    /// Which of the command's events.
    pub part: u16,
    /// When, by the device's clock.
    pub client_at: Option<Millis>,
}

impl Header<'_> {
    fn feed(&self, hasher: &mut Sha256) {
        hasher.update(self.stream.0.as_bytes());
        hasher.update(self.seq.to_be_bytes());
        // Event names are short.
        hasher.update(u16::try_from(self.name.len()).unwrap_or(u16::MAX).to_be_bytes());
        hasher.update(self.name.as_bytes());
        hasher.update(self.version.to_be_bytes());
        hasher.update(self.at.to_be_bytes());
        optional(hasher, self.seat.map(|seat| seat.0.into_bytes()));
        optional(hasher, self.person.map(|person| person.0.into_bytes()));
        optional(hasher, self.on_behalf.map(|seat| seat.0.into_bytes()));
        hasher.update(self.command.0.as_bytes());
        hasher.update(self.part.to_be_bytes());
        optional(hasher, self.client_at.map(i64::to_be_bytes));
    }
}

fn optional<const N: usize>(hasher: &mut Sha256, value: Option<[u8; N]>) {
    match value {
        None => hasher.update([0]),
        Some(bytes) => {
            hasher.update([1]);
            hasher.update(bytes);
        }
    }
}

/// Digest of an event's content: its salt and the exact bytes of its payload.
pub fn content_hash(salt: &[u8], payload: &[u8]) -> Digest {
    let mut hasher = Sha256::new();
    hasher.update(salt);
    hasher.update(payload);
    Digest(hasher.finalize().into())
}

/// The chain's hash after one more event.
pub fn hash(previous: Digest, header: &Header<'_>, content: Digest) -> Digest {
    let mut hasher = Sha256::new();
    hasher.update(previous.0);
    header.feed(&mut hasher);
    hasher.update(content.0);
    Digest(hasher.finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed outside this program from the description above.
    const START: &str = "c8fe05c831e7c1991a07f3aaebb456c81a9b53be6351c0d2424292be84c7844a";
    const CONTENT: &str = "d367c4c0f1a3dd6916e22735b7f101d3efea1b3cdda14c02dd69f7d1ad6c9d14";
    const FIRST: &str = "904dceb686a3dadc8b2f34c1d90021633b0d0f18d9c28a15a5f11b054064d48a";
    const SECOND: &str = "839c0d134409669d93b580c43fffac9c1783d5afc754f06bc78f903ff45e8c62";

    #[test]
    fn the_chain_is_the_one_that_is_described() {
        let id = |byte| sea_orm::prelude::Uuid::from_bytes([byte; 16]);
        let stream =
            StreamId(sea_orm::prelude::Uuid::from_bytes(std::array::from_fn(|place| place as u8)));
        let content = content_hash(&[7; 16], br#"{"DoorSet":{"open":true}}"#);
        let first = Header {
            stream,
            seq: 1,
            name: "door_set",
            version: 1,
            at: 1_766_000_000_000,
            seat: Some(SeatId(id(0x11))),
            person: Some(PersonId(id(0x22))),
            on_behalf: None,
            command: CommandId(id(0x33)),
            part: 2,
            client_at: Some(-5),
        };
        let second = Header {
            seq: 2,
            at: first.at + 1,
            seat: None,
            person: None,
            part: 3,
            client_at: None,
            ..first
        };
        let start = Head::start(stream).hash;
        let after_first = hash(start, &first, content);
        assert_eq!(start.to_string(), START);
        assert_eq!(content.to_string(), CONTENT);
        assert_eq!(after_first.to_string(), FIRST);
        assert_eq!(hash(after_first, &second, content).to_string(), SECOND);
    }
}
