//! Who prepares and facilitates, and how they sign in.

use domain::MesaNumber;

use crate::page::prepare::Moment;
use crate::text::{date, form};

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

/// Heading of the links that lead in without a passphrase.
pub const LINKS: &str = "Enlaces que dejan entrar sin frase";
/// Below it.
pub const LINKS_LEAD: &str = "Los de facilitación dejan conducir la mesa a quien los tenga; los de proyector solo la muestran.";
/// Ends a link.
pub const LINK_END: &str = "Terminar el enlace";
/// Also signs out who came in with such a link.
pub const LINK_SIGNS_OUT: &str = "y que salga quien entró con uno así";
/// When a link was made, and until when it is valid.
pub fn link_lasts(made: Option<Moment>, until: Option<Moment>) -> String {
    let made = made.map(|(day, _)| format!("Hecho el {}. ", date::date(day))).unwrap_or_default();
    match until {
        Some((day, _)) => format!("{made}Sirve hasta el {}.", date::date(day)),
        None => format!("{made}Sirve hasta que se termine."),
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
/// Link to the page on which one asks for another passphrase, and its heading.
pub const FORGOTTEN: &str = "Olvidé mi frase";
/// What happens.
pub const FORGOTTEN_LEAD: &str = "Escribe el correo con el que preparas o facilitas. Te llega un enlace para elegir otra frase; sirve 10 minutos y una sola vez.";
/// The button.
pub const FORGOTTEN_BUTTON: &str = "Enviarme el enlace";
/// The same for everybody.
pub const FORGOTTEN_SENT: &str = "Si ese correo es de alguien que prepara o facilita, el enlace le llega en unos minutos. Revisa también el correo no deseado. Si no llega, pídelo a quien administra el ejercicio.";
/// This server sends no mail.
pub const FORGOTTEN_OFF: &str = "Este servidor no envía correo. Pide un enlace a quien administra el ejercicio (en «Quién prepara») o el servidor (con «mesa admin reset»).";
/// Back to signing in.
pub const FORGOTTEN_BACK: &str = "Volver a entrar con mi frase";
/// Several exercises.
pub const WHICH: &str = "A cuál ejercicio";
/// Heading of the page for choosing a passphrase.
pub const CHOOSE: &str = "Elige tu frase para entrar";
/// The button.
pub const CHOOSE_BUTTON: &str = "Guardar mi frase y entrar";
