//! Counting a table in which a row is an option, with how often it was chosen or the mean of its marks.

use domain::pack::results::{
    Counted, Hundredths, MOST_MARKS, MOST_OPTIONS, MOST_RESTS, Question, QuestionKind, Rest, Row,
};

use crate::cells::{Tallied, key, mark, short, whole};
use crate::column::{Column, Mapping, Rows};

/// Words of a row that sums up the others.
const TOTALS: [&str; 5] = ["total", "totales", "total general", "suma", "gran total"];

pub(crate) fn count(rows: &Rows<'_>, mapping: &Mapping) -> Counted {
    let first = |wanted: Column| mapping.holding(move |column| column == wanted).next();
    let option = first(Column::Option).unwrap_or_default();
    let counts: Vec<usize> = mapping.holding(|column| column == Column::Count).collect();
    let title = mapping.title(option);
    let of_question = first(Column::Question);
    let blocks = blocks(rows, of_question, title);
    let mut questions = Vec::new();
    for (title, rows) in &blocks {
        // Headings that are numbers are marks, with how many gave each.
        let scale: Vec<(usize, Hundredths)> =
            counts.iter().filter_map(|at| Some((*at, mark(mapping.title(*at))?))).collect();
        if counts.len() > 1 && scale.len() == counts.len() {
            questions.push(matrix(title, rows, option, &scale));
            continue;
        }
        for at in mapping.holding(|column| column == Column::Mark) {
            let title = beside(title, mapping.title(at), first(Column::Mark) == Some(at));
            questions.push(means(&title, rows, (option, at), counts.first().copied()));
        }
        if first(Column::Mark).is_none() {
            for at in &counts {
                let title = beside(title, mapping.title(*at), counts.len() == 1);
                questions.push(chosen(&title, rows, option, *at));
            }
        }
    }
    questions.retain(|question| !question.rows.is_empty());
    Counted { people: None, groupings: Vec::new(), questions }
}

/// A question with the rows of its options.
type Block<'a> = (String, Vec<&'a roster::Row>);

/// Question by question. Where cells are merged, the first of them says it.
fn blocks<'a>(rows: &Rows<'a>, of: Option<usize>, title: &str) -> Vec<Block<'a>> {
    let mut blocks: Vec<Block<'a>> = Vec::new();
    for row in &rows.rows {
        let said = of.map_or("", |at| row.cell(at).trim());
        let last = blocks.last().map(|(last, _)| last.clone());
        let named = match (of, said, last) {
            (None, ..) => title.to_owned(),
            (Some(_), "", last) => last.unwrap_or_default(),
            (Some(_), said, _) => said.to_owned(),
        };
        match blocks.iter_mut().find(|(other, _)| key(other) == key(&named)) {
            Some((_, rows)) => rows.push(row),
            None => blocks.push((named, vec![row])),
        }
    }
    blocks
}

/// A question with the heading of one of several columns.
fn beside(title: &str, heading: &str, alone: bool) -> String {
    match (alone, title.is_empty()) {
        (true, false) => title.to_owned(),
        (true, true) | (false, true) => heading.to_owned(),
        (false, false) => format!("{title} · {heading}"),
    }
}

fn row(label: domain::ShortText, count: u32, mean: Option<Hundredths>) -> Row {
    Row { label, count, mean, spread: Vec::new(), parts: Vec::new() }
}

fn chosen(title: &str, rows: &[&roster::Row], option: usize, at: usize) -> Question {
    let (mut counted, mut total, mut others) = (Vec::new(), None, Tallied::default());
    for line in rows {
        let (label, cell) = (short(line.cell(option)), line.cell(at).trim());
        match whole(cell) {
            _ if label.is_empty() && cell.is_empty() => {}
            Some(number) if TOTALS.contains(&key(label.as_str()).as_str()) => total = Some(number),
            Some(number) if !label.is_empty() && counted.len() < MOST_OPTIONS => {
                counted.push(row(label, number, None));
            }
            _ => others.add(&format!("{} {cell}", line.cell(option).trim())),
        }
    }
    let sum = counted.iter().fold(0_u32, |sum, row| sum.saturating_add(row.count));
    // More were counted than there are: people chose several.
    let several = total.is_some_and(|total| total < sum);
    let kind = if several { QuestionKind::Several } else { QuestionKind::One };
    let (rest, rest_beside) = rest(&others);
    let answered = total.unwrap_or(sum);
    counted.sort_by_key(|row| std::cmp::Reverse(row.count));
    Question { title: short(title), kind, answered, rows: counted, rest, rest_beside }
}

fn means(
    title: &str,
    rows: &[&roster::Row],
    (option, at): (usize, usize),
    people: Option<usize>,
) -> Question {
    let (mut counted, mut others) = (Vec::new(), Tallied::default());
    for line in rows {
        let (label, cell) = (short(line.cell(option)), line.cell(at).trim());
        let people = people.and_then(|at| whole(line.cell(at))).unwrap_or_default();
        match mark(cell) {
            _ if label.is_empty() && cell.is_empty() => {}
            Some(mean) if !label.is_empty() && counted.len() < MOST_OPTIONS => {
                counted.push(row(label, people, Some(mean)));
            }
            _ => others.add(&format!("{} {cell}", line.cell(option).trim())),
        }
    }
    marked(title, counted, &others)
}

fn matrix(
    title: &str,
    rows: &[&roster::Row],
    option: usize,
    scale: &[(usize, Hundredths)],
) -> Question {
    let (mut counted, mut others) = (Vec::new(), Tallied::default());
    for line in rows {
        let label = short(line.cell(option));
        let mut spread: Vec<(Hundredths, u32)> = Vec::new();
        for (at, mark) in scale {
            let cell = line.cell(*at).trim();
            match whole(cell) {
                Some(0) => {}
                Some(number) => spread.push((*mark, number)),
                None if cell.is_empty() => {}
                None => others.add(&format!("{} {cell}", line.cell(option).trim())),
            }
        }
        spread.sort_unstable();
        let count = spread.iter().fold(0_u32, |sum, (_, count)| sum.saturating_add(*count));
        let total = spread.iter().map(|(mark, count)| u64::from(*mark) * u64::from(*count)).sum();
        if label.is_empty() || count == 0 || counted.len() >= MOST_OPTIONS {
            if !label.is_empty() || count > 0 {
                others.add(line.cell(option));
            }
            continue;
        }
        if spread.len() > MOST_MARKS {
            spread.clear();
        }
        counted.push(Row { spread, ..row(label, count, mean(total, count)) });
    }
    marked(title, counted, &others)
}

fn marked(title: &str, rows: Vec<Row>, others: &Tallied) -> Question {
    let answered = rows.iter().map(|row| row.count).max().unwrap_or_default();
    let (rest, rest_beside) = rest(others);
    Question { title: short(title), kind: QuestionKind::Mark, answered, rows, rest, rest_beside }
}

/// The mean, rounded.
pub(crate) fn mean(total: u64, count: u32) -> Option<Hundredths> {
    let count = u64::from(count);
    let mean = (total + count / 2).checked_div(count)?;
    u32::try_from(mean).ok()
}

/// What matched nothing, the most frequent first, and how many beside.
pub(crate) fn rest(others: &Tallied) -> (Vec<Rest>, u32) {
    let sorted = others.sorted();
    let (listed, beside) = sorted.split_at(sorted.len().min(MOST_RESTS));
    let listed =
        listed.iter().map(|(_, how)| Rest { text: short(&how.usual()), count: how.total() });
    (listed.collect(), beside.iter().map(|(_, how)| how.total()).sum())
}
