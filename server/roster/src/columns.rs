//! Which column holds what, by its heading. The words are those that lists use.

use domain::text::alphabet::folded;
use serde::{Deserialize, Serialize};

use crate::near;
use crate::sector;

/// What a column holds. Several columns may hold the same: names are joined by a space, addresses
/// and telephones by `;`, of anything else the first that says something counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Column {
    /// The organisation's name.
    Organisation,
    /// Its sector.
    Sector,
    /// Titular or suplente.
    Seat,
    /// Whether the organisation signs.
    Signs,
    /// A person's name, or the first part of it.
    Person(Whose),
    /// The rest of a person's name.
    Surname(Whose),
    /// Their address.
    Mail(Whose),
    /// Their telephone.
    Phone(Whose),
}

/// Whose name or address a column holds: some lists have a row for each person, others one for
/// each organisation, with titular and suplente side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Whose {
    /// That of the row's person, whichever seat the row says.
    Row,
    /// The titular's.
    Holder,
    /// The suplente's.
    Alternate,
}

/// What each column holds, from A on; nothing for those that aren't used. Plain data: who shows
/// the list may change it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns(pub Vec<Option<Column>>);

impl Columns {
    /// The columns that hold something, from left to right.
    pub fn holding(&self, column: Column) -> impl Iterator<Item = usize> {
        let held = self.0.iter().enumerate();
        held.filter(move |(_, held)| **held == Some(column)).map(|(at, _)| at)
    }

    /// The name of a column in a spreadsheet: A, B … Z, AA, AB …
    pub fn letters(column: usize) -> String {
        let mut letters = Vec::new();
        let mut rest = column + 1;
        while rest > 0 {
            rest -= 1;
            letters.push(char::from(b'A' + (rest % 26) as u8));
            rest /= 26;
        }
        letters.iter().rev().collect()
    }
}

/// What a heading says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Heading {
    /// What the column holds.
    Column(Column),
    /// Something of which only the column's content tells: *Tipo*, *Lugar*, *Cargo*, *Titular*. If
    /// the content doesn't, this.
    ByContent(Option<Column>),
}

const MAIL: &[&str] = &["correo", "correos", "mail", "mails", "email", "emails", "electronica"];
const PHONE: &[&str] =
    &["telefono", "telefonos", "tel", "celular", "cel", "movil", "whatsapp", "phone"];
const SIGNS: &[&str] = &["firma", "firman", "firmante", "signs"];
const SECTOR: &[&str] = &["sector", "sectores", "giro", "ambito"];
const OPEN: &[&str] =
    &["tipo", "lugar", "asiento", "cargo", "rol", "calidad", "caracter", "participacion", "seat"];
const ORGANISATION: &[&str] = &[
    "organizacion",
    "organizaciones",
    "institucion",
    "instituciones",
    "dependencia",
    "dependencias",
    "organismo",
    "organismos",
    "entidad",
    "instancia",
    "empresa",
    "asociacion",
    "organization",
    "institution",
    "razon",
];
const SURNAME: &[&str] = &["apellido", "apellidos", "paterno", "materno", "surname"];
const PERSON: &[&str] =
    &["nombre", "nombres", "persona", "representante", "integrante", "participante", "name"];
/// Words that say of whom an organisation's column tells, and not of the organisation.
const OF_A_PERSON: &[&str] = &["persona", "representante", "integrante", "participante"];
const HOLDER: &[&str] = &["titular", "propietario", "propietaria", "holder"];
const ALTERNATE: &[&str] = &["suplente", "alternate"];
/// Words beside the others.
const BESIDE: &[&str] = &[
    "s",
    "es",
    "de",
    "del",
    "la",
    "las",
    "el",
    "los",
    "y",
    "o",
    "u",
    "a",
    "al",
    "en",
    "que",
    "su",
    "se",
    "por",
    "para",
    "e",
    "no",
    "si",
    "pertenece",
    "representa",
    "completo",
    "completa",
    "oficial",
    "institucional",
    "electronico",
    "contacto",
    "numero",
    "num",
    "actor",
    "mesa",
    "social",
    "primer",
    "segundo",
    "fijo",
    "personal",
    "1",
    "2",
    "of",
    "the",
    "full",
    "first",
    "last",
    "number",
];

/// What a heading says; nothing unless each of its words is one that headings have.
pub(crate) fn heading(cell: &str) -> Option<Heading> {
    let text = folded(cell);
    // What a cell of the list would say as well.
    if sector::is_one(&text) && text != "dependencia" {
        return None;
    }
    let words: Vec<&str> = text.split(' ').collect();
    let is = |word: &str, list: &[&str]| {
        list.iter()
            .any(|known| word == *known || (known.chars().count() >= 6 && near::words(word, known)))
    };
    let has = |list: &[&str]| words.iter().any(|word| is(word, list));
    let known = [
        MAIL,
        PHONE,
        SIGNS,
        SECTOR,
        OPEN,
        ORGANISATION,
        SURNAME,
        PERSON,
        HOLDER,
        ALTERNATE,
        BESIDE,
    ];
    if text.is_empty() || !words.iter().all(|word| known.iter().any(|list| is(word, list))) {
        return None;
    }
    let whose = match (has(HOLDER), has(ALTERNATE)) {
        (true, false) => Whose::Holder,
        (false, true) => Whose::Alternate,
        _ => Whose::Row,
    };
    let column = if has(MAIL) {
        Column::Mail(whose)
    } else if has(PHONE) {
        Column::Phone(whose)
    } else if has(HOLDER) && has(ALTERNATE) {
        Column::Seat
    } else if has(SIGNS) {
        Column::Signs
    } else if has(SECTOR) || (words[0] == "tipo" && has(ORGANISATION)) {
        Column::Sector
    } else if has(OPEN) {
        let seat =
            ["asiento", "seat"].iter().any(|word| words.contains(word)) || text.contains("mesa");
        return Some(Heading::ByContent(seat.then_some(Column::Seat)));
    } else if has(ORGANISATION) && !has(OF_A_PERSON) && whose == Whose::Row {
        Column::Organisation
    } else if has(SURNAME) {
        Column::Surname(whose)
    } else if has(PERSON) {
        Column::Person(whose)
    } else if whose != Whose::Row {
        return Some(Heading::ByContent(Some(Column::Person(whose))));
    } else {
        return None;
    };
    Some(Heading::Column(column))
}

/// Whether cells are headings: two that say what their columns hold, or one and another that says
/// it with its content, or one alone.
pub(crate) fn is_header<'a>(cells: impl IntoIterator<Item = &'a str>) -> bool {
    let (mut filled, mut sure, mut open) = (0, 0, 0);
    for cell in cells {
        if cell.chars().count() > 80 {
            return false;
        }
        filled += usize::from(!cell.trim().is_empty());
        match heading(cell) {
            Some(Heading::Column(_)) => sure += 1,
            Some(Heading::ByContent(_)) => open += 1,
            None => {}
        }
    }
    sure >= 2 || (sure == 1 && (open >= 1 || filled == 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Heading::ByContent;

    #[test]
    fn headings_in_the_words_of_lists() {
        let column = |column| Some(Heading::Column(column));
        for (text, expected) in [
            ("Organización", column(Column::Organisation)),
            ("ORGANIZACION / INSTITUCIÓN", column(Column::Organisation)),
            ("Dependencia", column(Column::Organisation)),
            ("Nombre de la organización", column(Column::Organisation)),
            ("Organisación", column(Column::Organisation)),
            ("Sector", column(Column::Sector)),
            ("Tipo de organización", column(Column::Sector)),
            ("Titular o suplente", column(Column::Seat)),
            ("Titular/Suplente", column(Column::Seat)),
            ("Lugar", Some(ByContent(None))),
            ("Tipo", Some(ByContent(None))),
            ("Cargo en la mesa", Some(ByContent(Some(Column::Seat)))),
            ("Nombre completo", column(Column::Person(Whose::Row))),
            ("Representante de la institución", column(Column::Person(Whose::Row))),
            ("Nombre del titular", column(Column::Person(Whose::Holder))),
            ("Suplente", Some(ByContent(Some(Column::Person(Whose::Alternate))))),
            ("Apellido paterno", column(Column::Surname(Whose::Row))),
            ("Correo electrónico", column(Column::Mail(Whose::Row))),
            ("E-mail", column(Column::Mail(Whose::Row))),
            ("Correo titular", column(Column::Mail(Whose::Holder))),
            ("Tel. suplente", column(Column::Phone(Whose::Alternate))),
            ("Teléfono celular", column(Column::Phone(Whose::Row))),
            ("¿Firma? (sí/no)", column(Column::Signs)),
            ("Observaciones", None),
            ("Organización de Vecinos", None),
            ("Institución pública", None),
            ("Contraloría del Estado", None),
            ("", None),
        ] {
            assert_eq!(heading(text), expected, "{text}");
        }
    }

    #[test]
    fn a_row_of_the_list_is_no_header() {
        for (cells, expected) in [
            (&["Organización", "Lugar", "Nombre", "Correo"][..], true),
            (&["Organización", "Titular", "Suplente"], true),
            (&["Correo"], true),
            (&["", "Nombre", ""], true),
            (&["Contraloría", "Titular", "Ana Pérez", "ana@example.org"], false),
            (&["Organización de Vecinos", "Suplente", "Institución pública"], false),
            (&["Lista de actores", ""], false),
        ] {
            assert_eq!(is_header(cells.iter().copied()), expected, "{cells:?}");
        }
    }

    #[test]
    fn columns_are_called_as_in_a_spreadsheet() {
        let called: Vec<_> = [0, 25, 26, 27, 701, 702].map(Columns::letters).to_vec();
        assert_eq!(called, ["A", "Z", "AA", "AB", "ZZ", "AAA"]);
    }
}
