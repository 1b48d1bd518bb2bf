//! The envelope: what the log keeps of an event, and the one place where older events become today's.

use domain::event::EVENT_VERSION;
use domain::{CommandId, Digest, Event, Millis, PersonId, SeatId, Seq};

/// What a stream is the log of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StreamKind {
    /// A mesa.
    Mesa,
    /// A plan.
    Plan,
}

/// An event to append.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRecord {
    /// What happened.
    pub event: Event,
    /// The command it comes from.
    pub command: CommandId,
    /// Which of the command's events, from 0.
    pub part: u16,
    /// When, by the server's clock, ms since the epoch.
    pub at: Millis,
    /// Who; none: the server itself.
    pub person: Option<PersonId>,
    /// In which seat.
    pub seat: Option<SeatId>,
    /// For which seat a helper typed.
    pub on_behalf: Option<SeatId>,
    /// When, by the device's clock.
    pub client_at: Option<Millis>,
    /// Random, so that the digest of an erased payload gives nothing away.
    pub salt: [u8; 16],
}

/// An event of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its place in the stream, from 1.
    pub seq: Seq,
    /// The chain's hash after it.
    pub hash: Digest,
    /// What happened, in the present version.
    pub event: Event,
    /// The command it comes from.
    pub command: CommandId,
    /// Which of the command's events, from 0.
    pub part: u16,
    /// When, by the server's clock, ms since the epoch.
    pub at: Millis,
    /// Who; none: the server itself.
    pub person: Option<PersonId>,
    /// In which seat.
    pub seat: Option<SeatId>,
    /// For which seat a helper typed.
    pub on_behalf: Option<SeatId>,
    /// When, by the device's clock.
    pub client_at: Option<Millis>,
}

/// Why the bytes of the log aren't an event.
#[derive(Debug, thiserror::Error)]
pub enum UpcastError {
    /// A newer program wrote it.
    #[error("version {found} of an event is newer than this program's {EVENT_VERSION}: a newer program wrote the log")]
    Future {
        /// The version.
        found: u16,
    },
    /// No program ever wrote that version.
    #[error("no event has version {found}")]
    UnknownVersion {
        /// The version.
        found: u16,
    },
    /// The bytes are another event than the row says.
    #[error("the payload is a {found}")]
    OtherEvent {
        /// What they are.
        found: &'static str,
    },
    /// The bytes can't be read.
    #[error("the payload can't be read: {0}")]
    Payload(#[from] serde_json::Error),
}

/// Reads an event of any version ever written.
///
/// # Errors
/// [`UpcastError`] when the version is from the future or the bytes aren't that event.
pub fn upcast(name: &str, version: u16, payload: &[u8]) -> Result<Event, UpcastError> {
    let event: Event = match version {
        EVENT_VERSION => serde_json::from_slice(payload)?,
        0 => return Err(UpcastError::UnknownVersion { found: version }),
        found => return Err(UpcastError::Future { found }),
    };
    if event.name() == name { Ok(event) } else { Err(UpcastError::OtherEvent { found: event.name() }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_of_a_newer_program_is_named_as_such() {
        let error = upcast("door_set", EVENT_VERSION + 1, br#"{"DoorSet":{"open":true}}"#);
        assert!(matches!(error, Err(UpcastError::Future { found }) if found == EVENT_VERSION + 1), "{error:?}");
    }

    #[test]
    fn a_payload_under_another_name_is_refused() {
        let error = upcast("phase_changed", EVENT_VERSION, br#"{"DoorSet":{"open":true}}"#);
        assert!(matches!(error, Err(UpcastError::OtherEvent { found: "door_set" })), "{error:?}");
    }

    #[test]
    fn the_first_version_reads_for_ever() {
        let event = upcast("door_set", 1, br#"{"DoorSet":{"open":true}}"#);
        assert_eq!(event.ok(), Some(Event::DoorSet { open: true }));
    }
}
