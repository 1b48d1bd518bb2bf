//! How someone attends, what they allow, and the privacy notice.

use domain::exercise::NoticeVersion;
use domain::people::attendance::AttendanceMode;

use crate::page::plain::DoorProblem;

/// Heading of the page, and the link to it.
pub const HEADING: &str = "Mi asistencia";
/// Question: how one attends.
pub const MODE: &str = "¿Cómo participas?";
/// Label of the checkbox for publishing the name.
pub const NAME_PUBLIC: &str = "Mi nombre puede aparecer en las actas públicas";
/// Hint below it.
pub const NAME_PUBLIC_HINT: &str = "Si no lo marcas, en público solo aparece tu organización. Puedes cambiarlo después en Mi asistencia.";
/// The privacy notice.
pub const NOTICE: &str = "Aviso de privacidad";
/// Link to the full privacy notice.
pub const FULL_NOTICE: &str = "Leer el aviso completo";
/// Shown when there is no notice.
pub const NO_NOTICE: &str =
    "Quien convoca este ejercicio todavía no ha publicado su aviso de privacidad.";
/// Saves.
pub const SAVE: &str = "Guardar";
/// It was saved.
pub const SAVED: &str = "Se guardó.";
/// Heading above what one can do with one's data.
pub const OWN_DATA: &str = "Mis datos";
/// Link to the file with what is kept of oneself.
pub const DOWNLOAD: &str = "Descargar lo que se guarda de mí";
/// What is in it.
pub const DOWNLOAD_HINT: &str = "Un archivo con tu nombre, tus asistencias, los avisos que aceptaste y lo que escribiste. Lo abre cualquier editor de texto.";
/// Unfolds the form that corrects name and organisation.
pub const CORRECT: &str = "Corregir mi nombre o mi organización";
/// Label of the organisation that a seat belongs to.
pub const OF_THE_SEAT: &str =
    "La organización es la de tu lugar. Si no es correcta, avisa a la facilitación.";
/// Saves a correction.
pub const SAVE_CORRECTION: &str = "Guardar la corrección";
/// What else one may ask for.
pub const OTHER_CORRECTIONS: &str = "Lo demás lo corrige o lo borra quien convoca este ejercicio. Pídelo aquí, o como dice el aviso de privacidad.";
/// Link back into the mesa.
pub const BACK: &str = "Volver a la mesa";

/// Why a correction wasn't saved.
pub fn not_corrected(problem: DoorProblem) -> &'static str {
    match problem {
        DoorProblem::NameMissing => "Falta tu nombre. Escríbelo y guarda la corrección.",
        DoorProblem::NotPlain | DoorProblem::Closed => super::entry::problem(problem),
    }
}

/// A way of attending.
pub fn mode(mode: AttendanceMode) -> &'static str {
    match mode {
        AttendanceMode::InRoom => "En la sala",
        AttendanceMode::Remote => "A distancia",
        AttendanceMode::Assisted => "Con ayuda de otra persona",
    }
}

/// How one takes part unless that is changed; unfolds the choices.
pub fn as_chosen(chosen: AttendanceMode) -> String {
    format!("Participo: {} · Cambiar", mode(chosen))
}

/// The version of the notice.
pub fn version(version: NoticeVersion) -> String {
    format!("Versión {version}")
}

/// That entering accepts this version.
pub fn accepting(version: NoticeVersion) -> String {
    format!("Al entrar aceptas el aviso de privacidad (versión {version}).")
}

/// The version that was accepted, and that saving accepts a newer one.
pub fn accepted(accepted: Option<NoticeVersion>, now: NoticeVersion) -> String {
    match accepted {
        Some(version) if version == now => {
            format!("Aceptaste el aviso de privacidad, versión {version}.")
        }
        Some(version) => format!(
            "Aceptaste la versión {version}. Hay una nueva: al guardar aceptas la versión {now}."
        ),
        None => format!("Al guardar aceptas el aviso de privacidad, versión {now}."),
    }
}
