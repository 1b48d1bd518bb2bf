//! The envelope of an event in the log, and the one place where older events are upcast to the
//! present version.

use domain::event::EVENT_VERSION;
use domain::{CommandId, Digest, Event, Millis, PersonId, SeatId, Seq};
use serde_json::Value;

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
    /// The seat in which it was done.
    pub seat: Option<SeatId>,
    /// The seat on whose behalf a helper typed.
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
    /// The seat in which it was done.
    pub seat: Option<SeatId>,
    /// The seat on whose behalf a helper typed.
    pub on_behalf: Option<SeatId>,
    /// When, by the device's clock.
    pub client_at: Option<Millis>,
}

/// Why bytes of the log aren't a valid event.
#[derive(Debug, thiserror::Error)]
pub enum UpcastError {
    /// A newer program wrote it.
    #[error(
        "version {found} of an event is newer than this program's {EVENT_VERSION}: a newer program wrote the log"
    )]
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
    /// The bytes are another event than the row's name says.
    #[error("the payload is a {found}")]
    OtherEvent {
        /// The event that they are.
        found: &'static str,
    },
    /// The bytes can't be read.
    #[error("the payload can't be read: {0}")]
    Payload(#[from] serde_json::Error),
}

/// Upcasts an event from one version to the next; `at` is the envelope's time.
type Upcast = fn(at: Millis, event: Value) -> Value;

/// From version 1 to 2, from 2 to 3, and so on: after the first release they stay for ever.
const UPCASTS: [Upcast; EVENT_VERSION as usize - 1] = [];

/// Reads an event of any version ever written; `at` is the envelope's time.
///
/// # Errors
/// [`UpcastError`] when the version is newer than this program or the bytes aren't that event.
pub fn upcast(name: &str, version: u16, at: Millis, payload: &[u8]) -> Result<Event, UpcastError> {
    upcast_by(&UPCASTS, name, version, at, payload)
}

fn upcast_by(
    upcasts: &[Upcast],
    name: &str,
    version: u16,
    at: Millis,
    payload: &[u8],
) -> Result<Event, UpcastError> {
    let unknown = UpcastError::UnknownVersion { found: version };
    let since = usize::from(version).checked_sub(1).ok_or(unknown)?;
    let steps = upcasts.get(since..).ok_or(UpcastError::Future { found: version })?;
    let event: Event = match steps {
        [] => serde_json::from_slice(payload)?,
        steps => serde_json::from_value(
            steps.iter().fold(serde_json::from_slice(payload)?, |event, step| step(at, event)),
        )?,
    };
    if event.name() == name {
        Ok(event)
    } else {
        Err(UpcastError::OtherEvent { found: event.name() })
    }
}

#[cfg(test)]
mod tests {
    use domain::{MesaNumber, conduct};

    use super::*;

    #[test]
    fn an_event_of_a_newer_program_is_named_as_such() {
        let error = upcast(
            "door_set",
            EVENT_VERSION + 1,
            0,
            br#"{"Conduct":[1,{"DoorSet":{"open":true}}]}"#,
        );
        assert!(
            matches!(error, Err(UpcastError::Future { found }) if found == EVENT_VERSION + 1),
            "{error:?}"
        );
        let error = upcast("door_set", 0, 0, br#"{"Conduct":[1,{"DoorSet":{"open":true}}]}"#);
        assert!(matches!(error, Err(UpcastError::UnknownVersion { found: 0 })), "{error:?}");
    }

    #[test]
    fn a_payload_under_another_name_is_refused() {
        let error = upcast(
            "phase_changed",
            EVENT_VERSION,
            0,
            br#"{"Conduct":[1,{"DoorSet":{"open":true}}]}"#,
        );
        assert!(matches!(error, Err(UpcastError::OtherEvent { found: "door_set" })), "{error:?}");
    }

    /// Made-up older bytes: a door that was ajar, and a phase without the time at which it began.
    #[test]
    fn an_older_event_is_read_step_by_step() {
        let door: Upcast = |_, mut event| {
            if let Some(Value::Object(door)) = event.pointer_mut("/Conduct/1/DoorSet")
                && let Some(ajar) = door.remove("ajar")
            {
                door.insert("open".to_owned(), ajar);
            }
            event
        };
        let phase: Upcast = |at, mut event| {
            if let Some(Value::Object(phase)) = event.pointer_mut("/Conduct/1/PhaseChanged") {
                phase.insert("at".to_owned(), at.into());
            }
            event
        };
        let read =
            |name, version, payload: &[u8]| upcast_by(&[door, phase], name, version, 7, payload);
        let open = Some(Event::Conduct(MesaNumber(1), conduct::Event::DoorSet { open: true }));
        assert_eq!(read("door_set", 1, br#"{"Conduct":[1,{"DoorSet":{"ajar":true}}]}"#).ok(), open);
        assert_eq!(read("door_set", 3, br#"{"Conduct":[1,{"DoorSet":{"open":true}}]}"#).ok(), open);
        let later = read("door_set", 2, br#"{"Conduct":[1,{"DoorSet":{"ajar":true}}]}"#);
        assert!(
            matches!(later, Err(UpcastError::Payload(_))),
            "a step is only for what is older: {later:?}"
        );
        for version in [1, 2] {
            let began = read(
                "phase_changed",
                version,
                br#"{"Conduct":[1,{"PhaseChanged":{"to":"Agreements"}}]}"#,
            )
            .ok();
            assert_eq!(
                began,
                Some(Event::Conduct(
                    MesaNumber(1),
                    conduct::Event::PhaseChanged { to: domain::Phase::Agreements, at: 7 }
                )),
                "version {version}"
            );
        }
        let last =
            read("phase_changed", 3, br#"{"Conduct":[1,{"PhaseChanged":{"to":"Agreements"}}]}"#);
        assert!(
            matches!(last, Err(UpcastError::Payload(_))),
            "the last version says it itself: {last:?}"
        );
        assert!(matches!(read("door_set", 4, b"{}"), Err(UpcastError::Future { found: 4 })));
    }
}
