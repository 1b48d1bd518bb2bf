//! The projector. Few words, large.

use super::count;

/// Heading of the consolidated agreement.
pub const AGREEMENT: &str = "Acuerdo de la mesa";
/// Nothing agreed yet.
pub const NO_COMMITMENTS: &str = "Los compromisos aparecerán aquí en cuanto se escriban.";
/// Nothing is projected, for screen readers.
pub const BLANK: &str = "La pantalla está en blanco por ahora.";
/// Over the address.
pub const JOIN: &str = "Para entrar";
/// The QR, for who can't see it.
pub const QR: &str = "Código QR con la dirección para entrar a la mesa";
/// Name of the footer's part that says how to come in.
pub const INVITATION: &str = "Cómo entrar a la mesa";
/// No connection: the last state stays.
pub const OFFLINE: &str = "Sin conexión: se muestra lo último que llegó";
/// This machine holds what is seen.
pub const HELD_HERE: &str = "En pausa en esta pantalla (tecla H para seguir)";
/// This machine shows nothing.
pub const BLANKED_HERE: &str = "En blanco en esta pantalla (tecla B para volver)";
/// An activity without a due date.
pub const NO_DUE: &str = "sin fecha";
/// Who is affected by a problem.
pub const AFFECTED: &str = "Afecta a";
/// Where a problem is.
pub const PLACE: &str = "Dónde";
/// Before what goes on from the row above or the part before.
pub const GOES_ON: &str = "(sigue)";
/// Where a problem comes from.
pub const ORIGIN: &str = "Viene de";

/// Which part of a longer list is shown.
pub fn part(part: usize, of: usize) -> String {
    format!("Parte {part} de {of}")
}

/// How much there is.
pub fn totals(commitments: usize, activities: usize) -> String {
    format!("{} · {}", count::commitments(commitments), count::activities(activities))
}

/// What is shown, for screen readers.
pub fn mirror(what: &str) -> String {
    format!("Se proyecta: {what}")
}
