//! Which organisation each row is about, its sector, and whether it signs.

use std::collections::{BTreeMap, BTreeSet};

use domain::exercise::{Sector, SectorName};
use domain::text::alphabet::folded;

use crate::clean;
use crate::doubt::{Answer, Answers, Asked, Doubt, Offer, Topic};
use crate::lines::{Field, Line, key};
use crate::near::Name;
use crate::seat::{Seat, yes_or_no};
use crate::sector::{self, Said};

/// Most names that one is compared with.
const MOST_COMPARED: usize = 400;
/// Most similar names that are offered.
const MOST_OFFERED: usize = 3;

/// Names that a row may mean.
struct Names {
    /// Spelling by key: known organisations, and those of earlier rows.
    spelt: BTreeMap<String, String>,
    compared: Vec<(String, Name)>,
}

impl Names {
    fn add(&mut self, name: &str) {
        let key = key(name);
        if self.compared.len() < MOST_COMPARED && !self.spelt.contains_key(&key) {
            self.compared.push((name.to_owned(), Name::new(&key)));
        }
        self.spelt.entry(key).or_insert_with(|| name.to_owned());
    }

    fn near(&self, key: &str) -> Vec<String> {
        let name = Name::new(key);
        let near = self.compared.iter().filter(|(_, other)| name.is_near(other));
        near.take(MOST_OFFERED).map(|(name, _)| name.clone()).collect()
    }
}

/// Finds the organisation of every row. Known ones keep their spelling, new ones have that of the
/// first row.
pub(crate) fn settle(lines: &mut [Line], known: &[Seat], answers: &Answers) {
    let mut names = Names { spelt: BTreeMap::new(), compared: Vec::new() };
    known.iter().for_each(|seat| names.add(&seat.organisation));
    let mut near: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut above: Option<String> = None;
    for line in lines.iter_mut().filter(|line| !line.left_out) {
        if line.asks(Topic::Cell(Field::Organisation)) {
            continue;
        }
        let given = match (line.organisation.as_str(), answers.of(line.place, Topic::Organisation))
        {
            ("", Some(Answer::Take(name))) => clean::checked(name, clean::NAME_LIMIT).ok(),
            (given, _) => Some(given.to_owned()),
        };
        let Some(given) = given.filter(|given| !given.is_empty()) else {
            let mut offers: Vec<_> =
                above.iter().map(|name| Offer::Answer(Answer::Take(name.clone()))).collect();
            offers.extend((!known.is_empty()).then_some(Offer::ChooseOrganisation));
            offers.extend([Offer::Write, Offer::Answer(Answer::LeaveOut)]);
            line.ask_here(Topic::Organisation, Doubt::NoOrganisation, offers);
            continue;
        };
        let name = meant(&given, answers);
        let called = key(&name);
        line.draft.organisation.clone_from(&name);
        if let Some(spelt) = names.spelt.get(&called) {
            line.draft.organisation.clone_from(spelt);
        } else {
            let kept = answers.get(&Asked::Organisation(called.clone())) == Some(&Answer::Keep);
            let near = near.entry(called.clone()).or_insert_with(|| names.near(&called));
            if !near.is_empty() && !kept {
                let mut offers: Vec<_> =
                    near.iter().map(|name| Offer::Answer(Answer::Take(name.clone()))).collect();
                offers.push(Offer::Answer(Answer::Keep));
                offers.extend((!known.is_empty()).then_some(Offer::ChooseOrganisation));
                let doubt = Doubt::NearOrganisation { given: name, near: near.clone() };
                line.ask(Asked::Organisation(called), doubt, offers);
                continue;
            }
            names.add(&name);
        }
        above = Some(line.draft.organisation.clone());
        line.key = Some(called);
    }
}

/// The organisation that is meant, by the answers about its name: it may be another.
fn meant(given: &str, answers: &Answers) -> String {
    let mut name = given.to_owned();
    // Answers may lead from one name to the next, and in a circle.
    for _ in 0..4 {
        let called = key(&name);
        let other = [Asked::Organisation(called.clone()), Asked::SectorOf(called)]
            .iter()
            .find_map(|asked| match answers.get(asked) {
                Some(Answer::Take(other)) => clean::checked(other, clean::NAME_LIMIT).ok(),
                _ => None,
            })
            .filter(|other| !other.is_empty());
        match other {
            Some(other) => name = other,
            None => break,
        }
    }
    name
}

/// Finds the sector of every organisation.
pub(crate) fn settle_sectors(
    lines: &mut [Line],
    known: &[Seat],
    answers: &Answers,
    listed: &[SectorName],
) {
    let has = |sector: &Sector| listed.iter().any(|named| named.sector == *sector);
    let mut sectors: BTreeMap<String, Vec<Sector>> = BTreeMap::new();
    let mut unclear: BTreeSet<String> = BTreeSet::new();
    for line in lines.iter_mut().filter(|line| !line.left_out) {
        let said = match sector::said(&line.sector, listed) {
            Said::Nothing => None,
            Said::Sector(sector) => Some(sector),
            Said::Unclear(likely) => {
                let asked = Asked::SectorWord(folded(&line.sector));
                if let Some(Answer::Sector(sector)) = answers.get(&asked)
                    && has(sector)
                {
                    Some(*sector)
                } else {
                    let offers = offered(likely.as_ref().map(|(_, sector)| *sector), listed);
                    let doubt = Doubt::Sector { given: line.sector.clone(), likely };
                    unclear.extend(line.key.clone());
                    line.ask(asked, doubt, offers);
                    None
                }
            }
        };
        line.draft.sector = said;
        if let (Some(key), Some(sector)) = (&line.key, said) {
            let sectors = sectors.entry(key.clone()).or_default();
            if !sectors.contains(&sector) {
                sectors.push(sector);
            }
        }
    }
    let known: BTreeMap<String, Sector> =
        known.iter().rev().map(|seat| (key(&seat.organisation), seat.sector)).collect();
    for line in lines.iter_mut().filter(|line| !line.left_out) {
        let Some(called) = line.key.clone() else { continue };
        let said = sectors.get(&called).map_or(&[][..], Vec::as_slice);
        let answered = match answers.get(&Asked::SectorOf(called.clone())) {
            Some(Answer::Sector(sector)) if has(sector) => Some(*sector),
            _ => None,
        };
        line.draft.sector = match said {
            [sector] => Some(*sector),
            [] => answered.or_else(|| known.get(&called).copied()),
            _ => answered.filter(|sector| said.contains(sector)),
        };
        if line.draft.sector.is_some() || (unclear.contains(&called) && !line.questions.is_empty())
        {
            continue;
        }
        if said.is_empty() {
            let given = line.draft.organisation.clone();
            let likely = sector::suggested(&given, listed);
            let mut offers = offered(likely, listed);
            offers.extend((!known.is_empty()).then_some(Offer::ChooseOrganisation));
            line.ask(Asked::SectorOf(called), Doubt::NewOrganisation { given, likely }, offers);
        } else {
            let offers = said.iter().map(|sector| Offer::Answer(Answer::Sector(*sector))).collect();
            let doubt = Doubt::SectorsDiffer { sectors: said.to_vec() };
            line.ask(Asked::SectorOf(called), doubt, offers);
        }
    }
}

/// The exercise's sectors, the likely one first.
fn offered(likely: Option<Sector>, listed: &[SectorName]) -> Vec<Offer> {
    let all = listed.iter().map(|named| named.sector);
    let others = all.filter(|sector| Some(*sector) != likely);
    likely.into_iter().chain(others).map(|sector| Offer::Answer(Answer::Sector(sector))).collect()
}

/// Finds which organisations sign: those of which a row says so, or none says that they don't.
pub(crate) fn settle_signs(lines: &mut [Line], known: &[Seat], answers: &Answers) {
    let mut sign: BTreeMap<String, bool> = BTreeMap::new();
    for line in lines.iter_mut().filter(|line| !line.left_out && !line.signs.is_empty()) {
        let said = yes_or_no(&line.signs).or_else(|| match answers.of(line.place, Topic::Signs) {
            Some(Answer::Signs(signs)) => Some(*signs),
            _ => None,
        });
        let Some(said) = said else {
            if folded(&line.signs).is_empty() {
                continue;
            }
            let offers = [true, false].map(|signs| Offer::Answer(Answer::Signs(signs)));
            let doubt = Doubt::Signs { given: line.signs.clone() };
            line.ask_here(Topic::Signs, doubt, offers.to_vec());
            continue;
        };
        if let Some(key) = &line.key {
            *sign.entry(key.clone()).or_default() |= said;
        }
    }
    let known: BTreeMap<String, bool> =
        known.iter().rev().map(|seat| (key(&seat.organisation), seat.signs)).collect();
    for line in lines.iter_mut() {
        if let Some(key) = &line.key {
            line.draft.signs = sign.get(key).or_else(|| known.get(key)).copied();
        }
    }
}
