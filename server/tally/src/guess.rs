//! What each column likely is: by its heading, else by its cells.

use std::collections::BTreeSet;

use domain::pack::results::GroupBy;
use roster::Table;

use crate::cells::{key, mark, whole};
use crate::column::{Column, Mapping, Rows};
use crate::options::{found, found_whole, seem};

/// Most rows by which a column is judged.
const SAMPLE: usize = 500;
/// Most rows of a table of options without a heading that says so.
const MOST_COUNTED: usize = 60;

const GENDER: &[&str] = &["sexo", "genero", "gender", "sex"];
const LOCALITY: &[&str] = &[
    "localidad",
    "colonia",
    "comunidad",
    "barrio",
    "municipio",
    "delegacion",
    "agencia",
    "zona",
    "ejido",
    "ranchería",
    "lugar",
    "ciudad",
    "donde vive",
    "donde vives",
];
const AGE: &[&str] = &["edad", "edades", "age", "años", "rango de edad"];
const UNUSED: &[&str] = &[
    "marca temporal",
    "timestamp",
    "hora",
    "fecha",
    "folio",
    "id",
    "no",
    "num",
    "numero",
    "correo",
    "email",
    "nombre",
    "telefono",
    "direccion",
    "comentario",
    "comentarios",
    "observaciones",
    "porcentaje",
    "encuestador",
    "completion time",
    "start time",
];
const COUNT: &[&str] = &[
    "votos",
    "total",
    "frecuencia",
    "cuenta",
    "menciones",
    "respuestas",
    "personas",
    "conteo",
    "cantidad",
    "count",
    "n",
    "casos",
    "numero de respuestas",
    "numero de personas",
];
const OPTION: &[&str] =
    &["opcion", "opciones", "respuesta", "tema", "problema", "compromiso", "concepto"];
const QUESTION: &[&str] = &["pregunta", "question", "reactivo"];
const MARK: &[&str] = &["promedio", "media", "calificacion", "puntaje", "puntuacion"];
const GENDERS: &[&str] = &[
    "mujer",
    "hombre",
    "femenino",
    "masculino",
    "f",
    "m",
    "h",
    "no binario",
    "otro",
    "mujeres",
    "hombres",
    "prefiero no decirlo",
    "prefiero no decir",
];

impl Mapping {
    /// What the columns of a table likely are.
    pub fn guess(table: &Table) -> Self {
        let all = Rows::of(table, false);
        let headed = is_headed(&all);
        let mut mapping = Self::titled(table, headed);
        let mut rows = Rows::of(table, headed);
        rows.rows.truncate(SAMPLE);
        mapping.columns = counted(&rows)
            .unwrap_or_else(|| (0..rows.width).map(|at| of_people(&rows, at)).collect());
        mapping.find_options(table);
        mapping
    }

    /// Nothing but the headings.
    pub fn titled(table: &Table, headed: bool) -> Self {
        let rows = Rows::of(table, headed);
        let title = |at| rows.header.map_or_else(String::new, |row| roster::cleaned(row.cell(at)));
        Self {
            headed,
            columns: vec![None; rows.width],
            titles: (0..rows.width).map(title).collect(),
            options: vec![Vec::new(); rows.width],
        }
    }

    /// Finds the options of the columns of which none are known.
    pub fn find_options(&mut self, table: &Table) {
        let rows = Rows::of(table, self.headed);
        self.options.resize(self.columns.len(), Vec::new());
        for (at, column) in self.columns.iter().enumerate() {
            let options = &mut self.options[at];
            match column {
                Some(Column::Several) if options.is_empty() => *options = found(rows.cells(at)),
                Some(Column::One) if options.is_empty() => *options = found_whole(rows.cells(at)),
                _ => {}
            }
        }
    }
}

/// Whether the first row says what stands below it.
fn is_headed(rows: &Rows<'_>) -> bool {
    let Some((first, below)) = rows.rows.split_first() else { return false };
    if below.is_empty() {
        return false;
    }
    let cells = || first.cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    let says = |cell: &str| {
        let key = key(cell);
        cell.contains('?')
            || [GENDER, LOCALITY, AGE, COUNT, OPTION, QUESTION, MARK, UNUSED]
                .iter()
                .any(|words| words.contains(&key.as_str()))
    };
    let named = cells().filter(|cell| says(cell)).count();
    let recurs = |at: usize, cell: &str| {
        !cell.trim().is_empty() && below.iter().any(|row| key(row.cell(at)) == key(cell))
    };
    // A scale, from its lowest mark to its highest.
    let marks: Vec<_> = cells().filter_map(mark).collect();
    let scale = marks.len() > 1 && marks.is_sorted_by(|one, next| one < next);
    let values = first.cells.iter().enumerate();
    let values = values.filter(|(at, cell)| recurs(*at, cell) || mark(cell).is_some()).count();
    match (named, values) {
        (0, 0) => cells().count() * 2 > rows.width,
        (named, values) => named > 0 && (scale || named * 2 >= values),
    }
}

/// Whether a heading is one of these, or says one of these words in the beginning.
fn is_named(heading: &str, words: &[&str]) -> bool {
    let heading = key(heading);
    words.iter().any(|word| {
        let word = key(word);
        heading == word || (word.len() > 3 && heading.starts_with(&format!("{word} ")))
    })
}

fn most(rows: &Rows<'_>, at: usize, is: impl Fn(&str) -> bool) -> bool {
    let filled = rows.cells(at).count();
    filled > 0 && rows.cells(at).filter(|cell| is(cell)).count() * 10 >= filled * 7
}

/// How many different things the cells of a column say.
fn different(rows: &Rows<'_>, at: usize) -> usize {
    rows.cells(at).map(key).collect::<BTreeSet<_>>().len()
}

/// The columns of a table of options; none: its rows are people.
fn counted(rows: &Rows<'_>) -> Option<Vec<Option<Column>>> {
    let heading = |at: usize| rows.header.map_or("", |row| row.cell(at));
    let numbers: Vec<usize> = (0..rows.width)
        .filter(|at| most(rows, *at, |cell| mark(cell).or(whole(cell)).is_some()))
        .collect();
    let first = *numbers.first()?;
    let text = (0..first).filter(|at| rows.cells(*at).next().is_some());
    let text: Vec<usize> = text.collect();
    let option = *text.last()?;
    // Options aren't said twice, unless each question has its own.
    let alone = different(rows, option) == rows.cells(option).count();
    let asks = text.len() > 1 && is_named(heading(text[0]), QUESTION);
    let says = numbers.iter().any(|at| {
        let heading = heading(*at);
        is_named(heading, COUNT) || is_named(heading, MARK) || mark(heading).is_some()
    }) || is_named(heading(option), OPTION);
    let unheaded = rows.header.is_none() && text.len() == 1 && alone;
    if rows.rows.len() > MOST_COUNTED || !(asks || (alone && says) || unheaded) {
        return None;
    }
    if text.len() > 2 || (text.len() == 2 && !asks) {
        return None;
    }
    let mut columns = vec![None; rows.width];
    columns[option] = Some(Column::Option);
    if asks {
        columns[text[0]] = Some(Column::Question);
    }
    for at in numbers {
        let means = is_named(heading(at), MARK)
            || (!is_named(heading(at), COUNT) && !most(rows, at, |cell| whole(cell).is_some()));
        columns[at] = if is_named(heading(at), UNUSED) {
            None
        } else if means {
            Some(Column::Mark)
        } else {
            Some(Column::Count)
        };
    }
    Some(columns)
}

/// What a column of people's answers is.
fn of_people(rows: &Rows<'_>, at: usize) -> Option<Column> {
    let heading = rows.header.map_or("", |row| row.cell(at));
    let (filled, different) = (rows.cells(at).count(), different(rows, at));
    for (words, by) in
        [(GENDER, GroupBy::Gender), (LOCALITY, GroupBy::Locality), (AGE, GroupBy::Age)]
    {
        if is_named(heading, words) {
            return Some(Column::Group(by));
        }
    }
    if filled == 0 || is_named(heading, UNUSED) {
        return None;
    }
    if most(rows, at, |cell| GENDERS.contains(&key(cell).as_str())) {
        return Some(Column::Group(GroupBy::Gender));
    }
    if most(rows, at, |cell| mark(cell).is_some_and(|mark| mark <= 1_000)) {
        return Some(Column::Mark);
    }
    if most(rows, at, |cell| whole(cell).is_some_and(|age| (10..=110).contains(&age))) {
        return Some(Column::Group(GroupBy::Age));
    }
    if most(rows, at, |cell| {
        cell.contains('@') || cell.bytes().all(|byte| !byte.is_ascii_alphabetic())
    }) {
        return None;
    }
    let sample: Vec<&str> = rows.cells(at).collect();
    let several = seem(sample.iter().copied()).filter(|options| *options > 1).count();
    if several * 5 >= filled {
        return Some(Column::Several);
    }
    // What nearly everybody says differently are their own words.
    (different * 2 <= filled || (filled < 5 && different < filled)).then_some(Column::One)
}
