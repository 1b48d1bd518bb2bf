//! Problems that are brought from a spreadsheet.

use diagnosis::{Column, Counts, Part, Standing};
use domain::{ItemKind, TextField};

use super::count::counted;
use super::field;
use crate::page::bringing::Taken;

/// Heading of the page.
pub const HEADING: &str = "Traer problemas de una hoja de cálculo";
/// What it is.
pub const LEAD: &str = "Problemas con sus criterios mínimos, soluciones y compromisos preliminares, como los envía el organismo garante.";
/// Link to it.
pub const BRING: &str = "Traer problemas de una hoja de cálculo";
/// Brings a file of the pack.
pub const BRING_FILE: &str = "Traer lo que dice a la mesa";
/// What else works.
pub const TEXT_HINT: &str = "Un problema por fila; las filas de abajo sin problema siguen con el de arriba. También sirve un archivo de Excel, LibreOffice o CSV, como venga.";
/// Where a problem is read.
pub const TO_PROBLEMS: &str = "Ver los problemas";
/// Nothing can be added.
pub const CLOSED: &str = "Ahora no se pueden agregar problemas. Lo hacen la facilitación o la relatoría, desde la preparación hasta los acuerdos.";
/// It was taken back.
pub const UNDONE: &str =
    "Se deshizo: lo que se había agregado se quitó. Se puede recuperar en la lista de problemas.";
/// The first row has the headings.
pub const HEADED: &str = "La primera fila tiene los títulos";

/// What a column holds.
pub fn column(column: Column) -> &'static str {
    match column {
        Column::Text(TextField::Title) => "Problema",
        Column::Text(text) => field::long(text, ItemKind::Problem),
        Column::Source => "Fuente de la evidencia",
        Column::Solution => "Solución",
        Column::Draft => "Compromiso preliminar",
    }
}

/// What a line is.
pub fn part(part: Part) -> &'static str {
    match part {
        Part::Problem => "Problema",
        Part::Solution => "Solución",
        Part::Draft => "Compromiso preliminar",
        Part::Text(text) => field::long(text, ItemKind::Problem),
        Part::Source => "Fuente de la evidencia",
    }
}

/// What would become of a line.
pub fn standing(standing: Standing) -> String {
    match standing {
        Standing::New => "Se agrega".to_owned(),
        Standing::Same => "La mesa ya lo tiene".to_owned(),
        Standing::Repeated => "Repetido".to_owned(),
        Standing::NoProblem => "Falta el problema: no se agrega".to_owned(),
        Standing::Stays => "La mesa ya tiene ese problema con su texto, que se queda".to_owned(),
        Standing::TooLong(over) => {
            let letters = counted(over, "letra", "letras");
            format!("Le sobran {letters}: acórtalo en tu hoja, así no se agrega")
        }
    }
}

/// How many rows there are, and what becomes of them.
pub fn summary(counts: &Counts) -> String {
    let rows = counted(counts.rows, "fila", "filas");
    let left = match counts.left {
        0 => String::new(),
        left => format!("; {} no se agregan", counted(left, "dato", "datos")),
    };
    format!("{rows}: {}{left}", parts(counts.problems, counts.solutions, counts.drafts))
}

fn parts(problems: usize, solutions: usize, drafts: usize) -> String {
    let each = [
        (problems, counted(problems, "problema", "problemas")),
        (solutions, counted(solutions, "solución", "soluciones")),
        (drafts, counted(drafts, "compromiso preliminar", "compromisos preliminares")),
    ];
    let said: Vec<_> =
        each.into_iter().filter(|(count, _)| *count > 0).map(|(_, said)| said).collect();
    if said.is_empty() { "nada nuevo".to_owned() } else { said.join(", ") }
}

/// Rows with nothing in them.
pub fn empty(counts: &Counts) -> Option<String> {
    let rows = counted(counts.empty, "fila sin nada", "filas sin nada");
    (counts.empty > 0).then(|| format!("Aparte: {rows}."))
}

/// The button that takes the list.
pub fn take(counts: &Counts) -> String {
    format!("Agregar {}", parts(counts.problems, counts.solutions, counts.drafts))
}

/// What became of it.
pub fn taken(taken: &Taken) -> String {
    let parts = parts(taken.problems, taken.solutions, taken.drafts);
    if taken.cut {
        format!(
            "Se agregó: {parts}. Lo demás no: en esta fase la mesa no recibe más, o ya tiene demasiados."
        )
    } else {
        format!("Se agregó: {parts}.")
    }
}
