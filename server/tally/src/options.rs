//! Cells with several options: finding the options, and cutting a cell by them.

use std::collections::{BTreeMap, BTreeSet};

use crate::cells::{Tallied, key};

/// Most options that are found.
const MOST: usize = domain::pack::results::MOST_OPTIONS;
/// How often two parts have to stand side by side, and never apart, to be one option.
const TOGETHER: u32 = 5;
/// The same where all is in capitals, which begin nothing there.
const TOGETHER_SHOUTED: u32 = 2;
/// From so many answers on, an option that was chosen once isn't found: it is somebody's own words.
const MANY: usize = 20;

/// What separates options for sure; a comma may be part of one.
const HARD: [char; 3] = [';', '|', '\n'];

/// The parts of a cell: first by what separates for sure, then by commas.
fn parts(cell: &str) -> impl Iterator<Item = Vec<&str>> {
    cell.split(HARD)
        .map(|segment| segment.split(',').map(str::trim).filter(|part| !part.is_empty()).collect())
}

/// Options, to cut cells by.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// By the key of its first part: the keys of all its parts, longest first, and which it is.
    begins: BTreeMap<String, Vec<(Vec<String>, usize)>>,
}

/// What a cell comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cut {
    /// Which options it has, each once.
    pub chosen: BTreeSet<usize>,
    /// What matches none, as it stands.
    pub rest: Vec<String>,
}

impl Options {
    /// Of a list.
    pub fn new<T: AsRef<str>>(list: &[T]) -> Self {
        let mut begins: BTreeMap<String, Vec<(Vec<String>, usize)>> = BTreeMap::new();
        for (at, option) in list.iter().enumerate() {
            let keys: Vec<String> = parts(option.as_ref()).flatten().map(key).collect();
            if let Some(first) = keys.first() {
                begins.entry(first.clone()).or_default().push((keys, at));
            }
        }
        for same in begins.values_mut() {
            same.sort_by_key(|(keys, _)| std::cmp::Reverse(keys.len()));
        }
        Self { begins }
    }

    /// Cuts a cell.
    pub fn cut(&self, cell: &str) -> Cut {
        let mut cut = Cut::default();
        for segment in parts(cell) {
            let keys: Vec<String> = segment.iter().map(|part| key(part)).collect();
            let (mut at, mut unknown) = (0, None);
            while at < segment.len() {
                let here = self.begins.get(&keys[at]).and_then(|same| {
                    same.iter().find(|(option, _)| keys[at..].starts_with(option))
                });
                match here {
                    Some((option, which)) => {
                        cut.rest
                            .extend(unknown.take().map(|from: usize| segment[from..at].join(", ")));
                        cut.chosen.insert(*which);
                        at += option.len();
                    }
                    None => {
                        unknown.get_or_insert(at);
                        at += 1;
                    }
                }
            }
            cut.rest.extend(unknown.map(|from| segment[from..].join(", ")));
        }
        cut
    }
}

/// The options of a column, the most frequent first.
pub fn found<'a>(cells: impl Iterator<Item = &'a str> + Clone) -> Vec<String> {
    let answers = cells.clone().count();
    let hard = cells.clone().filter(|cell| cell.contains(HARD)).count();
    let mut tallied = Tallied::default();
    if hard * 10 >= answers.max(1) {
        // Something else than commas separates: these are part of the options.
        for segment in cells.flat_map(|cell| cell.split(HARD)).map(str::trim) {
            if !segment.is_empty() {
                tallied.add(segment);
            }
        }
    } else {
        let joined = Joined::of(cells.clone());
        for option in cells.flat_map(|cell| joined.apply(cell)) {
            tallied.add(&option);
        }
    }
    kept(&tallied, answers)
}

/// The options of a column in which every cell has one.
pub fn found_whole<'a>(cells: impl Iterator<Item = &'a str> + Clone) -> Vec<String> {
    let mut tallied = Tallied::default();
    cells.clone().for_each(|cell| tallied.add(cell));
    kept(&tallied, cells.count())
}

fn kept(tallied: &Tallied, answers: usize) -> Vec<String> {
    let fewest = if answers >= MANY { 2 } else { 1 };
    let frequent = tallied.sorted().into_iter().filter(|(_, how)| how.total() >= fewest);
    let found: Vec<_> = frequent.take(MOST).map(|(_, how)| how.usual()).collect();
    if found.is_empty() {
        return tallied.sorted().into_iter().take(MOST).map(|(_, how)| how.usual()).collect();
    }
    found
}

/// Which parts that stand side by side are one option.
struct Joined(BTreeSet<(String, String)>);

impl Joined {
    /// Those of which the second goes on in a small letter anywhere, and those that never stand apart.
    fn of<'a>(cells: impl Iterator<Item = &'a str>) -> Self {
        let mut alone: BTreeMap<String, u32> = BTreeMap::new();
        let mut beside: BTreeMap<(String, String), Beside> = BTreeMap::new();
        for segment in cells.flat_map(parts) {
            for part in &segment {
                *alone.entry(key(part)).or_default() += 1;
            }
            for pair in segment.windows(2) {
                let entry = beside.entry((key(pair[0]), key(pair[1]))).or_default();
                entry.times += 1;
                entry.spoken |= pair.iter().any(|part| part.chars().any(char::is_lowercase));
                let first = pair[1].chars().find(|letter| letter.is_alphabetic());
                entry.goes_on |= first.is_some_and(char::is_lowercase);
            }
        }
        let one = |(pair, beside): &((String, String), Beside)| {
            let enough = if beside.spoken { TOGETHER } else { TOGETHER_SHOUTED };
            let never_apart = [&pair.0, &pair.1]
                .iter()
                .all(|part| alone.get(part.as_str()) == Some(&beside.times));
            beside.goes_on || (beside.times >= enough && never_apart)
        };
        Self(beside.into_iter().filter(one).map(|(pair, _)| pair).collect())
    }

    /// The options of a cell.
    fn apply(&self, cell: &str) -> Vec<String> {
        let mut options: Vec<String> = Vec::new();
        for segment in parts(cell) {
            let mut last: Option<&str> = None;
            for part in segment {
                let joined = last.is_some_and(|last| self.0.contains(&(key(last), key(part))));
                match options.last_mut().filter(|_| joined) {
                    Some(option) => {
                        option.push_str(", ");
                        option.push_str(part);
                    }
                    None => options.push(part.to_owned()),
                }
                last = Some(part);
            }
        }
        options
    }
}

/// How two parts stand side by side.
#[derive(Default)]
struct Beside {
    times: u32,
    /// Not all in capitals.
    spoken: bool,
    /// The second begins in a small letter.
    goes_on: bool,
}

/// How many options a cell seems to have.
pub(crate) fn seem<'a>(
    cells: impl Iterator<Item = &'a str> + Clone,
) -> impl Iterator<Item = usize> {
    let options = Options::new(&found(cells.clone()));
    cells.map(move |cell| options.cut(cell).chosen.len())
}
