//! By what people are told apart: their groups, none of which is so small that it says who.

use std::collections::BTreeMap;

use domain::pack::results::{FEWEST_PEOPLE, Group, GroupBy, Grouping, MOST_GROUPS};

use crate::cells::{Tallied, key, short, whole};

/// Where an age band begins.
const BANDS: [u32; 5] = [0, 18, 30, 45, 60];
/// More isn't an age.
const OLDEST: u32 = 120;

/// A grouping, and in which of its groups each row is.
pub(crate) struct Told {
    pub grouping: Grouping,
    pub groups: Vec<Option<usize>>,
}

impl Told {
    /// Of a column, row by row; nothing where no group is large enough.
    pub fn of<'a>(by: GroupBy, cells: impl Iterator<Item = &'a str>) -> Option<Self> {
        let cells: Vec<String> = cells.map(|cell| said(by, cell)).collect();
        let mut tallied = Tallied::default();
        cells.iter().filter(|cell| !cell.is_empty()).for_each(|cell| tallied.add(cell));
        let (large, small): (Vec<_>, Vec<_>) =
            tallied.sorted().into_iter().partition(|(_, how)| how.total() >= FEWEST_PEOPLE);
        let (mut own, beyond) = large.split_at(large.len().min(MOST_GROUPS - 1));
        let mut sorted = own.to_vec();
        if by == GroupBy::Age {
            sorted.sort_by_key(|(key, _)| {
                let first = key.split(' ').find_map(|word| word.parse::<u32>().ok());
                (first.unwrap_or(u32::MAX), (*key).to_owned())
            });
            own = &sorted;
        }
        let mut groups: Vec<Group> = own
            .iter()
            .map(|(_, how)| Group { name: short(&how.usual()), people: how.total() })
            .collect();
        let mut places: BTreeMap<&str, usize> =
            own.iter().enumerate().map(|(at, (key, _))| (*key, at)).collect();
        let others = || beyond.iter().chain(&small);
        let people: u32 = others().map(|(_, how)| how.total()).sum();
        if people >= FEWEST_PEOPLE && !groups.is_empty() {
            places.extend(others().map(|(key, _)| (*key, groups.len())));
            groups.push(Group { name: domain::ShortText::default(), people });
        }
        let told = cells.iter().map(|cell| places.get(key(cell).as_str()).copied()).collect();
        (!groups.is_empty()).then_some(Self { grouping: Grouping { by, groups }, groups: told })
    }
}

/// What a cell says of a person: of an age its band.
fn said(by: GroupBy, cell: &str) -> String {
    let age = (by == GroupBy::Age).then(|| whole(cell)).flatten().filter(|age| *age <= OLDEST);
    match age {
        Some(age) => band(age),
        None => cell.trim().to_owned(),
    }
}

fn band(age: u32) -> String {
    let at = BANDS.iter().rposition(|from| *from <= age).unwrap_or_default();
    match BANDS.get(at + 1) {
        Some(next) => format!("{}–{}", BANDS[at], next - 1),
        None => format!("{}+", BANDS[at]),
    }
}
