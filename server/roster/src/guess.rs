//! Which column holds what, when headings alone don't say it.

use crate::columns::{Column, Columns, Heading, Whose, heading};
use crate::mail;
use crate::table::Table;
use crate::{seat, sector};

impl Columns {
    /// What each column likely holds: by its heading, else by its content.
    pub fn guess(table: &Table) -> Self {
        let width = table.width();
        let mut columns = Self(vec![None; width]);
        match &table.header {
            Some(header) => {
                for at in 0..width {
                    columns.0[at] = match heading(header.cell(at)) {
                        Some(Heading::Column(column)) => Some(column),
                        Some(Heading::ByContent(otherwise)) => by_content(table, at).or(otherwise),
                        None if header.cell(at).trim().is_empty() => by_content(table, at),
                        None => None,
                    };
                }
                columns.follow_the_person();
            }
            None => {
                for at in 0..width {
                    columns.0[at] = by_content(table, at);
                }
                columns.name_the_rest(table);
            }
        }
        columns.only_once();
        columns
    }

    /// Where titular and suplente stand side by side, *Correo* right of one of them is theirs.
    fn follow_the_person(&mut self) {
        let beside = [Whose::Holder, Whose::Alternate]
            .iter()
            .any(|whose| self.holding(Column::Person(*whose)).next().is_some());
        if !beside {
            return;
        }
        let mut last = None;
        for column in &mut self.0 {
            match column {
                Some(Column::Person(whose)) => last = Some(*whose),
                Some(Column::Mail(whose) | Column::Phone(whose) | Column::Surname(whose))
                    if *whose == Whose::Row =>
                {
                    *whose = last.unwrap_or(*whose);
                }
                _ => {}
            }
        }
    }

    /// Without headings: the first column with words is the organisation, the next the person;
    /// the other way round where the next has the names of organisations.
    fn name_the_rest(&mut self, table: &Table) {
        let filled = |at: &usize| table.rows.iter().any(|row| !row.cell(*at).trim().is_empty());
        let rest: Vec<usize> =
            (0..self.0.len()).filter(|at| self.0[*at].is_none()).filter(filled).collect();
        let organisations =
            |at: usize| table.rows.iter().filter(|row| sector::suggests_one(row.cell(at))).count();
        match rest.as_slice() {
            [] => {}
            [only] => self.0[*only] = Some(Column::Organisation),
            [first, second, ..] => {
                let (first, second) = if organisations(*second) > organisations(*first) {
                    (second, first)
                } else {
                    (first, second)
                };
                self.0[*first] = Some(Column::Organisation);
                self.0[*second] = Some(Column::Person(Whose::Row));
            }
        }
    }

    /// Of what stands in one column of a list only the first is kept.
    fn only_once(&mut self) {
        for single in [Column::Sector, Column::Seat, Column::Signs] {
            let again: Vec<usize> = self.holding(single).skip(1).collect();
            for at in again {
                self.0[at] = None;
            }
        }
    }
}

/// What most cells of a column are.
fn by_content(table: &Table, at: usize) -> Option<Column> {
    let cells = || table.rows.iter().map(|row| row.cell(at).trim()).filter(|cell| !cell.is_empty());
    let filled = cells().count();
    let most = |is: &dyn Fn(&str) -> bool| {
        filled > 0 && cells().filter(|cell| is(cell)).count() * 2 > filled
    };
    if most(&|cell| cell.contains('@') && !cell.starts_with('@')) {
        Some(Column::Mail(Whose::Row))
    } else if most(&|cell| is_phone(cell)) {
        Some(Column::Phone(Whose::Row))
    } else if most(&|cell| seat_word(cell)) {
        Some(Column::Seat)
    } else if most(&|cell| sector::names_one(cell)) {
        Some(Column::Sector)
    } else if most(&|cell| seat::yes_or_no(cell).is_some() && cell.parse::<u32>().is_err()) {
        Some(Column::Signs)
    } else {
        None
    }
}

fn is_phone(cell: &str) -> bool {
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    let allowed = |c: char| c.is_ascii_digit() || " +-().".contains(c);
    (7..=15).contains(&digits) && cell.chars().all(allowed)
}

/// Whether a cell says a seat and not much else: a person may be called *Titular de Regantes*.
fn seat_word(cell: &str) -> bool {
    let words = cell.split_whitespace().count();
    words <= 2
        && matches!(seat::said(cell), seat::Said::Kind(_) | seat::Said::Unclear(Some(_)))
        && !mail::is_address(cell)
}
