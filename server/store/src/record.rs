//! The envelope: what the log keeps of an event, and the one place where older events become today's.

use domain::event::EVENT_VERSION;
use domain::{CommandId, Digest, Event, Millis, PersonId, Quota, SeatId, Seq};
use serde_json::Value;

/// What a stream is the log of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StreamKind {
    /// A mesa.
    Mesa,
    /// A plan.
    Plan,
}

domain::coded! { StreamKind { Mesa = "mesa", Plan = "plan" } }

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

/// Reads an event of any version ever written; `at` is the envelope's time.
///
/// # Errors
/// [`UpcastError`] when the version is from the future or the bytes aren't that event.
pub fn upcast(name: &str, version: u16, at: Millis, payload: &[u8]) -> Result<Event, UpcastError> {
    let event: Event = match version {
        // Version 4 only lacks what version 5 tells.
        EVENT_VERSION | 4 => serde_json::from_slice(payload)?,
        // What version 3 changed are new names alone.
        2 | 3 => from_version_3(at, serde_json::from_slice(payload)?)?,
        1 => from_version_3(at, from_version_1(at, serde_json::from_slice(payload)?)?)?,
        0 => return Err(UpcastError::UnknownVersion { found: version }),
        found => return Err(UpcastError::Future { found }),
    };
    if event.name() == name { Ok(event) } else { Err(UpcastError::OtherEvent { found: event.name() }) }
}

/// Version 1 didn't say when a phase began, nor what a mesa's quota and agenda are: the envelope's time, the template that the
/// process itself asks for, and no agenda.
fn from_version_1(at: Millis, mut event: Value) -> Result<Value, serde_json::Error> {
    if let Some(Value::Object(change)) = event.get_mut("PhaseChanged") {
        change.insert("at".to_owned(), at.into());
    }
    if let Some(Value::Object(card)) = event.get_mut("MesaOpened") {
        card.insert("quota".to_owned(), serde_json::to_value(Quota::TEMPLATE)?);
        card.insert("agenda".to_owned(), Value::Array(Vec::new()));
    }
    Ok(event)
}

/// Version 3 didn't say when someone came: the envelope's time.
fn from_version_3(at: Millis, mut event: Value) -> Result<Event, serde_json::Error> {
    if let Some(Value::Object(arrival)) = event.get_mut("Arrived") {
        arrival.insert("at".to_owned(), at.into());
    }
    serde_json::from_value(event)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_of_a_newer_program_is_named_as_such() {
        let error = upcast("door_set", EVENT_VERSION + 1, 0, br#"{"DoorSet":{"open":true}}"#);
        assert!(matches!(error, Err(UpcastError::Future { found }) if found == EVENT_VERSION + 1), "{error:?}");
    }

    #[test]
    fn a_payload_under_another_name_is_refused() {
        let error = upcast("phase_changed", EVENT_VERSION, 0, br#"{"DoorSet":{"open":true}}"#);
        assert!(matches!(error, Err(UpcastError::OtherEvent { found: "door_set" })), "{error:?}");
    }

    #[test]
    fn the_first_version_reads_for_ever() {
        let event = upcast("door_set", 1, 0, br#"{"DoorSet":{"open":true}}"#);
        assert_eq!(event.ok(), Some(Event::DoorSet { open: true }));
    }

    #[test]
    fn the_second_version_reads_for_ever() {
        let event = upcast("phase_changed", 2, 0, br#"{"PhaseChanged":{"to":"ReadOut","at":1795388117856}}"#);
        assert_eq!(event.ok(), Some(Event::PhaseChanged { to: domain::Phase::ReadOut, at: 1_795_388_117_856 }));
    }

    #[test]
    fn who_came_before_the_fourth_version_came_when_the_log_says() {
        let payload =
            br#"{"Arrived":{"person":"01a20578-935f-77ac-a419-99d7eee46c2e","organisation":"Barrio Norte","seat":null,"mode":"InRoom"}}"#;
        for version in 1..4 {
            let event = upcast("arrived", version, 1_795_388_117_856, payload);
            assert!(matches!(event, Ok(Event::Arrived { at: 1_795_388_117_856, .. })), "version {version}: {event:?}");
        }
        let event = upcast("arrived", EVENT_VERSION, 0, payload);
        assert!(matches!(event, Err(UpcastError::Payload(_))), "a later version says it itself: {event:?}");
    }

    // Bytes as the first version of the program wrote them.

    #[test]
    fn a_phase_of_the_first_version_began_when_the_log_says() {
        let event = upcast("phase_changed", 1, 1_795_388_117_856, br#"{"PhaseChanged":{"to":"Agreements"}}"#);
        assert_eq!(event.ok(), Some(Event::PhaseChanged { to: domain::Phase::Agreements, at: 1_795_388_117_856 }));
        let event = upcast("phase_changed", EVENT_VERSION, 0, br#"{"PhaseChanged":{"to":"Agreements"}}"#);
        assert!(matches!(event, Err(UpcastError::Payload(_))), "a later version says it itself: {event:?}");
    }

    #[test]
    fn a_mesa_of_the_first_version_has_the_process_s_quota_and_no_agenda() {
        let card = r#"{"MesaOpened":{"exercise":"01a20578-935f-77ac-a419-99d7eee46c2e","plan":"01a20578-935f-77ac-a419-99c14f9b6da4","exercise_name":"Gobierno Abierto Sierra Clara 2026","municipality":"Valle Hondo","number":1,"theme":"Servicios, agua y cuidados","venue":"Salón de cabildo, Valle Hondo","mode":"Hybrid","starts_at":1788451200000,"ends_at":1788460200000,"plan_starts":"2026-10-01","plan_ends":"2027-09-30","axes":[{"number":1,"name":"Derechos humanos y estado de derecho"}]}}"#;
        let Ok(Event::MesaOpened(card)) = upcast("mesa_opened", 1, 0, card.as_bytes()) else { panic!("a mesa is opened") };
        assert_eq!((card.quota, card.agenda, card.axes.len()), (Quota::TEMPLATE.to_vec(), Vec::new(), 1));
    }

    #[test]
    fn the_first_version_s_name_still_has_to_be_the_payload_s() {
        let error = upcast("mesa_opened", 1, 0, br#"{"PhaseChanged":{"to":"Agreements"}}"#);
        assert!(matches!(error, Err(UpcastError::OtherEvent { found: "phase_changed" })), "{error:?}");
    }
}
