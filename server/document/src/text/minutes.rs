//! Sentences of minutes and attendance lists.

use super::{capital, clock, joined, sentence};
use crate::date::Moment;
use crate::seal::Seal;

/// What the document is.
pub const MINUTES: &str = "Minuta de la mesa de diálogo";
/// What the document is.
pub const ATTENDANCE: &str = "Lista de asistencia";
/// Label of a fact.
pub const CONVENES: &str = "Convoca";
/// Label of a fact.
pub const PLACE: &str = "Lugar";
/// Label of a fact.
pub const DATE: &str = "Fecha y modalidad";
/// Label of a fact.
pub const PLANNED_HOURS: &str = "Horario previsto";
/// Label of a fact.
pub const ACTUAL_HOURS: &str = "Horario real";
/// Label of a fact.
pub const QUORUM: &str = "Quórum";
/// Label of a fact.
pub const FACILITATES: &str = "Facilita";
/// Label of a fact.
pub const WRITES: &str = "Relata";
/// Label of a fact.
pub const READ_OUT: &str = "Lectura de acuerdos";
/// Label of a fact.
pub const ATTENDEES: &str = "Asistentes";

/// The title of the minutes of a mesa.
pub fn minutes_title(number: u32) -> String {
    format!("{MINUTES} {number}")
}

/// The title of the list of a mesa.
pub fn attendance_title(number: u32) -> String {
    format!("{ATTENDANCE}, mesa {number}")
}

/// For the head of each page.
pub fn seal(seal: &Seal) -> &'static str {
    match seal {
        Seal::Draft { .. } => "Borrador",
        Seal::Sealed { .. } => "",
    }
}

/// "19 min".
pub fn minutes_long(minutes: u32) -> String {
    format!("{minutes}\u{a0}min")
}

/// How long somebody spoke, to the second: "4:05".
pub fn time_spoken(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// "16:07 a 18:52 h".
pub fn span(from: Moment, to: Moment) -> String {
    let first = clock(from);
    let first = first.trim_end_matches('h').trim_end_matches('\u{a0}');
    format!("{first} a {}", clock(to))
}

/// "16:07 h", or "16:07 a 17:30 h" when somebody left before the end.
pub fn hours(arrived: Option<Moment>, left: Option<Moment>) -> String {
    match (arrived, left) {
        (Some(arrived), Some(left)) => span(arrived, left),
        (Some(one), None) | (None, Some(one)) => clock(one),
        (None, None) => String::new(),
    }
}

/// Who noted it and when: "La facilitación, 17:20 h."
pub fn noted(by: &str, at: Option<Moment>) -> String {
    let at = at.map(clock).unwrap_or_default();
    match joined(&[&capital(by.trim()), &at], ", ") {
        said if said.is_empty() => said,
        // "h" is an abbreviation without a stop.
        said => sentence(&said),
    }
}

/// Under an objection.
pub fn objection(at: Option<Moment>) -> String {
    match at {
        Some(at) => format!("Objeción de las {}, copiada tal como se escribió.", clock(at)),
        None => "Objeción copiada tal como se escribió.".to_owned(),
    }
}

/// "Compromiso 4".
pub fn commitment_number(number: u32) -> String {
    format!("Compromiso {number}")
}
