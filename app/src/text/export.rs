//! Names of the open data's tables and columns, where the sheets don't have words for them already.

/// The workbook's file name; the mesa's number and theme go before it.
pub const WORKBOOK: &str = "compromisos";
/// The commitments.
pub const COMMITMENTS: &str = "Compromisos";
/// The activities.
pub const ACTIVITIES: &str = "Actividades";
/// The problems.
pub const PROBLEMS: &str = "Problemas";
/// Which commitment answers which problems.
pub const ANSWERS: &str = "Problemas que atiende cada compromiso";
/// Id of a row.
pub const ID: &str = "Clave";
/// Its place in the list.
pub const NUMBER: &str = "Número";
/// A commitment's name.
pub const NAME: &str = "Nombre";
/// The commitment of an activity, by its number.
pub const COMMITMENT: &str = "Compromiso";
/// The commitment of an activity, by its name.
pub const COMMITMENT_NAME: &str = "Nombre del compromiso";
/// An activity, by its number.
pub const ACTIVITY: &str = "Actividad";
/// The commitment of a row, by its id.
pub const COMMITMENT_ID: &str = "Clave del compromiso";
/// The problem of a row, by its id.
pub const PROBLEM_ID: &str = "Clave del problema";
/// The problem that one was merged into, by its id.
pub const MERGED_INTO: &str = "Clave del problema con que se unió";
/// Who confirmed that a commitment is feasible, or what is reserved.
pub const FEASIBILITY_NOTE: &str = "Quién confirma la viabilidad o cuáles reservas";
/// A Sustainable Development Goal of a commitment, by its number.
pub const SDG: &str = "Objetivo de Desarrollo Sostenible";

/// Heading of a narrow column of numbers.
pub const NUMBER_SHORT: &str = "Núm.";

/// Footer of a printed page: sheet, page and number of pages.
pub fn foot(mesa: &str) -> String {
    // An ampersand begins a field code in a footer.
    format!("&L{} · &A&RPágina &P de &N", mesa.replace('&', "&&"))
}

/// Title of the workbook and of the tables together; `mesa` is the mesa's heading.
pub fn title(mesa: &str) -> String {
    format!("{mesa}: compromisos, actividades y problemas")
}

/// Description of the data package, for a reader who has only that file; `pattern` matches
/// redactions.
pub fn description(pattern: &str) -> String {
    format!(
        "Compromisos, actividades y problemas de una mesa de diálogo de gobierno abierto, como se leen en su página pública. \
         Cada renglón tiene una clave que no cambia aunque se mueva de lugar. Para que ninguna hoja de cálculo tome un texto por \
         fórmula, un apóstrofo va delante del signo con que empezaría; quien lee las tablas con un programa lo quita con la expresión \
         regular {pattern} (queda lo de los tres grupos). En datos.json los textos están tal cual."
    )
}

/// The licence of the data: Mexico's for open data of public bodies.
pub const LICENCE: &str = "Libre Uso MX";
/// Address of the licence.
pub const LICENCE_URL: &str = "https://datos.gob.mx/libreusomx";
