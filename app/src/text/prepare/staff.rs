//! Who prepares and facilitates, and how they sign in.

use domain::MesaNumber;

use crate::text::form;

/// Below the heading of the staff.
pub const STAFF_LEAD: &str = "Quien prepara o facilita entra con su correo y su frase, desde cualquier equipo. Si el equipo de la facilitación se descompone a media mesa, entra desde otro y sigue donde iba.";
/// Adds somebody.
pub const STAFF_ADD: &str = "Agregar a alguien";
/// The button.
pub const STAFF_ADD_BUTTON: &str = "Agregar y hacer su enlace";
/// All mesas.
pub const ALL_MESAS: &str = "Todas";
/// Yourself.
pub const YOU: &str = "tú";
/// They have no passphrase yet.
pub const NO_PASSPHRASE: &str = "todavía no elige su frase";
/// Makes a link with which somebody chooses a passphrase.
pub const STAFF_LINK: &str = "Hacer otro enlace";
/// Takes a role.
pub const STAFF_REMOVE: &str = "Quitar";
/// The link that was just made.
pub fn staff_link(name: &str) -> String {
    format!(
        "Enlace para que {name} elija su frase. Sirve 7 días y una sola vez; solo se muestra ahora:"
    )
}
/// A role and its mesa.
pub fn staff_role(role: domain::Role, mesa: Option<MesaNumber>) -> String {
    match mesa {
        Some(mesa) => format!("{} · mesa {mesa}", form::role(role)),
        None => form::role(role).to_owned(),
    }
}

/// Heading of the page for signing in.
pub const SIGN_IN: &str = "Entrar a preparar o conducir";
/// Below it.
pub const SIGN_IN_LEAD: &str = "Para quien prepara o facilita. A la mesa se entra con el código que se proyecta o con el enlace personal.";
/// The button.
pub const SIGN_IN_BUTTON: &str = "Entrar";
/// They don't fit together.
pub const REFUSED: &str = "El correo y la frase no coinciden. Revísalos; si olvidaste tu frase, pide un enlace a quien administra el ejercicio.";
/// Several exercises.
pub const WHICH: &str = "A cuál ejercicio";
/// Heading of the page for choosing a passphrase.
pub const CHOOSE: &str = "Elige tu frase para entrar";
/// The button.
pub const CHOOSE_BUTTON: &str = "Guardar mi frase y entrar";
