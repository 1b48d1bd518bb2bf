//! A list of seats from a spreadsheet.

use roster::{
    Answer, Change, Column, Counts, Doubt, Encoding, Field, Found, Other, ReadError, Separator,
    Source, Standing, Whose,
};

use super::form::{seat, sector};
use super::prepare::counted;

/// Label of the field.
pub const TEXT: &str = "Copia tus celdas y pégalas aquí";
/// What else works.
pub const TEXT_HINT: &str = "Con o sin encabezados. También sirve un archivo de Excel, LibreOffice o CSV: con acentos, punto y coma o tabulador, como venga.";
/// The button that looks.
pub const LOOK: &str = "Ver qué se agregaría";
/// Label of the file.
pub const FILE: &str = "O elige un archivo";
/// The button that reads it.
pub const READ: &str = "Leer el archivo";
/// Nothing happens yet.
pub const NOT_YET: &str = "Todavía no se agrega nada.";
/// Above the columns.
pub const COLUMNS: &str = "Qué hay en cada columna";
/// A column that isn't used.
pub const UNUSED: &str = "No se usa";
/// Looks again with other columns.
pub const LOOK_AGAIN: &str = "Ver otra vez";
/// Heading of the rows.
pub const ROW: &str = "Fila";
/// Those with questions wait.
pub const WAIT: &str = "Las que tienen pregunta se quedan aquí hasta que respondas.";
/// Writes an answer.
pub const WRITE: &str = "Así se escribe";
/// Chooses an organisation.
pub const CHOOSE: &str = "Es esta";
/// Takes it back.
pub const UNDO: &str = "Deshacer";
/// It was taken back.
pub const UNDONE: &str = "Se deshizo: los lugares quedaron como estaban.";
/// Back to the list.
pub const TO_ACTORS: &str = "Ver actores y lugares";

/// How many rows there are, and how many ask.
pub fn summary(counts: &Counts) -> String {
    let rows = counted(counts.rows, "fila", "filas");
    let mut said = vec![counted(counts.ready(), "lista", "listas")];
    let mut more = |count: usize, one: &str, many: &str| {
        if count > 0 {
            said.push(counted(count, one, many));
        }
    };
    more(counts.asked, "con pregunta", "con pregunta");
    more(counts.same, "ya estaba igual", "ya estaban igual");
    more(counts.repeated, "repetida", "repetidas");
    more(counts.left_out, "que no se agrega", "que no se agregan");
    format!("{rows}: {}", said.join(", "))
}

/// Rows that aren't part of the list.
pub fn beside(counts: &Counts) -> Option<String> {
    let empty = (counts.empty > 0)
        .then(|| format!("{} sin nada", counted(counts.empty, "renglón", "renglones")));
    let above = (counts.above > 0).then(|| {
        format!("{} arriba de los encabezados", counted(counts.above, "renglón", "renglones"))
    });
    let said: Vec<_> = [empty, above].into_iter().flatten().collect();
    (!said.is_empty()).then(|| format!("Aparte: {}.", said.join(" y ")))
}

/// The button that takes the list.
pub fn take(counts: &Counts) -> String {
    match (counts.new, counts.changed) {
        (new, 0) => format!("Agregar {}", counted(new, "lugar", "lugares")),
        (0, changed) => format!("Cambiar {}", counted(changed, "lugar", "lugares")),
        (new, changed) => {
            format!("Agregar {} y cambiar {changed}", counted(new, "lugar", "lugares"))
        }
    }
}

/// What became of it.
pub fn taken(new: usize, changed: usize) -> String {
    format!(
        "{} y {}.",
        counted(new, "lugar agregado", "lugares agregados"),
        counted(changed, "cambiado", "cambiados")
    )
}

/// How the list was read.
pub fn found(found: &Found) -> String {
    let separator = match found.separator {
        Some(Separator::Tab) => ", columnas separadas por tabulador",
        Some(Separator::Semicolon) => ", columnas separadas por punto y coma",
        Some(Separator::Comma) => ", columnas separadas por coma",
        Some(Separator::Bar) => ", columnas separadas por barra",
        None => "",
    };
    let others = |others: &[String]| {
        if others.is_empty() {
            String::new()
        } else {
            format!(" Las otras hojas no se leyeron: {}.", others.join(", "))
        }
    };
    match &found.source {
        Source::Pasted => format!("Texto pegado{separator}."),
        Source::Text(Encoding::Utf8) => format!("Archivo de texto UTF-8{separator}."),
        Source::Text(Encoding::Utf16LittleEndian | Encoding::Utf16BigEndian) => {
            format!("Archivo de texto UTF-16, como lo guarda Excel{separator}.")
        }
        Source::Text(Encoding::Windows1252) => {
            format!("Archivo de texto Windows-1252{separator}.")
        }
        Source::Excel { sheet, others: rest } => {
            format!("Libro de Excel, hoja «{sheet}».{}", others(rest))
        }
        Source::OpenDocument { sheet, others: rest } => {
            format!("Libro de LibreOffice, hoja «{sheet}».{}", others(rest))
        }
    }
}

/// Why a list can't be read.
pub fn problem(problem: ReadError) -> &'static str {
    match problem {
        ReadError::Empty => "No hay nada escrito.",
        ReadError::TooLarge => "Pesa más de 5 MB. Copia solo las celdas de la lista y pégalas.",
        ReadError::TooManyRows => "Tiene más de 2 000 filas. Copia solo las celdas de la lista.",
        ReadError::TooWide => "Tiene más de 100 columnas. Copia solo las celdas de la lista.",
        ReadError::TooMuchText | ReadError::Unpacks => {
            "Tiene demasiado texto. Copia solo las celdas de la lista y pégalas."
        }
        ReadError::Entities => {
            "Ese libro tiene algo que ninguna hoja de cálculo escribe, y no se abre. Copia las celdas y pégalas."
        }
        ReadError::Password => "Ese libro tiene contraseña. Copia las celdas y pégalas.",
        ReadError::OtherWorkbook => {
            "Ese libro es de un Excel anterior a 2007. Guárdalo como .xlsx, o copia las celdas y pégalas."
        }
        ReadError::NotAList => "Ese archivo no es una lista ni un libro de hojas de cálculo.",
        ReadError::Damaged => "Ese libro está dañado. Copia las celdas y pégalas.",
    }
}

/// What a column may hold, in the order of the list.
pub const COLUMN_CHOICES: [Column; 14] = [
    Column::Organisation,
    Column::Sector,
    Column::Seat,
    Column::Person(Whose::Row),
    Column::Surname(Whose::Row),
    Column::Mail(Whose::Row),
    Column::Phone(Whose::Row),
    Column::Signs,
    Column::Person(Whose::Holder),
    Column::Mail(Whose::Holder),
    Column::Phone(Whose::Holder),
    Column::Person(Whose::Alternate),
    Column::Mail(Whose::Alternate),
    Column::Phone(Whose::Alternate),
];

/// What a column holds.
pub fn column(column: Column) -> String {
    let of = |what: &str, whose: Whose| match whose {
        Whose::Row => what.to_owned(),
        Whose::Holder => format!("{what} del titular"),
        Whose::Alternate => format!("{what} del suplente"),
    };
    match column {
        Column::Organisation => "Organización".to_owned(),
        Column::Sector => "Sector".to_owned(),
        Column::Seat => "Titular o suplente".to_owned(),
        Column::Signs => "Firma".to_owned(),
        Column::Person(whose) => of("Persona", whose),
        Column::Surname(whose) => of("Apellidos", whose),
        Column::Mail(whose) => of("Correo", whose),
        Column::Phone(whose) => of("Teléfono", whose),
    }
}

/// What would become of a row.
pub fn standing(standing: &Standing) -> String {
    match standing {
        Standing::New(_) => "Lista".to_owned(),
        Standing::Changed { what, .. } => {
            let what: Vec<_> = what.iter().map(|change| self::change(*change)).collect();
            format!("Cambia: {}", what.join(", "))
        }
        Standing::Same { .. } => "Ya está igual".to_owned(),
        Standing::Repeated { row } => format!("Repite la fila {row}"),
        Standing::LeftOut => "No se agrega".to_owned(),
        Standing::Asked(_) => "Pregunta".to_owned(),
    }
}

fn change(change: Change) -> &'static str {
    match change {
        Change::Sector => "sector",
        Change::Kind => "titular o suplente",
        Change::Person => "persona",
        Change::Spelling => "cómo se escribe su nombre",
        Change::Mail => "correo",
        Change::Phone => "teléfono",
        Change::Signs => "si firma",
    }
}

fn field(field: Field) -> &'static str {
    match field {
        Field::Organisation => "la organización",
        Field::Sector => "el sector",
        Field::Seat => "el lugar",
        Field::Signs => "si firma",
        Field::Person => "la persona",
        Field::Mail => "el correo",
        Field::Phone => "el teléfono",
    }
}

fn who(others: &[Other]) -> String {
    let one = |other: &Other| match other.row {
        Some(row) => format!("{} (fila {row})", other.person),
        None => other.person.clone(),
    };
    others.iter().map(one).collect::<Vec<_>>().join(" y ")
}

/// A question about a row.
pub fn question(row: u32, doubt: &Doubt) -> String {
    let said = match doubt {
        Doubt::Swallowing => {
            "hay unas comillas sin cerrar y quizá se juntaron varias filas. ¿Es una sola fila?"
                .to_owned()
        }
        Doubt::Hidden { field: cell } => format!(
            "{} tiene caracteres que no se ven y pueden engañar. ¿Qué se pone?",
            field(*cell)
        ),
        Doubt::TooLong { field: cell, length, limit } => {
            format!("{} tiene {length} letras y caben {limit}. ¿Qué se pone?", field(*cell))
        }
        Doubt::NoOrganisation => "no dice de qué organización es. ¿De cuál?".to_owned(),
        Doubt::NearOrganisation { given, near } => {
            format!("«{given}» se parece a «{}». ¿Es la misma?", near.join("» y a «"))
        }
        Doubt::NewOrganisation { given, .. } => {
            format!("«{given}» no está en tu lista. ¿De qué sector es?")
        }
        Doubt::Sector { given, likely: Some((word, _)) } => {
            format!("dice «{given}». ¿{word}?")
        }
        Doubt::Sector { given, likely: None } => format!("«{given}» no es un sector. ¿Cuál es?"),
        Doubt::SectorsDiffer { .. } => {
            "las filas de esta organización dicen sectores distintos. ¿Cuál es?".to_owned()
        }
        Doubt::Seat { given, .. } if given.is_empty() => {
            "no dice si es titular o suplente. ¿Cuál?".to_owned()
        }
        Doubt::Seat { given, .. } => format!("dice «{given}». ¿Es titular o suplente?"),
        Doubt::Signs { given } => format!("dice «{given}». ¿Firma el plan?"),
        Doubt::SeveralAddresses { given } => {
            format!("hay varios correos en una celda: {given}. ¿Cuál es el suyo?")
        }
        Doubt::Address { given, likely: Some(likely) } => {
            format!("el correo dice {given}. ¿Es {likely}?")
        }
        Doubt::Address { given, likely: None } => {
            format!("el correo {given} no está completo. ¿Cuál es?")
        }
        Doubt::SharedMail { mail, with } => {
            format!("{mail} también es el correo de {}. ¿Está bien?", who(with))
        }
        Doubt::Taken { kind, by } => format!(
            "ese lugar de {} ya lo tiene {}. ¿Qué hago con esta persona?",
            seat(*kind).to_lowercase(),
            who(by)
        ),
        Doubt::Twice { row, .. } => {
            format!("la fila {row} dice otra cosa de la misma persona. ¿Cuál vale?")
        }
    };
    format!("Fila {row}: {said}")
}

/// An answer, on its button.
pub fn answer(doubt: &Doubt, answer: &Answer) -> String {
    match (doubt, answer) {
        (Doubt::Address { .. }, Answer::Keep) => "Está bien así".to_owned(),
        (Doubt::SharedMail { .. }, Answer::Keep) => "Sí, lo comparten".to_owned(),
        (Doubt::NearOrganisation { .. }, Answer::Keep) => "No, es otra".to_owned(),
        (Doubt::Twice { .. }, Answer::Keep) => "Vale esta fila".to_owned(),
        (Doubt::Swallowing, Answer::Keep) => "Sí, es una".to_owned(),
        (_, Answer::Keep) => "Dejarlo así".to_owned(),
        (Doubt::NearOrganisation { .. }, Answer::Take(name)) => format!("Sí, es {name}"),
        (_, Answer::Take(text)) => text.clone(),
        // The page has the exercise's names of its sectors.
        (_, Answer::Sector(it)) => sector(*it).to_owned(),
        (_, Answer::Seat(kind)) => seat(*kind).to_owned(),
        (_, Answer::Signs(true)) => "Sí firma".to_owned(),
        (_, Answer::Signs(false)) => "No firma".to_owned(),
        (_, Answer::Replace(name)) => format!("Sustituye a {name}"),
        (_, Answer::SamePerson(name)) => format!("Es {name}: así se escribe"),
        (_, Answer::AnotherAlternate) => "Es otra suplencia".to_owned(),
        (_, Answer::Blank) => "Dejarlo en blanco".to_owned(),
        (_, Answer::LeaveOut) => "No agregarla".to_owned(),
    }
}
