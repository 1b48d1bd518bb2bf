//! The home page and the door.

use domain::{MesaNumber, Role};

use crate::page::plain::{DoorProblem, MesaLink, Signs};

/// What this is, below the home page's heading.
pub const LEAD: &str =
    "Aquí se acuerdan, a la vista de todas las personas, los compromisos del Plan de Acción Local.";
/// Heading of the field for the code.
pub const JOIN: &str = "Entrar a una mesa";
/// Label of the field for the code.
pub const CODE: &str = "Clave que se proyecta en la sala, o el código de tu tarjeta";
/// Button after the code.
pub const GO: &str = "Continuar";
/// The code is unknown.
pub const UNKNOWN_CODE: &str = "Ninguna mesa tiene esa clave, ni ningún lugar. Revísala en la pantalla de la sala o en tu tarjeta: son letras y números.";
/// Heading of the list of exercises.
pub const EXERCISES: &str = "Ejercicios que se siguen en público";
/// Label of the search.
pub const SEARCH: &str = "Buscar por nombre, municipio o tema";
/// The button after it.
pub const SEARCH_DO: &str = "Buscar";
/// Link to all exercises after a search.
pub const SEE_ALL: &str = "Ver todos";
/// Link to the public page of a mesa.
pub const PUBLIC: &str = "Ver la mesa en público";
/// No mesas yet.
pub const NO_MESAS: &str = "Todavía no hay mesas. Quien administra el servidor abre la primera con el enlace «Crear tu ejercicio» de su terminal; si lo perdió, lo pide con «mesa admin link».";

/// Heading of the door.
pub fn door(mesa: &MesaLink, signs: Signs) -> String {
    match signs {
        Signs::Now => "Firmar el Plan de Acción Local".to_owned(),
        Signs::Later | Signs::Never => format!("Entrar a la mesa {}", mesa.mesa.number),
    }
}

/// A mesa in a list.
pub fn mesa(mesa: &MesaLink) -> String {
    format!("Mesa {} · {}", mesa.mesa.number, mesa.theme)
}

/// A mesa of an exercise in a list.
pub fn theme(number: MesaNumber, theme: &str) -> String {
    format!("Mesa {number} · {theme}")
}

/// How many exercises a search found.
pub fn found(found: usize, of: usize) -> String {
    match found {
        0 => format!("Ninguno de los {of} ejercicios tiene esas palabras."),
        found => format!("{found} de {of} ejercicios."),
    }
}

/// Below the door's heading, for someone with a seat of an organisation.
pub fn seat(organisation: &str) -> String {
    format!("Este enlace es el lugar de {organisation}.")
}

/// Below the door's heading, by role, for someone without a seat.
pub fn entering_as(role: Role) -> &'static str {
    match role {
        Role::Facilitator => "Este enlace es de la facilitación de la mesa.",
        Role::CoFacilitator => "Este enlace es de la cofacilitación de la mesa.",
        Role::Rapporteur => "Este enlace es de la relatoría de la mesa.",
        Role::Administrator => "Este enlace es de la administración.",
        Role::Actor | Role::Participant | Role::Follower | Role::Projector => {
            "Escribe tu nombre para entrar. No hace falta contraseña."
        }
    }
}

/// Before the name of someone who came to another mesa of the exercise on this device.
pub const KNOWN_AS: &str = "Ya estás en este ejercicio como ";
/// After it.
pub const KNOWN: &str = "Toca Entrar para venir también a esta mesa.";
/// Before the name of who was invited to the seat.
pub const INVITED: &str = "Este lugar es de ";
/// After it.
pub fn invited_next(signs: Signs) -> &'static str {
    match signs {
        Signs::Now => "Si eres tú, entra: ahí lees el plan y lo firmas.",
        Signs::Later | Signs::Never => "Si eres tú, toca Entrar.",
    }
}
/// For somebody else.
pub const NOT_INVITED: &str =
    "¿No eres esa persona? Pide a la facilitación un enlace con tu nombre.";
/// For somebody else: link to the page where one leaves the device.
pub const NOT_ME: &str = "No soy esa persona";

/// Label of the name.
pub const NAME: &str = "Tu nombre";
/// Label of the organisation.
pub const ORGANISATION: &str = "Tu organización o comunidad";
/// Hint below the organisation.
pub const ORGANISATION_HINT: &str = "Si vienes por tu cuenta, déjalo en blanco.";
/// Who sees the name.
pub fn privacy(signs: Signs) -> &'static str {
    match signs {
        Signs::Never => "Tu nombre completo solo lo ve la facilitación.",
        Signs::Later => {
            "Tu nombre completo solo lo ve la facilitación. Si firmas el plan, se imprime ahí junto a tu firma."
        }
        Signs::Now => {
            "Tu nombre completo solo lo ve la facilitación, hasta que firmas: entonces se imprime en el plan junto a tu firma."
        }
    }
}
/// The line about the name at the table, before that is known.
pub const CALLED_YET: &str = "En la mesa te verán como…";
/// The button that enters.
pub fn enter(signs: Signs) -> &'static str {
    match signs {
        Signs::Now => "Entrar a leer y firmar",
        Signs::Later | Signs::Never => "Entrar",
    }
}

/// Before the name that they will be called by at the table.
pub const CALLED_AS: &str = "En la mesa te verán como ";
/// They sent the form before they could read that.
pub fn confirm(signs: Signs) -> String {
    format!("Si está bien, toca {} otra vez.", enter(signs))
}

/// What was wrong with the form.
pub fn problem(problem: DoorProblem) -> &'static str {
    match problem {
        DoorProblem::NameMissing => "Falta tu nombre. Escríbelo y toca Entrar.",
        DoorProblem::NotPlain => {
            "Tu nombre o tu organización tienen caracteres que no se pueden mostrar, o son demasiado largos. Escríbelos con menos de 240 letras."
        }
        DoorProblem::Closed => {
            "La puerta está cerrada por ahora. Escribe tu nombre y toca Entrar: la facilitación ve que esperas y te admite."
        }
    }
}
