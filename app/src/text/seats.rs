//! The seats of an exercise and their personal links.

use domain::exercise::Sector;

use crate::page::setup::SeatProblem;

/// Heading.
pub const HEADING: &str = "Lugares y enlaces";
/// Below it.
pub const LEAD: &str = "Cada organización entra a la mesa con su enlace personal. Quien no tiene lugar entra con la clave que se proyecta.";
/// Heading of the list.
pub const ACTORS: &str = "Organizaciones";
/// Nobody has a seat.
pub const EMPTY: &str = "Todavía no hay organizaciones. Agrega la primera.";
/// Heading of the form.
pub const ADD: &str = "Agregar una organización";
/// Label of its name.
pub const ORGANISATION: &str = "Nombre de la organización";
/// Label of its sector.
pub const SECTOR: &str = "Sector";
/// Label of whether it signs.
pub const SIGNS: &str = "Firma el plan";
/// Of one that doesn't sign.
pub const DOES_NOT_SIGN: &str = "no firma";
/// The button that adds.
pub const ADD_BUTTON: &str = "Agregar";
/// Heading of the links.
pub const LINKS: &str = "Enlaces personales";
/// What becomes of them.
pub const LINKS_LEAD: &str = "Se hace un enlace nuevo para cada organización, con su código QR, listo para imprimir y recortar. Los enlaces de antes siguen sirviendo. Por seguridad solo se muestran ahora: imprime la página o guarda los enlaces antes de salir.";
/// The button that makes them.
pub const MAKE: &str = "Hacer los enlaces";
/// On a card.
pub const CARD: &str =
    "Tu lugar en la mesa. Escanea el código o escribe la dirección; es personal.";
/// Back to the desk.
pub const DESK: &str = "Ir a conducir la mesa";

/// A sector of one organisation.
pub fn sector(sector: Sector) -> &'static str {
    match sector {
        Sector::PublicInstitution => "Institución pública",
        other => crate::text::public::sector(Some(other)),
    }
}

/// The sectors, in the order of the list.
pub const SECTORS: [Sector; 7] = [
    Sector::CivilSociety,
    Sector::Citizens,
    Sector::Academia,
    Sector::PrivateSector,
    Sector::PublicInstitution,
    Sector::Guarantor,
    Sector::Facilitation,
];

/// Why an organisation wasn't added.
pub fn problem(problem: SeatProblem) -> &'static str {
    match problem {
        SeatProblem::Missing => "Falta el nombre de la organización.",
        SeatProblem::NotPlain => {
            "El nombre tiene caracteres que no se pueden mostrar, o más de 240 letras."
        }
        SeatProblem::Known => "Esa organización ya tiene su lugar.",
        SeatProblem::Full => "Ya no caben más organizaciones en este ejercicio.",
    }
}
