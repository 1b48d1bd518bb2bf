//! Short names for people at the table, from the full name that they typed at the door: unambiguous
//! among those who are here, with the first name alone, else with the initials of the surnames,
//! else with the organisation. Only the facilitation sees full names (section 2.7): a word that may
//! be a surname is never taken for a second first name.

mod known;
mod parts;

use std::collections::{BTreeMap, BTreeSet};

use crate::text::alphabet::folded;
use parts::Parts;

/// Most letters of an organisation that are shown unless more are needed.
const ORGANISATION_LIMIT: usize = 32;
/// How much of a name can be shown, least first.
const LEVELS: usize = 5;

/// Someone who is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guest<'a, K> {
    /// Who.
    pub who: K,
    /// Their name, as they wrote it.
    pub name: &'a str,
    /// Their organisation; empty: they came on their own.
    pub organisation: &'a str,
}

/// The short name of each person who is here. No two are the same, and the order of the input makes
/// no difference. Empty only for people with neither a name nor an organisation, which no door lets
/// in.
///
/// People with the same name in the same organisation are told apart by a number, in the order of
/// their keys.
pub fn short_names<K: Ord + Copy>(here: &[Guest<'_, K>]) -> BTreeMap<K, String> {
    let all: Vec<_> = here.iter().map(|guest| Shown::new(guest)).collect();
    let mut levels: Vec<_> = all.iter().map(|shown| shown.least).collect();
    loop {
        let said: Vec<_> =
            all.iter().zip(&levels).map(|(shown, level)| shown.key(*level)).collect();
        let raised: Vec<_> =
            mistakable(&said).into_iter().filter(|at| levels[*at] + 1 < LEVELS).collect();
        if raised.is_empty() {
            return numbered(here, &all, &levels);
        }
        raised.into_iter().for_each(|at| levels[at] += 1);
    }
}

/// Which of the names can be confused with another: the same, or a prefix of it (a María beside a
/// María José).
fn mistakable(said: &[String]) -> Vec<usize> {
    let mut order: Vec<_> = (0..said.len()).collect();
    order.sort_unstable_by_key(|at| &said[*at]);
    let mut found = Vec::new();
    for group in order.chunk_by(|one, other| said[*one] == said[*other]) {
        let Some(first) = group.first() else { continue };
        let place = order.partition_point(|at| said[*at] <= said[*first]);
        let begins_another =
            order.get(place).is_some_and(|next| is_beginning(&said[*first], &said[*next]));
        if group.len() > 1 || begins_another {
            found.extend_from_slice(group);
        }
    }
    found
}

/// Whether both can be short names of the same full name.
pub fn are_of_one(name: &str, other: &str) -> bool {
    name == other || is_beginning(name, other) || is_beginning(other, name)
}

fn is_beginning(name: &str, of: &str) -> bool {
    !name.is_empty() && of.strip_prefix(name).is_some_and(|rest| rest.starts_with(' '))
}

/// The names as they are shown, with numbers where they are still the same.
fn numbered<K: Ord + Copy>(
    here: &[Guest<'_, K>],
    all: &[Shown],
    levels: &[usize],
) -> BTreeMap<K, String> {
    let mut bearers: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, (shown, level)) in all.iter().zip(levels).enumerate() {
        bearers.entry(shown.key(*level)).or_default().push(at);
    }
    let mut taken: BTreeSet<String> = bearers.keys().cloned().collect();
    let mut names = BTreeMap::new();
    for (key, mut group) in bearers {
        group.sort_unstable_by_key(|at| here[*at].who);
        let alone = group.len() == 1;
        let mut number = 0_usize;
        for at in group {
            let name = &all[at].levels[levels[at]];
            let name = if alone {
                name.clone()
            } else {
                loop {
                    number += 1;
                    if taken.insert(format!("{key} {number}").trim().to_owned()) {
                        break format!("{name} {number}").trim().to_owned();
                    }
                }
            };
            names.insert(here[at].who, name);
        }
    }
    names
}

/// A person's name at increasing levels of detail.
struct Shown {
    levels: [String; LEVELS],
    /// The first level that may be shown.
    least: usize,
}

impl Shown {
    fn new<K>(guest: &Guest<'_, K>) -> Self {
        let organisation = guest.organisation.trim();
        let Parts { called, initials } = Parts::of(guest.name);
        if called.is_empty() {
            return Self {
                levels: std::array::from_fn(|level| {
                    if level < 4 { shortened(organisation) } else { organisation.to_owned() }
                }),
                least: 0,
            };
        }
        let with = |count: usize| {
            initials
                .iter()
                .take(count)
                .fold(called.clone(), |name, initial| format!("{name} {initial}"))
        };
        let (first, every) = (with(1), with(initials.len()));
        let from = |organisation: &str| {
            if organisation.is_empty() {
                every.clone()
            } else {
                format!("{every} ({organisation})")
            }
        };
        let (short, full) = (from(&shortened(organisation)), from(organisation));
        // A single letter is nobody's name.
        let least =
            usize::from(called.chars().filter(|letter| letter.is_alphanumeric()).count() == 1);
        Self { levels: [called, first, every, short, full], least }
    }

    /// The key by which names are compared: María is the same as Ma.
    fn key(&self, level: usize) -> String {
        let words = folded(&self.levels[level]);
        words.split(' ').map(known::in_full).collect::<Vec<_>>().join(" ")
    }
}

/// The beginning of an organisation's name, cut between words.
fn shortened(organisation: &str) -> String {
    match organisation.char_indices().nth(ORGANISATION_LIMIT) {
        None => organisation.to_owned(),
        Some((end, _)) => {
            let cut = &organisation[..end];
            let cut = cut.rsplit_once(' ').map_or(cut, |(words, _)| words);
            format!("{}…", cut.trim_end_matches(|c: char| !c.is_alphanumeric()))
        }
    }
}
