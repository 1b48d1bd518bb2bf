//! What would become of every row. The numbers that are shown are those of what is made:
//! [`entries`] gives exactly the rows that [`Counts`] counts as new and changed.

use domain::exercise::SectorName;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

use crate::columns::Columns;
use crate::doubt::{Answers, Question};
use crate::lines::{self, Place};
use crate::people::{self, Matched, same_mail, same_phone};
use crate::seat::{Draft, Seat};
use crate::table::Table;
use crate::{organisations, shared};

/// What would become of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// The seats of all rows, in the order of the list.
    pub lines: Vec<Line>,
    /// How many there are of each.
    pub counts: Counts,
}

/// A seat of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Where it stands.
    pub place: Place,
    /// What it says as far as it is clear.
    pub draft: Draft,
    /// What would become of it.
    pub standing: Standing,
}

/// What would become of a seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// It is made.
    New(Seat),
    /// A known one changes.
    Changed {
        /// Which one, among the known.
        known: usize,
        /// How it is afterwards.
        seat: Seat,
        /// In what it changes.
        what: Vec<Change>,
    },
    /// It is known as it is.
    Same {
        /// Which one, among the known.
        known: usize,
    },
    /// Another row says the same.
    Repeated {
        /// That row's number.
        row: u32,
    },
    /// It was answered that it isn't added.
    LeftOut,
    /// Something has to be answered first.
    Asked(Vec<Question>),
}

/// In what a known seat changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// The organisation's sector.
    Sector,
    /// Its person becomes titular, or suplente.
    Kind,
    /// It gets a person, in place of another or of nobody.
    Person,
    /// The name of its person is written differently.
    Spelling,
    /// The address.
    Mail,
    /// The telephone.
    Phone,
    /// Whether the organisation signs.
    Signs,
}

/// How many seats there are of each kind, and how many rows beside them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Rows of the list.
    pub rows: usize,
    /// Seats that are made.
    pub new: usize,
    /// Known seats that change.
    pub changed: usize,
    /// Known seats that stay as they are.
    pub same: usize,
    /// Seats that another row says as well.
    pub repeated: usize,
    /// Seats that aren't added.
    pub left_out: usize,
    /// Seats about which something is asked.
    pub asked: usize,
    /// Rows with nothing in them.
    pub empty: usize,
    /// Rows above the headings.
    pub above: usize,
}

impl Counts {
    /// How many seats are made or changed when the list is taken.
    pub const fn ready(&self) -> usize {
        self.new + self.changed
    }
}

/// A seat to be made or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Where it stands.
    pub place: Place,
    /// The known seat that changes; none for one that is made.
    pub known: Option<usize>,
    /// How it is afterwards.
    pub seat: &'a Seat,
    /// In what it changes; nothing for one that is made.
    pub what: &'a [Change],
}

/// Says of every row what would become of it.
///
/// Rows are the same by organisation, seat and person, without accents and capitals. An empty cell
/// says nothing: it takes no known address or telephone away.
///
/// `sectors` are the exercise's: no other is offered or taken.
pub fn preview(
    table: &Table,
    columns: &Columns,
    known: &[Seat],
    answers: &Answers,
    sectors: &[SectorName],
) -> Preview {
    let mut lines = lines::lines(table, columns, answers);
    organisations::settle(&mut lines, known, answers);
    organisations::settle_sectors(&mut lines, known, answers, sectors);
    organisations::settle_signs(&mut lines, known, answers);
    shared::settle_addresses(&mut lines, known, answers);
    let matched = people::settle(&mut lines, known, answers);
    shared::settle_shared(&mut lines, &matched, known, answers);
    let lines: Vec<Line> =
        lines.into_iter().zip(matched).map(|(line, matched)| stand(line, matched, known)).collect();
    let mut counts = Counts {
        rows: table.rows.len(),
        empty: table.dropped_empty,
        above: table.above.len(),
        ..Counts::default()
    };
    for line in &lines {
        *match line.standing {
            Standing::New(_) => &mut counts.new,
            Standing::Changed { .. } => &mut counts.changed,
            Standing::Same { .. } => &mut counts.same,
            Standing::Repeated { .. } => &mut counts.repeated,
            Standing::LeftOut => &mut counts.left_out,
            Standing::Asked(_) => &mut counts.asked,
        } += 1;
    }
    Preview { lines, counts }
}

/// The seats to be made or changed, in the order of the list.
pub fn entries(preview: &Preview) -> impl Iterator<Item = Entry<'_>> {
    preview.lines.iter().filter_map(|line| match &line.standing {
        Standing::New(seat) => Some(Entry { place: line.place, known: None, seat, what: &[] }),
        Standing::Changed { known, seat, what } => {
            Some(Entry { place: line.place, known: Some(*known), seat, what })
        }
        Standing::Same { .. }
        | Standing::Repeated { .. }
        | Standing::LeftOut
        | Standing::Asked(_) => None,
    })
}

fn stand(line: lines::Line, matched: Matched, known: &[Seat]) -> Line {
    let lines::Line { place, mut draft, questions, left_out, person, mail, phone, .. } = line;
    let standing = match (draft.sector, draft.kind) {
        _ if left_out => Standing::LeftOut,
        _ if !questions.is_empty() => Standing::Asked(questions),
        (_, Some(_)) if matched.repeats.is_some() => {
            Standing::Repeated { row: matched.repeats.unwrap_or_default() }
        }
        (Some(sector), Some(kind)) => {
            let organisation = draft.organisation.clone();
            let signs = draft.signs.unwrap_or(true);
            let seat = Seat { organisation, sector, kind, person, mail, phone, signs };
            let standing = match matched.known {
                None => Standing::New(seat),
                Some(at) => compare(at, &known[at], seat, matched.respelt),
            };
            if let Standing::New(seat) | Standing::Changed { seat, .. } = &standing {
                draft.person.clone_from(&seat.person);
                draft.mail.clone_from(&seat.mail);
                draft.phone.clone_from(&seat.phone);
                draft.signs = Some(seat.signs);
            }
            standing
        }
        // Whatever isn't clear has been asked about.
        (None, _) | (_, None) => Standing::Asked(questions),
    };
    Line { place, draft, standing }
}

fn compare(at: usize, known: &Seat, mut seat: Seat, respelt: bool) -> Standing {
    let mut what = Vec::new();
    let mut note = |change, changes: bool| what.extend(changes.then_some(change));
    let somebody = !seat.person.is_empty();
    let other = somebody && lines::key(&seat.person) != lines::key(&known.person) && !respelt;
    let spelt = seat.person.nfc().eq(known.person.nfc());
    note(Change::Sector, seat.sector != known.sector);
    note(Change::Kind, seat.kind != known.kind);
    note(Change::Person, other);
    note(Change::Spelling, somebody && !other && !spelt);
    note(Change::Mail, !same_mail(&seat.mail, &known.mail));
    note(Change::Phone, !same_phone(&seat.phone, &known.phone));
    note(Change::Signs, seat.signs != known.signs);
    if what.is_empty() {
        return Standing::Same { known: at };
    }
    if !somebody {
        seat.person.clone_from(&known.person);
    }
    // Whoever follows somebody doesn't take over their address.
    if !other || known.person.is_empty() {
        if seat.mail.is_empty() {
            seat.mail.clone_from(&known.mail);
        }
        if seat.phone.is_empty() {
            seat.phone.clone_from(&known.phone);
        }
    }
    Standing::Changed { known: at, seat, what }
}
