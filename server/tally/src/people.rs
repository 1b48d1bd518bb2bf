//! Counting a table in which a row is a person.

use std::collections::{BTreeMap, BTreeSet};

use domain::pack::results::{
    Counted, Grouping, Hundredths, MOST_MARKS, MOST_OPTIONS, Question, QuestionKind, Row,
};

use crate::cells::{Tallied, key, mark, short};
use crate::column::{Column, Mapping, Rows};
use crate::counts::{mean, rest};
use crate::groups::Told;
use crate::options::{Options, found, found_whole};

pub(crate) fn count(rows: &Rows<'_>, mapping: &Mapping) -> Counted {
    let asked: Vec<usize> = mapping
        .holding(|column| matches!(column, Column::One | Column::Several | Column::Mark))
        .collect();
    let answers = |row: &roster::Row| asked.iter().any(|at| !row.cell(*at).trim().is_empty());
    let rows =
        Rows { rows: rows.rows.iter().copied().filter(|row| answers(row)).collect(), ..*rows };
    let told: Vec<Told> = mapping
        .columns
        .iter()
        .enumerate()
        .filter_map(|(at, column)| match column {
            Some(Column::Group(by)) => Some((at, *by)),
            _ => None,
        })
        .scan(BTreeSet::new(), |seen, (at, by)| Some(seen.insert(by).then_some((at, by))))
        .flatten()
        .filter_map(|(at, by)| Told::of(by, rows.rows.iter().map(|row| row.cell(at))))
        .collect();
    let mut questions: Vec<Question> = Vec::new();
    let mut matrices: Vec<String> = Vec::new();
    for at in asked {
        let question = match mapping.columns[at] {
            Some(Column::Mark) => {
                let (title, _) = matrix(mapping.title(at));
                if matrices.iter().any(|other| *other == key(title)) {
                    continue;
                }
                matrices.push(key(title));
                let same = |other: &usize| key(matrix(mapping.title(*other)).0) == key(title);
                let columns: Vec<_> =
                    mapping.holding(|column| column == Column::Mark).filter(same).collect();
                marks(&rows, mapping, &columns, &told)
            }
            kind => chosen(&rows, mapping, at, kind == Some(Column::Several), &told),
        };
        if !question.rows.is_empty() {
            questions.push(question);
        }
    }
    let people = u32::try_from(rows.rows.len()).unwrap_or(u32::MAX);
    let groupings: Vec<Grouping> = told.into_iter().map(|told| told.grouping).collect();
    Counted { people: Some(people), groupings, questions }
}

/// The question of a matrix, and its row: *Califica cada compromiso [Compras abiertas]*.
pub(crate) fn matrix(title: &str) -> (&str, &str) {
    let title = title.trim();
    let inside = title.strip_suffix(']').and_then(|title| title.rsplit_once('['));
    match inside {
        Some((question, row)) if !row.trim().is_empty() => (question.trim(), row.trim()),
        _ => ("", title),
    }
}

fn empty_parts(told: &[Told]) -> Vec<Vec<u32>> {
    told.iter().map(|told| vec![0; told.grouping.groups.len()]).collect()
}

fn chosen(rows: &Rows<'_>, mapping: &Mapping, at: usize, several: bool, told: &[Told]) -> Question {
    let known = mapping.known(at);
    let mut list = match (known, several) {
        ([], true) => found(rows.cells(at)),
        ([], false) => found_whole(rows.cells(at)),
        (known, _) => known.to_vec(),
    };
    list.retain(|option| !short(option).is_empty());
    list.truncate(MOST_OPTIONS);
    let options = Options::new(&list);
    let whole: BTreeMap<String, usize> =
        list.iter().enumerate().rev().map(|(at, option)| (key(option), at)).collect();
    let mut counts: Vec<(u32, Vec<Vec<u32>>)> = vec![(0, empty_parts(told)); list.len()];
    let (mut answered, mut others) = (0, Tallied::default());
    for (place, row) in rows.rows.iter().enumerate() {
        let cell = row.cell(at).trim();
        if cell.is_empty() {
            continue;
        }
        answered += 1;
        let (chosen, rest) = match (several, whole.get(&key(cell))) {
            (_, Some(one)) => (BTreeSet::from([*one]), Vec::new()),
            (true, None) => {
                let cut = options.cut(cell);
                (cut.chosen, cut.rest)
            }
            (false, None) => (BTreeSet::new(), vec![cell.to_owned()]),
        };
        if chosen.is_empty() && rest.is_empty() {
            // Nothing but separators: it is what somebody wrote.
            others.add(cell);
        }
        rest.iter().for_each(|text| others.add(text));
        for option in chosen {
            let (count, parts) = &mut counts[option];
            *count += 1;
            for (part, told) in parts.iter_mut().zip(told) {
                if let Some(group) = told.groups[place] {
                    part[group] += 1;
                }
            }
        }
    }
    let mut counted: Vec<Row> = list
        .iter()
        .zip(counts)
        .map(|(option, (count, parts))| Row {
            label: short(option),
            count,
            mean: None,
            spread: Vec::new(),
            parts: parts.into_iter().map(|part| part.into_iter().map(Some).collect()).collect(),
        })
        .collect();
    counted.sort_by_key(|row| std::cmp::Reverse(row.count));
    let (rest, rest_beside) = rest(&others);
    let kind = if several { QuestionKind::Several } else { QuestionKind::One };
    Question { title: short(mapping.title(at)), kind, answered, rows: counted, rest, rest_beside }
}

fn marks(rows: &Rows<'_>, mapping: &Mapping, columns: &[usize], told: &[Told]) -> Question {
    let (mut answered, mut others) = (BTreeSet::new(), Tallied::default());
    let mut counted = Vec::new();
    for at in columns {
        let mut given: Vec<Hundredths> = Vec::new();
        let mut sums: Vec<Vec<(u64, u32)>> =
            told.iter().map(|told| vec![(0, 0); told.grouping.groups.len()]).collect();
        for (place, row) in rows.rows.iter().enumerate() {
            let cell = row.cell(*at).trim();
            if cell.is_empty() {
                continue;
            }
            let Some(mark) = mark(cell) else {
                others.add(cell);
                continue;
            };
            answered.insert(place);
            given.push(mark);
            for (sum, told) in sums.iter_mut().zip(told) {
                if let Some(group) = told.groups[place] {
                    let (total, count) = &mut sum[group];
                    (*total, *count) = (*total + u64::from(mark), *count + 1);
                }
            }
        }
        // Without a title it is called by its letter.
        let label = short(matrix(mapping.title(*at)).1);
        let label = if label.is_empty() { short(&roster::Columns::letters(*at)) } else { label };
        let total = given.iter().map(|mark| u64::from(*mark)).sum();
        let count = u32::try_from(given.len()).unwrap_or(u32::MAX);
        let parts = sums
            .into_iter()
            .map(|sum| sum.into_iter().map(|(total, count)| mean(total, count)).collect());
        let mean = mean(total, count);
        counted.push(Row { label, count, mean, spread: spread(&given), parts: parts.collect() });
    }
    let title = columns.first().map_or("", |at| matrix(mapping.title(*at)).0);
    let answered = u32::try_from(answered.len()).unwrap_or(u32::MAX);
    let (rest, rest_beside) = rest(&others);
    let kind = QuestionKind::Mark;
    Question { title: short(title), kind, answered, rows: counted, rest, rest_beside }
}

/// How many gave which mark: each by itself, else rounded to whole ones, else to tens.
fn spread(given: &[Hundredths]) -> Vec<(Hundredths, u32)> {
    for step in [1, 100, 1_000] {
        let mut spread: BTreeMap<Hundredths, u32> = BTreeMap::new();
        for mark in given {
            *spread.entry((mark + step / 2) / step * step).or_default() += 1;
        }
        if spread.len() <= MOST_MARKS {
            return spread.into_iter().collect();
        }
    }
    Vec::new()
}
