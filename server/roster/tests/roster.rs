//! Seats from a spreadsheet, as people's programs write them and as an attacker would.

#![allow(clippy::unwrap_used)]

#[path = "roster/bombs.rs"]
mod bombs;
#[path = "roster/files.rs"]
mod files;
#[path = "roster/hostile.rs"]
mod hostile;
#[path = "roster/people.rs"]
mod people;
#[path = "roster/questions.rs"]
mod questions;
#[path = "roster/text.rs"]
mod text;
#[path = "roster/workbooks.rs"]
mod workbooks;

use domain::codes::{Coded, Parsed};
use domain::exercise::{SeatKind, Sector, SectorName};
use roster::{
    Answer, Answers, Asked, Columns, Entry, Offer, Preview, Question, Seat, Standing, Table,
    entries, preview, read_pasted,
};

/// The sample's organisations and people, as a tool reads them.
const LIST: &str = "Organización\tSector\tLugar\tNombre\tCorreo\n\
    Contraloría del Estado\tInstitución pública\tTitular\tAna Núñez\tana@example.org\n\
    Contraloría del Estado\tInstitución pública\tSuplente\tLuis Peña\tluis@example.org\n\
    Consejo Empresarial\tSector privado\tTitular\tEva Ríos\teva@example.org\n";

fn table(text: &str) -> Table {
    read_pasted(text).unwrap()
}

/// Those that every exercise begins with.
fn sectors() -> Vec<SectorName> {
    let usual = Sector::VALUES.iter().filter(|sector| !matches!(sector, Sector::Own(_)));
    let name = |sector: &Sector| domain::ShortText::parse(sector.code()).unwrap();
    usual.map(|sector| SectorName { sector: *sector, name: name(sector) }).collect()
}

fn shown(text: &str, known: &[Seat], answers: &Answers) -> Preview {
    let table = table(text);
    let preview = preview(&table, &Columns::guess(&table), known, answers, &sectors());
    accounted_for(&table, &preview);
    preview
}

/// Every row is in exactly one place, and the count shown is the count made.
fn accounted_for(table: &Table, preview: &Preview) {
    let counts = preview.counts;
    let made: Vec<_> = entries(preview).collect();
    assert_eq!(made.len(), counts.ready());
    let lines = counts.ready() + counts.same + counts.repeated + counts.left_out + counts.asked;
    assert_eq!(lines, preview.lines.len());
    assert_eq!(counts.empty, table.dropped_empty);
    let mut rows: Vec<u32> = preview.lines.iter().map(|line| line.place.row).collect();
    rows.dedup();
    assert_eq!(rows, table.rows.iter().map(|row| row.number).collect::<Vec<_>>());
    assert_eq!(counts.rows, rows.len());
    for line in &preview.lines {
        if let Standing::Asked(questions) = &line.standing {
            assert!(!questions.is_empty(), "{line:?}");
            assert!(questions.iter().all(|question| question.row == line.place.row));
        }
    }
}

/// The seats after the entries were made.
fn made(known: &[Seat], preview: &Preview) -> Vec<Seat> {
    let mut seats = known.to_vec();
    for Entry { known, seat, .. } in entries(preview) {
        match known {
            Some(at) => seats[at] = seat.clone(),
            None => seats.push(seat.clone()),
        }
    }
    seats
}

fn questions(preview: &Preview) -> Vec<&Question> {
    let questions = preview.lines.iter().filter_map(|line| match &line.standing {
        Standing::Asked(questions) => Some(questions),
        _ => None,
    });
    questions.flatten().collect()
}

fn only_question(preview: &Preview) -> Question {
    let questions = questions(preview);
    assert_eq!(questions.len(), 1, "{questions:#?}");
    questions[0].clone()
}

fn answered(asked: &Asked, answer: Answer) -> Answers {
    let mut answers = Answers::default();
    answers.give(asked.clone(), answer);
    answers
}

/// What one tap answers.
fn taps(question: &Question) -> Vec<Answer> {
    let taps = question.offers.iter().filter_map(|offer| match offer {
        Offer::Answer(answer) => Some(answer.clone()),
        Offer::Write | Offer::ChooseOrganisation => None,
    });
    taps.collect()
}

fn seat(organisation: &str, kind: SeatKind, person: &str, mail: &str) -> Seat {
    Seat {
        organisation: organisation.to_owned(),
        sector: Sector::PublicInstitution,
        kind,
        person: person.to_owned(),
        mail: mail.to_owned(),
        phone: String::new(),
        signs: true,
    }
}
