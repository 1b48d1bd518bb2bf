//! Results of consultations.

use domain::pack::results::{GroupBy, Grouping, Question, QuestionKind, Row};
use roster::ReadError;
use tally::Column;

use super::chart::{mark, number, percent};
use super::count::counted;
use crate::page::results::{Done, Looked, Problem, Set};

/// Heading of the results.
pub const HEADING: &str = "Resultados de la consulta";
/// What they are.
pub const LEAD: &str =
    "Lo que la gente respondió, contado por el sistema a partir de los archivos del expediente.";
/// No file was counted.
pub const NOTHING: &str = "Todavía no se cuenta ningún archivo. En el expediente, junto a una hoja de cálculo, toca «Usar como resultados de la consulta».";
/// Link to the pack.
pub const TO_PACK: &str = "Ver el expediente";
/// Link to the results.
pub const SHOW: &str = "Ver los resultados de la consulta";
/// Counts a file.
pub const USE: &str = "Usar como resultados de la consulta";
/// Counts it anew.
pub const COUNT_AGAIN: &str = "Contar otra vez";
/// Shows the results no longer.
pub const DROP: &str = "Quitar estos resultados";
/// What dropping does.
pub const DROP_LEAD: &str =
    "El archivo se queda en el expediente; los problemas que salieron de aquí, también.";
/// Shows a chart on the wall.
pub const PROJECT: &str = "Mostrar en la pantalla";
/// What showing does.
pub const PROJECT_LEAD: &str =
    "Desde entonces la gráfica es pública, como todo lo que se proyecta.";
/// A row becomes a problem.
pub const TO_PROBLEM: &str = "Hacerlo problema";
/// It became one.
pub const IS_PROBLEM: &str = "Ya es un problema: verlo";
/// Back to the mesa.
pub const BACK: &str = "Volver a la mesa";
/// Back to the desk.
pub const DESK: &str = "Volver a conducir";
/// Heading of the columns' table.
pub const OPTION: &str = "Opción";
/// The same of a matrix.
pub const COMMITMENT: &str = "Qué se calificó";
/// Heading of the figures.
pub const FIGURE: &str = "Respuestas";
/// The same of a matrix.
pub const MEAN: &str = "Promedio";
/// Heading of the bars.
pub const BAR: &str = "Gráfica";
/// Heading of what can be done with a row.
pub const TAP: &str = "Qué hacer";
/// Heading of the distribution of marks.
pub const SPREAD: &str = "Cómo se repartieron";
/// Heading of how a file is counted.
pub const COUNTING: &str = "Contar la consulta";
/// What happens.
pub const COUNTING_LEAD: &str = "Revisa qué hay en cada columna. Nada se guarda hasta que toques «Guardar». Se guardan las cuentas, no las filas de las personas.";
/// Heading of the columns.
pub const COLUMNS: &str = "Qué hay en cada columna";
/// The first row has the headings.
pub const HEADED: &str = "La primera fila tiene los títulos";
/// Label of what a column is.
pub const KIND: &str = "Qué es";
/// A column that isn't used.
pub const UNUSED: &str = "No se usa";
/// Label of what it asks.
pub const TITLE: &str = "Pregunta o título";
/// Label of the options.
pub const OPTIONS: &str = "Opciones, una por renglón";
/// What they are for.
pub const OPTIONS_HINT: &str = "Una opción que lleva comas, como «Agua, drenaje y alcantarillado», escríbela entera en su renglón. Lo que no coincida se cuenta aparte.";
/// Looks again.
pub const LOOK_AGAIN: &str = "Ver otra vez";
/// Keeps it.
pub const KEEP: &str = "Guardar";
/// Heading of what would be kept.
pub const OUTCOME: &str = "Así quedaría";
/// Heading of the first rows.
pub const FIRST: &str = "Las primeras filas del archivo";
/// Where the results are read.
pub const SMALL: &str = "Los grupos de menos de 5 personas no se muestran por separado.";

/// Kinds of columns that are offered, with what they are called.
pub fn column(column: Column) -> &'static str {
    match column {
        Column::One => "Pregunta: una respuesta",
        Column::Several => "Pregunta: varias respuestas",
        Column::Mark => "Calificación",
        Column::Group(GroupBy::Gender) => "Género de la persona",
        Column::Group(GroupBy::Locality) => "Localidad de la persona",
        Column::Group(GroupBy::Age) => "Edad de la persona",
        Column::Option => "Opción o compromiso (ya contado)",
        Column::Count => "Cuántas respuestas (ya contado)",
        Column::Question => "Pregunta de la opción (ya contado)",
    }
}

/// Its name in addresses.
pub fn column_code(column: Column) -> &'static str {
    match column {
        Column::One => "una",
        Column::Several => "varias",
        Column::Mark => "calificacion",
        Column::Group(GroupBy::Gender) => "genero",
        Column::Group(GroupBy::Locality) => "localidad",
        Column::Group(GroupBy::Age) => "edad",
        Column::Option => "opcion",
        Column::Count => "cuenta",
        Column::Question => "pregunta",
    }
}

/// By what people are told apart.
pub fn by(by: GroupBy) -> &'static str {
    match by {
        GroupBy::Gender => "Por género",
        GroupBy::Locality => "Por localidad",
        GroupBy::Age => "Por edad",
    }
}

/// A group of a grouping.
pub fn group(grouping: &Grouping, at: usize) -> String {
    let group = &grouping.groups[at];
    let name = if group.name.is_empty() { "Otros grupos" } else { group.name.as_str() };
    format!("{name} ({})", number(group.people))
}

/// What a group answered.
pub fn part(
    question: &Question,
    row: &Row,
    grouping: &Grouping,
    (by, at): (usize, usize),
) -> String {
    let part = row.parts.get(by).and_then(|parts| parts.get(at)).copied().flatten();
    match (question.kind, part) {
        (_, None) => "—".to_owned(),
        (QuestionKind::Mark, Some(mean)) => mark(mean),
        (QuestionKind::One | QuestionKind::Several, Some(count)) => {
            format!("{} · {}", number(count), percent(count, grouping.groups[at].people))
        }
    }
}

/// The distribution of marks: "8: 12 · 9: 3".
pub fn spread(row: &Row) -> String {
    let each = row.spread.iter().map(|(given, count)| {
        format!("{}: {}", mark(*given), counted(*count as usize, "persona", "personas"))
    });
    each.collect::<Vec<_>>().join(" · ")
}

/// What matches no option.
pub fn rest(question: &Question) -> String {
    let many = question.unrecognised() as usize;
    format!("Resto sin reconocer: {}", counted(many, "respuesta", "respuestas"))
}

/// One of them.
pub fn rest_of(text: &str, count: u32) -> String {
    format!("{text} ({})", number(count))
}

/// Those that aren't listed.
pub fn rest_beside(count: u32) -> String {
    format!("Y {} más, cada una distinta.", counted(count as usize, "respuesta", "respuestas"))
}

/// Where results come from.
pub fn source(set: &Set) -> String {
    let people = match set.counted.people {
        Some(people) => {
            format!("{}. ", counted(people as usize, "persona respondió", "personas respondieron"))
        }
        None => "El archivo ya traía las cuentas. ".to_owned(),
    };
    let at = set.at.map(|at| format!(" el {}", super::pack::moment(at))).unwrap_or_default();
    let by = set.by.as_deref().unwrap_or(super::pack::BY_FACILITATION);
    format!("{people}Lo contó {by}{at}.")
}

/// What proves it.
pub fn digest(digest: &str) -> String {
    format!("SHA-256 del archivo: {digest}")
}

/// What came of a form.
pub fn done(done: &Done) -> &'static str {
    match done {
        Done::Kept => "Se guardaron los resultados.",
        Done::Dropped => "Se quitaron los resultados.",
        Done::Projected => "La gráfica está en la pantalla.",
        Done::WallTaken => "No se mostró: otra persona de la facilitación tiene la pantalla.",
        Done::Problem(_) => "Ya es un problema de la mesa, con su origen y su evidencia.",
        Done::Known(_) => "Ya había un problema con ese título: no se agregó otro.",
        Done::NoProblem => {
            "No se agregó: en esta fase la mesa no recibe problemas, o ya tiene demasiados."
        }
    }
}

/// Why results aren't kept.
pub fn problem(problem: Problem) -> &'static str {
    match problem {
        Problem::Nothing => {
            "Ninguna columna es una pregunta con respuestas. Elige abajo qué hay en cada una."
        }
        Problem::TooMuch => {
            "Son más de 40 preguntas, o una lista tiene más de 40 opciones. Deja sin usar las columnas que sobran."
        }
        Problem::TooMany => "Ya hay 20 archivos contados. Quita los resultados de alguno.",
        Problem::Gone => "Ese archivo ya no está en el expediente.",
    }
}

/// Why a file can't be read.
pub fn unreadable(problem: ReadError) -> &'static str {
    match problem {
        ReadError::TooManyRows => {
            "Tiene más de 20 000 filas. Sube una hoja con las cuentas ya hechas: opción y número de respuestas."
        }
        ReadError::TooLarge => {
            "Pesa más de 5 MB. Sube una hoja con las cuentas ya hechas: opción y número de respuestas."
        }
        ReadError::Empty => "No hay nada escrito.",
        ReadError::TooWide => {
            "Tiene más de 100 columnas. Quita las que no son respuestas y súbelo otra vez."
        }
        ReadError::TooMuchText | ReadError::Unpacks => {
            "Tiene demasiado texto. Quita las columnas de comentarios y súbelo otra vez."
        }
        ReadError::Entities => {
            "Ese libro tiene algo que ninguna hoja de cálculo escribe, y no se abre."
        }
        ReadError::Password => "Ese libro tiene contraseña. Súbelo sin ella.",
        ReadError::OtherWorkbook => {
            "Ese libro es de un Excel anterior a 2007. Guárdalo como .xlsx y súbelo otra vez."
        }
        ReadError::NotAList => "Ese archivo no es una hoja de cálculo ni un texto con columnas.",
        ReadError::Damaged => "Ese libro está dañado.",
    }
}

/// How much of a file was read.
pub fn read(looked: &Looked) -> String {
    let rows = counted(looked.rows, "fila con algo escrito", "filas con algo escrito");
    match looked.empty {
        0 => format!("{rows}."),
        empty => format!("{rows}; {} no dicen nada y no cuentan.", counted(empty, "fila", "filas")),
    }
}

/// A column: "B · Localidad".
pub fn letters(letters: &str, title: &str) -> String {
    if title.is_empty() { format!("Columna {letters}") } else { format!("{letters} · {title}") }
}

/// A row as the evidence of a problem.
pub fn evidence(question: &Question, row: &Row) -> String {
    let title = super::chart::title(question.title.as_str(), question.kind);
    let label = row.label.as_str();
    match (question.kind, row.mean) {
        (QuestionKind::Mark, Some(mean)) if row.count > 0 => format!(
            "Consulta: «{title}». «{label}» recibió {} de calificación promedio, de {}.",
            mark(mean),
            counted(row.count as usize, "persona", "personas")
        ),
        (QuestionKind::Mark, mean) => format!(
            "Consulta: «{title}». «{label}» recibió {} de calificación promedio.",
            mean.map(mark).unwrap_or_default()
        ),
        (QuestionKind::One | QuestionKind::Several, _) => format!(
            "Consulta: «{title}». «{label}» lo eligieron {} de {} personas ({}).",
            number(row.count),
            number(question.answered),
            percent(row.count, question.answered)
        ),
    }
}
