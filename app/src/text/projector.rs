//! The projector. Few words, large.

use super::count;

/// Heading of the consolidated agreement.
pub const AGREEMENT: &str = "Acuerdo de la mesa";
/// Nothing agreed yet.
pub const NO_COMMITMENTS: &str = "Los compromisos aparecerán aquí en cuanto se escriban.";
/// Nothing is projected, for screen readers.
pub const BLANK: &str = "La pantalla está en blanco por ahora.";
/// Above the address.
pub const JOIN: &str = "Para entrar";
/// The alternative text of the QR code.
pub const QR: &str = "Código QR con la dirección para entrar a la mesa";
/// Name of the part of the footer that says how to join.
pub const INVITATION: &str = "Cómo entrar a la mesa";
/// No connection: the last state stays.
pub const OFFLINE: &str = "Sin conexión: se muestra lo último que llegó";
/// The view is frozen on this machine.
pub const HELD_HERE: &str = "En pausa en esta pantalla (tecla H para seguir)";
/// The facilitation has it stand still.
pub const HELD: &str = "En pausa";
/// The screen is blank on this machine.
pub const BLANKED_HERE: &str = "En blanco en esta pantalla (tecla B para volver)";
/// An activity without a due date.
pub const NO_DUE: &str = "sin fecha";
/// Label of the people affected by a problem.
pub const AFFECTED: &str = "Afecta a";
/// Label of a problem's place.
pub const PLACE: &str = "Dónde";
/// Before the continuation of a row or part.
pub const GOES_ON: &str = "(sigue)";
/// Label of a problem's origin.
pub const ORIGIN: &str = "Viene de";

/// The number of the part of a long list, and how many there are.
pub fn part(part: usize, of: usize) -> String {
    format!("Parte {part} de {of}")
}

/// Number of commitments and activities.
pub fn totals(commitments: usize, activities: usize) -> String {
    format!("{} · {}", count::commitments(commitments), count::activities(activities))
}

/// What is projected, for screen readers.
pub fn mirror(what: &str) -> String {
    format!("Se proyecta: {what}")
}
