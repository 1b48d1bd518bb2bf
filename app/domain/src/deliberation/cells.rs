//! Cells copied from a spreadsheet, read as activities: which of them is what, and the days that
//! people write in Spanish. Nothing of what was copied is dropped: what isn't understood stays with
//! its activity's words.

use super::field::TextField;
use crate::Date;
use crate::text::patch::scalars;
use crate::text::words::{SHORT_LIMIT, ShortText, cleaned_line};

/// An activity as it was read from a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What is to be done, with whatever had no other place.
    pub activity: String,
    /// What there will be to show, if a column says so.
    pub deliverable: String,
    /// Who answers for it.
    pub responsible: ShortText,
    /// Until when.
    pub due: Option<Date>,
    /// What stands where the day should, and isn't one within the commitment's time: it is at the
    /// end of the activity's words.
    pub unread: Option<String>,
}

/// Why what was copied can't be taken: the row, from 1, and what of it is too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellError {
    /// The activity's or the deliverable's words.
    TextTooLong {
        /// Which row.
        row: usize,
        /// Most Unicode scalars.
        limit: u32,
    },
    /// Who answers for it.
    ResponsibleTooLong {
        /// Which row.
        row: usize,
        /// Most Unicode scalars.
        limit: usize,
    },
}

/// What a column has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Activity,
    Deliverable,
    Responsible,
    Due,
    /// A number of the row: it follows from the list.
    Number,
}

/// Reads what was copied: cells between tabs or, where there are none, semicolons; a row a line,
/// but for line ends between quotes. Names of columns in the first row say what each has; without
/// them it is the activity, who answers for it, and wherever a day stands, that. Days without a
/// year are those within the period.
///
/// # Errors
/// [`CellError`] for the first row that doesn't fit.
pub fn read(text: &str, period: (Date, Date)) -> Result<Vec<Row>, CellError> {
    let mut table = cells(text);
    table.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    let named = table.first().and_then(|first| columns(first));
    let skipped = usize::from(named.is_some());
    let rows = (1..).zip(&table).skip(skipped);
    rows.map(|(number, cells)| row(number, cells, named.as_deref(), period)).collect()
}

fn row(
    number: usize,
    cells: &[String],
    named: Option<&[Option<Column>]>,
    period: (Date, Date),
) -> Result<Row, CellError> {
    let (mut activity, mut deliverable) = (Vec::new(), Vec::new());
    let (mut responsible, mut due, mut unread) = (String::new(), None, None);
    for (place, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        let column = match named {
            Some(named) => named.get(place).copied().flatten(),
            None if activity.is_empty() && is_number(cell) => Some(Column::Number),
            None if due.is_none() && day(cell, period).is_some() => Some(Column::Due),
            None if activity.is_empty() => Some(Column::Activity),
            None if responsible.is_empty() => Some(Column::Responsible),
            None => Some(Column::Deliverable),
        };
        match column {
            Some(Column::Due) => match day(cell, period) {
                Some(day) if (period.0..=period.1).contains(&day) => due = Some(day),
                Some(_) | None => unread = Some(cell.clone()),
            },
            Some(Column::Number) => {}
            Some(Column::Responsible) => responsible.clone_from(cell),
            Some(Column::Deliverable) => deliverable.push(cell.as_str()),
            Some(Column::Activity) => activity.insert(0, cell.clone()),
            None => activity.push(cell.clone()),
        }
    }
    // Somebody may have left the first cell empty.
    if activity.is_empty() && !deliverable.is_empty() {
        activity.push(deliverable.remove(0).to_owned());
    }
    activity.extend(unread.iter().map(|unread| format!("({unread})")));
    let (activity, deliverable) = (activity.join(" "), deliverable.join(" · "));
    for (words, field) in [(&activity, TextField::Title), (&deliverable, TextField::Deliverable)] {
        let limit = field.limit();
        if scalars(words) > limit {
            return Err(CellError::TextTooLong { row: number, limit });
        }
    }
    let too_long = CellError::ResponsibleTooLong { row: number, limit: SHORT_LIMIT };
    let responsible = ShortText::parse(&responsible).map_err(|_| too_long)?;
    Ok(Row { activity, deliverable, responsible, due, unread })
}

/// The cells of each row.
fn cells(text: &str) -> Vec<Vec<String>> {
    let between = if text.contains('\t') { '\t' } else { ';' };
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut rest = text.chars().peekable();
    let mut quoted = false;
    while let Some(letter) = rest.next() {
        match letter {
            '"' if quoted && rest.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' if quoted => quoted = false,
            // A quote within a cell is part of its words; one that is never closed, too.
            '"' if cell.is_empty() && rest.clone().any(|next| next == '"') => quoted = true,
            '\r' if !quoted => {
                rest.next_if_eq(&'\n');
                row.push(clean(&std::mem::take(&mut cell)));
                rows.push(std::mem::take(&mut row));
            }
            '\n' if !quoted => {
                row.push(clean(&std::mem::take(&mut cell)));
                rows.push(std::mem::take(&mut row));
            }
            other if other == between && !quoted => {
                row.push(clean(&std::mem::take(&mut cell)));
            }
            other => cell.push(other),
        }
    }
    row.push(clean(&cell));
    rows.push(row);
    rows
}

fn clean(cell: &str) -> String {
    cleaned_line(cell).trim().to_owned()
}

/// What the columns have, if the row is their names.
fn columns(first: &[String]) -> Option<Vec<Option<Column>>> {
    let named: Vec<_> = first.iter().map(|name| column(&plain(name))).collect();
    named.contains(&Some(Column::Activity)).then_some(named)
}

fn column(name: &str) -> Option<Column> {
    // A sentence isn't a column's name.
    let words = name.split(' ').count();
    if words > 6 {
        return None;
    }
    let begins = |words: &[&str]| words.iter().any(|word| name.starts_with(word));
    if matches!(name, "no" | "no." | "num" | "num." | "numero" | "#" | "n°" | "nº" | "id") {
        Some(Column::Number)
    } else if words <= 3 && begins(&["actividad", "accion", "tarea"]) {
        Some(Column::Activity)
    } else if begins(&["entregable", "medio de verificacion", "producto", "evidencia"]) {
        Some(Column::Deliverable)
    } else if begins(&["responsable", "quien", "area", "cargo", "puesto"]) {
        Some(Column::Responsible)
    } else if begins(&["fecha", "plazo", "cuando", "limite", "termino", "vence", "hasta"]) {
        Some(Column::Due)
    } else {
        None
    }
}

/// "3", "1.2", "2.-", "3)".
fn is_number(cell: &str) -> bool {
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    (1..=4).contains(&digits)
        && cell.chars().all(|letter| letter.is_ascii_digit() || ".-) ".contains(letter))
}

/// Lower case, without accents.
fn plain(words: &str) -> String {
    let letter = |letter: char| match letter {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' | 'ü' => 'u',
        other => other,
    };
    let lower = words.to_lowercase();
    lower.split_whitespace().collect::<Vec<_>>().join(" ").chars().map(letter).collect()
}

/// The names of the months, of which three letters are enough; September has two.
const MONTHS: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

/// A day as people write it: 30/10/2026, 30-10-26, 2026-10-30, 30 de octubre de 2026, 30-oct-26,
/// viernes 30 de octubre. Without a year, the one in which it is within the period.
pub fn day(cell: &str, period: (Date, Date)) -> Option<Date> {
    let words = plain(cell);
    let parts: Vec<&str> = words
        .split(|letter: char| letter.is_whitespace() || "/-.,".contains(letter))
        .filter(|part| !part.is_empty() && !matches!(*part, "de" | "del" | "el" | "a" | "al"))
        .collect();
    let parts = match parts.split_first() {
        Some((first, rest)) if is_weekday(first) => rest,
        _ => &parts[..],
    };
    // A time of the day, as spreadsheets write it after a day.
    let parts = match parts {
        [rest @ .., time] if rest.len() == 3 && time.contains(':') => rest,
        parts => parts,
    };
    let number = |part: &str| part.parse::<u16>().ok().filter(|_| part.len() <= 4);
    match parts {
        [year, month, day] if year.len() == 4 => at(number(year)?, number(month)?, number(day)?),
        [day, month, year] => at(of_century(year)?, month_of(month)?, number(day)?),
        // Two numbers with a point between are the row's.
        [day, month] if !is_number(cell) || cell.contains(['/', '-']) => {
            let (day, month) = (number(day)?, month_of(month)?);
            let years = period.0.year()..=period.1.year().min(period.0.year().saturating_add(20));
            let mut days = years.filter_map(|year| at(u16::try_from(year).ok()?, month, day));
            let mut within = days.by_ref().filter(|day| (period.0..=period.1).contains(day));
            let only = within.next()?;
            within.next().is_none().then_some(only)
        }
        _ => None,
    }
}

fn is_weekday(word: &str) -> bool {
    let days = ["lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"];
    days.iter().any(|day| *day == word || word.len() == 3 && day.starts_with(word))
}

/// "26" and "2026".
fn of_century(year: &str) -> Option<u16> {
    let number = year.parse::<u16>().ok()?;
    match year.len() {
        2 => Some(2_000 + number),
        4 => Some(number),
        _ => None,
    }
}

/// A month by its number or its name.
fn month_of(part: &str) -> Option<u16> {
    if let Ok(number) = part.parse::<u16>() {
        return Some(number).filter(|_| part.len() <= 2);
    }
    let part = if part.starts_with("set") { "septiembre" } else { part };
    let is_it = |name: &&str| part.len() >= 3 && name.starts_with(part);
    let named = MONTHS.iter().position(|name| is_it(name) || part == "sept" && *name == MONTHS[8]);
    named.and_then(|place| u16::try_from(place + 1).ok())
}

fn at(year: u16, month: u16, day: u16) -> Option<Date> {
    let month = time::Month::try_from(u8::try_from(month).ok()?).ok()?;
    Date::from_calendar_date(i32::from(year), month, u8::try_from(day).ok()?).ok()
}
