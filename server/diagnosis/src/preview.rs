//! What would become of every row. The numbers that are shown are those of what is made: [`Preview::entries`]
//! has exactly the parts that [`Counts`] counts as new.

use domain::TextField;
use domain::text::alphabet::folded;
use domain::text::words::SHORT_LIMIT;
use roster::{Row, Table};

use crate::columns::{Column, Columns};

/// A problem that the mesa has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Its title.
    pub title: String,
    /// Its solutions.
    pub solutions: Vec<String>,
    /// Its preliminary commitments.
    pub drafts: Vec<String>,
}

/// What would become of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// The parts of all rows, in the order of the list.
    pub lines: Vec<Line>,
    /// What is made, problem by problem.
    pub entries: Vec<Entry>,
    /// How many there are of each.
    pub counts: Counts,
}

/// Something that a row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The row's number.
    pub row: u32,
    /// What it is.
    pub part: Part,
    /// What it says.
    pub text: String,
    /// What would become of it.
    pub standing: Standing,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A problem.
    Problem,
    /// A solution.
    Solution,
    /// A preliminary commitment.
    Draft,
    /// Another text of the problem.
    Text(TextField),
    /// Where its evidence can be found.
    Source,
}

/// What would become of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is added.
    New,
    /// The mesa has it already.
    Same,
    /// A row above says the same.
    Repeated,
    /// There is no problem that it could belong to.
    NoProblem,
    /// The mesa has the problem with texts of its own, which stay.
    Stays,
    /// It is longer than it may be: by how many letters it has to be shorter.
    TooLong(usize),
}

/// How many lines there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows with something in them.
    pub rows: usize,
    /// Rows with nothing in them.
    pub empty: usize,
    /// Problems that are added.
    pub problems: usize,
    /// Solutions.
    pub solutions: usize,
    /// Preliminary commitments.
    pub drafts: usize,
    /// What isn't added.
    pub left: usize,
}

impl Counts {
    /// How much is added.
    pub const fn ready(&self) -> usize {
        self.problems + self.solutions + self.drafts
    }
}

/// A problem of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Which one of the known; none: it is added.
    pub known: Option<usize>,
    /// Its title.
    pub title: String,
    /// Its other texts.
    pub texts: Vec<(TextField, String)>,
    /// Where its evidence can be found.
    pub source: String,
    /// The solutions that are added.
    pub solutions: Vec<String>,
    /// The preliminary commitments that are added.
    pub drafts: Vec<String>,
}

/// Says of every row what would become of it. What differs in capitals, accents and signs alone is the same.
pub fn preview(table: &Table, columns: &Columns, known: &[Known]) -> Preview {
    let mut making = Making { known, preview: Preview::default(), current: None };
    let rows: Vec<&Row> = table.all().skip(usize::from(columns.headed)).collect();
    making.preview.counts.rows = rows.len();
    making.preview.counts.empty = table.dropped_empty;
    for row in rows {
        making.row(row, columns);
    }
    making.preview
}

struct Making<'a> {
    known: &'a [Known],
    preview: Preview,
    /// The entry that the rows are about.
    current: Option<usize>,
}

impl Making<'_> {
    fn row(&mut self, row: &Row, columns: &Columns) {
        let cell = |column: Column| {
            let cells = columns.holding(column).map(|at| roster::cleaned(row.cell(at)));
            let cells: Vec<String> = cells.filter(|cell| !cell.is_empty()).collect();
            cells.join(" · ")
        };
        let title = cell(Column::Text(TextField::Title));
        if !title.is_empty() {
            self.problem(row.number, title);
        }
        for column in Column::ALL {
            let text = cell(column);
            let part = match column {
                Column::Text(TextField::Title) => continue,
                _ if text.is_empty() => continue,
                Column::Text(field) => Part::Text(field),
                Column::Source => Part::Source,
                Column::Solution => Part::Solution,
                Column::Draft => Part::Draft,
            };
            let standing = self.standing(part, &text);
            self.line(row.number, part, text, standing);
        }
    }

    fn problem(&mut self, row: u32, title: String) {
        let key = folded(&title);
        let entries = &self.preview.entries;
        if let Some(at) = entries.iter().position(|entry| folded(&entry.title) == key) {
            self.current = Some(at);
            let more = entries[at].known.map_or(Standing::Repeated, |_| Standing::Same);
            return self.line(row, Part::Problem, title, more);
        }
        if let Some(over) = over(&title, TextField::Title.limit()) {
            self.current = None;
            return self.line(row, Part::Problem, title, Standing::TooLong(over));
        }
        let known = self.known.iter().position(|known| folded(&known.title) == key);
        self.current = Some(entries.len());
        self.preview.entries.push(Entry { known, title: title.clone(), ..Entry::default() });
        let standing = if known.is_some() { Standing::Same } else { Standing::New };
        self.line(row, Part::Problem, title, standing);
    }

    /// What becomes of a part of the present problem, which gets it where it is new.
    fn standing(&mut self, part: Part, text: &str) -> Standing {
        let Some(entry) = self.current.and_then(|at| self.preview.entries.get_mut(at)) else {
            return Standing::NoProblem;
        };
        let known = entry.known.and_then(|at| self.known.get(at));
        let has = |list: &[String]| list.iter().any(|other| folded(other) == folded(text));
        match part {
            Part::Problem => Standing::New,
            Part::Solution | Part::Draft => {
                let (there, list) = match part {
                    Part::Solution => (known.map(|known| &known.solutions), &mut entry.solutions),
                    _ => (known.map(|known| &known.drafts), &mut entry.drafts),
                };
                if there.is_some_and(|there| has(there)) {
                    return Standing::Same;
                } else if has(list) {
                    return Standing::Repeated;
                } else if let Some(over) = over(text, TextField::Title.limit()) {
                    return Standing::TooLong(over);
                }
                list.push(text.to_owned());
                Standing::New
            }
            Part::Text(_) | Part::Source if known.is_some() => Standing::Stays,
            Part::Source => {
                if let Some(over) = over(text, SHORT_LIMIT as u32) {
                    return Standing::TooLong(over);
                }
                let first = entry.source.is_empty();
                if first {
                    text.clone_into(&mut entry.source);
                }
                if first { Standing::New } else { Standing::Repeated }
            }
            Part::Text(field) => {
                let written = entry.texts.iter_mut().find(|(other, _)| *other == field);
                let before = written.as_ref().map_or("", |(_, before)| before.as_str());
                if before.lines().any(|line| folded(line) == folded(text)) {
                    return Standing::Repeated;
                }
                let all =
                    if before.is_empty() { text.to_owned() } else { format!("{before}\n{text}") };
                if let Some(over) = over(&all, field.limit()) {
                    return Standing::TooLong(over);
                }
                match written {
                    Some((_, before)) => *before = all,
                    None => entry.texts.push((field, all)),
                }
                Standing::New
            }
        }
    }

    fn line(&mut self, row: u32, part: Part, text: String, standing: Standing) {
        let counts = &mut self.preview.counts;
        match (standing, part) {
            (Standing::New, Part::Problem) => counts.problems += 1,
            (Standing::New, Part::Solution) => counts.solutions += 1,
            (Standing::New, Part::Draft) => counts.drafts += 1,
            (Standing::New, Part::Text(_) | Part::Source) => {}
            // That a problem goes on in the next row is no finding.
            (Standing::Repeated, Part::Problem) => {}
            _ => counts.left += 1,
        }
        let goes_on = standing == Standing::Repeated && part == Part::Problem;
        if !goes_on {
            self.preview.lines.push(Line { row, part, text, standing });
        }
    }
}

/// By how many letters a text is too long.
fn over(text: &str, limit: u32) -> Option<usize> {
    text.chars().count().checked_sub(limit as usize).filter(|over| *over > 0)
}
