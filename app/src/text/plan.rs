//! The versions of the plan and their documents.

use domain::Date;

use super::date;

/// Heading.
pub const HEADING: &str = "Plan de Acción Local";
/// There is no version yet.
pub const NONE: &str =
    "Todavía no hay una versión: los textos se congelan cuando empieza la lectura.";
/// Link to the plan with its documents.
pub const SEE_COPIES: &str = "Ver el plan y sus copias";
/// Link to the draft.
pub const DRAFT: &str = "Borrador de hoy (PDF)";
/// Link to the public copy.
pub const PUBLIC_COPY: &str = "Descargar el plan (PDF)";
/// Link to the copy with everything.
pub const FULL_COPY: &str = "Versión íntegra (PDF)";
/// Link to the copy to be signed on paper.
pub const PAPER_COPY: &str = "Para firmar en papel (PDF)";
/// Link to the canonical text.
pub const CANONICAL: &str = "Texto para programas (JSON)";
/// Before the code.
pub const CODE: &str = "Código del texto (SHA-256):";
/// Link to what a version says otherwise, for programs.
pub const CHANGES: &str = "Lo que cambió (JSON)";
/// Heading of minutes and lists.
pub const RECORD: &str = "Minuta y asistencia";
/// Link to the minutes.
pub const MINUTES: &str = "Minuta (PDF)";
/// Link to the list of attendance.
pub const ATTENDANCE: &str = "Lista de asistencia (PDF)";
/// Link to the public page.
pub const PUBLIC_PAGE: &str = "Ver la página pública";
/// Heading of what is looked over.
pub const BEFORE: &str = "Antes de la lectura";
/// Below it.
pub const BEFORE_LEAD: &str = "Al empezar la lectura los textos se congelan. Esto es lo que el documento no podría mostrar como está escrito.";
/// Everything can be shown.
pub const ALL_SHOWN: &str = "El documento muestra todas las letras.";
/// Back to the desk.
pub const TO_THE_DESK: &str = "Volver a la conducción";

/// The folio.
pub fn folio(folio: &str) -> String {
    format!("Folio {folio}")
}

/// What the file of the copy with everything is called.
pub fn full_file(version: u16, signed: bool) -> String {
    if signed {
        format!("versión {version} firmada.pdf")
    } else {
        format!("versión {version} congelada, sin firmas.pdf")
    }
}

/// What the file of the public copy is called.
pub fn public_file(version: u16) -> String {
    format!("versión {version} pública.pdf")
}

/// What the file of the copy for paper is called.
pub fn paper_file(version: u16) -> String {
    format!("versión {version} para firmar en papel.pdf")
}

/// A version's heading.
pub fn version(number: u16, newest: bool) -> String {
    if newest { format!("Versión {number}, la vigente") } else { format!("Versión {number}") }
}

/// When it was frozen.
pub fn frozen(at: Option<(Date, (u8, u8))>) -> String {
    at.map_or_else(String::new, |(day, time)| {
        format!("Congelada el {} a las {} h", date::date(day), date::time_of_day(time))
    })
}

/// A character that can't be shown as it is.
pub fn unshown(word: &str, character: &str, stand_in: Option<&str>) -> String {
    match stand_in {
        Some(stand_in) => format!(
            "En «{word}», el documento no puede mostrar «{character}»: pondría {stand_in} en su lugar."
        ),
        None => format!(
            "En «{word}», «{character}» se ve bien, pero se copia dos veces al copiar el texto."
        ),
    }
}
