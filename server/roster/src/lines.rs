//! The seats that rows speak of: cells by what they mean, cleaned. A row with titular and suplente
//! side by side speaks of two.

use domain::exercise::SeatKind;
use domain::text::alphabet::folded;
use serde::{Deserialize, Serialize};

use crate::clean::{self, ADDRESSES_LIMIT, Fault, NAME_LIMIT};
use crate::columns::{Column, Columns, Whose};
use crate::doubt::{Answer, Answers, Asked, Doubt, Offer, Question, Topic};
use crate::seat::Draft;
use crate::table::{Row, Table};

/// What a cell is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Field {
    /// The organisation's name.
    Organisation,
    /// Its sector.
    Sector,
    /// Titular or suplente.
    Seat,
    /// Whether it signs.
    Signs,
    /// The person's name.
    Person,
    /// Their address.
    Mail,
    /// Their telephone.
    Phone,
}

/// A seat of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The row's number in the person's own sheet.
    pub row: u32,
    /// Whether it is the suplente whose name stands beside the titular's.
    pub beside: bool,
}

/// A seat of a row while it is worked on.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub place: Place,
    /// The cells, cleaned.
    pub organisation: String,
    pub sector: String,
    pub seat: String,
    pub signs: String,
    pub person: String,
    pub mail: String,
    pub phone: String,
    /// The seat that the columns say.
    pub by_column: Option<SeatKind>,
    /// The organisation, once it is clear: its key.
    pub key: Option<String>,
    pub draft: Draft,
    pub questions: Vec<Question>,
    pub left_out: bool,
}

impl Line {
    /// Asks a question.
    pub fn ask(&mut self, asked: Asked, doubt: Doubt, offers: Vec<Offer>) {
        self.questions.push(Question { row: self.place.row, asked, doubt, offers });
    }

    /// Asks a question about this row alone.
    pub fn ask_here(&mut self, topic: Topic, doubt: Doubt, offers: Vec<Offer>) {
        self.ask(Asked::Line(self.place, topic), doubt, offers);
    }

    /// Whether a question is open.
    pub fn asks(&self, topic: Topic) -> bool {
        self.questions.iter().any(|question| question.asked == Asked::Line(self.place, topic))
    }
}

/// By what names are compared: folded, or as they are where no letter is left.
pub(crate) fn key(name: &str) -> String {
    let folded = folded(name);
    if folded.is_empty() { name.to_lowercase() } else { folded }
}

/// The seats that a list speaks of, in its order.
pub(crate) fn lines(table: &Table, columns: &Columns, answers: &Answers) -> Vec<Line> {
    let left_out = answers.left_out();
    let beside = [Column::Person, Column::Mail, Column::Phone, Column::Surname]
        .iter()
        .any(|column| columns.holding(column(Whose::Alternate)).next().is_some());
    let holder = columns.holding(Column::Person(Whose::Holder)).next().is_some();
    let mut lines = Vec::new();
    for row in &table.rows {
        let mut first = line(row, columns, answers, false);
        first.by_column = holder.then_some(SeatKind::Holder);
        if !beside {
            lines.push(first);
            continue;
        }
        let mut second = line(row, columns, answers, true);
        second.by_column = Some(SeatKind::Alternate);
        match (names_somebody(&first), names_somebody(&second)) {
            (true, true) => lines.extend([first, second]),
            (false, true) => lines.push(second),
            (_, false) => lines.push(first),
        }
    }
    for line in &mut lines {
        if left_out.contains(&line.place) {
            line.left_out = true;
            line.questions.clear();
        }
    }
    lines
}

fn names_somebody(line: &Line) -> bool {
    !(line.person.is_empty() && line.mail.is_empty() && line.phone.is_empty())
        || line.questions.iter().any(|question| {
            matches!(
                question.asked,
                Asked::Line(_, Topic::Cell(Field::Person | Field::Mail | Field::Phone))
            )
        })
}

fn line(row: &Row, columns: &Columns, answers: &Answers, beside: bool) -> Line {
    let whose: &[Whose] = if beside { &[Whose::Alternate] } else { &[Whose::Row, Whose::Holder] };
    let of = |column: fn(Whose) -> Column| -> Vec<&str> {
        let held = whose.iter().flat_map(|whose| columns.holding(column(*whose)));
        held.map(|at| row.cell(at)).filter(|cell| !cell.trim().is_empty()).collect()
    };
    let first = |column: Column| {
        let mut cells = columns.holding(column).map(|at| row.cell(at));
        cells.find(|cell| !cell.trim().is_empty()).unwrap_or_default().to_owned()
    };
    let person = [of(Column::Person), of(Column::Surname)].concat().join(" ");
    let cells = [
        (Field::Organisation, first(Column::Organisation)),
        (Field::Sector, first(Column::Sector)),
        (Field::Seat, if beside { String::new() } else { first(Column::Seat) }),
        (Field::Signs, first(Column::Signs)),
        (Field::Person, person),
        (Field::Mail, of(Column::Mail).join("; ")),
        (Field::Phone, of(Column::Phone).join("; ")),
    ];
    let mut line = Line {
        place: Place { row: row.number, beside },
        organisation: String::new(),
        sector: String::new(),
        seat: String::new(),
        signs: String::new(),
        person: String::new(),
        mail: String::new(),
        phone: String::new(),
        by_column: None,
        key: None,
        draft: Draft::default(),
        questions: Vec::new(),
        left_out: false,
    };
    if row.swallowing && answers.of(line.place, Topic::Row) != Some(&Answer::Keep) {
        let offers = [Answer::Keep, Answer::LeaveOut].map(Offer::Answer);
        line.ask_here(Topic::Row, Doubt::Swallowing, offers.to_vec());
    }
    for (field, cell) in cells {
        let text = text(&mut line, field, &cell, answers);
        let kept = match field {
            Field::Organisation => &mut line.organisation,
            Field::Sector => &mut line.sector,
            Field::Seat => &mut line.seat,
            Field::Signs => &mut line.signs,
            Field::Person => &mut line.person,
            Field::Mail => &mut line.mail,
            Field::Phone => &mut line.phone,
        };
        *kept = text;
    }
    line.draft = Draft {
        organisation: line.organisation.clone(),
        person: line.person.clone(),
        mail: line.mail.clone(),
        phone: line.phone.clone(),
        ..Draft::default()
    };
    line
}

/// What a cell says; nothing while it is asked about.
fn text(line: &mut Line, field: Field, cell: &str, answers: &Answers) -> String {
    let limit = if field == Field::Mail { ADDRESSES_LIMIT } else { NAME_LIMIT };
    let fault = match clean::checked(cell, limit) {
        Ok(text) => return text,
        Err(fault) => fault,
    };
    match answers.of(line.place, Topic::Cell(field)) {
        Some(Answer::Take(text)) => {
            if let Ok(text) = clean::checked(text, limit) {
                return text;
            }
        }
        Some(Answer::Blank) => return String::new(),
        _ => {}
    }
    let mut offers = Vec::new();
    let doubt = match fault {
        Fault::Hidden(cleaned) => {
            if !cleaned.is_empty() {
                offers.push(Offer::Answer(Answer::Take(cleaned)));
            }
            Doubt::Hidden { field }
        }
        Fault::TooLong(length) => Doubt::TooLong { field, length, limit },
    };
    offers.push(Offer::Write);
    if field != Field::Organisation {
        offers.push(Offer::Answer(Answer::Blank));
    }
    offers.push(Offer::Answer(Answer::LeaveOut));
    line.ask_here(Topic::Cell(field), doubt, offers);
    String::new()
}
