//! How someone attends, what they allow, and the privacy notice.

use domain::exercise::NoticeVersion;
use domain::people::attendance::AttendanceMode;

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
/// Link back into the mesa.
pub const BACK: &str = "Volver a la mesa";

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
