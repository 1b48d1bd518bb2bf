//! Who sits where: each row against the known seats and against the rows above it.

use std::collections::BTreeSet;

use domain::exercise::SeatKind;

use crate::doubt::{Answer, Answers, Asked, Doubt, Offer, Other, Topic};
use crate::lines::{Field, Line, key};
use crate::near::Name;
use crate::seat::{self, Said, Seat};

/// What a row is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Matched {
    /// The known seat that it is.
    pub known: Option<usize>,
    /// Whether the known person of that seat is this one, written differently.
    pub respelt: bool,
    /// The other row that says the same.
    pub repeats: Option<u32>,
}

/// An organisation's seat and who is in it: the keys by which rows and seats are the same.
type Key = (String, SeatKind, String);

/// Finds the seat of every row.
pub(crate) fn settle(lines: &mut [Line], known: &[Seat], answers: &Answers) -> Vec<Matched> {
    let mut people = People::new(lines, known);
    for (at, line) in lines.iter_mut().enumerate() {
        if is_clear(line) {
            people.find_known(line, at, answers);
        }
    }
    for at in 0..lines.len() {
        if is_clear(&lines[at]) && !lines[at].asks(Topic::Seat) {
            people.seat(lines, at, answers);
        }
    }
    people.matched
}

/// Whether the row says of whom it is.
fn is_clear(line: &Line) -> bool {
    !line.left_out
        && line.key.is_some()
        && !line.asks(Topic::Cell(Field::Person))
        && !line.asks(Topic::Cell(Field::Seat))
}

struct People<'a> {
    known: &'a [Seat],
    /// Their keys.
    keys: Vec<Key>,
    /// What was found of each row.
    matched: Vec<Matched>,
    /// Known seats that rows are about.
    claimed: BTreeSet<usize>,
    /// Known seats that get somebody else, or whose person gets another seat.
    left: BTreeSet<usize>,
    /// Rows by what they are about.
    seen: Vec<(Key, usize)>,
}

impl<'a> People<'a> {
    fn new(lines: &[Line], known: &'a [Seat]) -> Self {
        let of = |seat: &Seat| (key(&seat.organisation), seat.kind, key(&seat.person));
        Self {
            known,
            keys: known.iter().map(of).collect(),
            matched: vec![Matched::default(); lines.len()],
            claimed: BTreeSet::new(),
            left: BTreeSet::new(),
            seen: Vec::new(),
        }
    }

    /// The seat that a row says, and the known one with the same person in it.
    fn find_known(&mut self, line: &mut Line, at: usize, answers: &Answers) {
        line.draft.kind = match (line.by_column, seat::said(&line.seat)) {
            (Some(kind), _) | (None, Said::Kind(kind)) => Some(kind),
            (None, Said::Nothing) => None,
            (None, Said::Unclear(likely)) => {
                if let Some(Answer::Seat(kind)) = answers.of(line.place, Topic::Seat) {
                    Some(*kind)
                } else {
                    ask_seat(line, likely);
                    return;
                }
            }
        };
        let person = key(&line.person);
        if person.is_empty() {
            return;
        }
        let same = self.unclaimed(|(organisation, kind, known)| {
            Some(organisation) == line.key.as_ref()
                && line.draft.kind.is_none_or(|said| said == *kind)
                && *known == person
        });
        if let Some(same) = same {
            line.draft.kind = Some(self.keys[same].1);
            self.claim(at, same);
        }
    }

    fn unclaimed(&self, is: impl Fn(&Key) -> bool) -> Option<usize> {
        (0..self.keys.len()).find(|at| is(&self.keys[*at]) && !self.claimed.contains(at))
    }

    fn claim(&mut self, at: usize, known: usize) {
        self.claimed.insert(known);
        self.matched[at].known = Some(known);
    }

    /// Seats the person of a row.
    fn seat(&mut self, lines: &mut [Line], at: usize, answers: &Answers) {
        let organisation = lines[at].key.clone().unwrap_or_default();
        let person = key(&lines[at].person);
        let mut wanted = (organisation, SeatKind::Alternate, person);
        let kind = match lines[at].draft.kind {
            Some(kind) => kind,
            // A row above says so of the same person.
            None if self.row_about(&wanted).is_some() => SeatKind::Alternate,
            None => SeatKind::Holder,
        };
        lines[at].draft.kind = Some(kind);
        wanted.1 = kind;
        if self.matched[at].known.is_none() && self.row_about(&wanted).is_none() {
            let others = self.others(lines, &wanted);
            if wanted.2.is_empty() {
                let known = (0..self.keys.len())
                    .find(|at| self.keys[*at].0 == wanted.0 && self.keys[*at].1 == kind);
                let says_more = !(lines[at].mail.is_empty() && lines[at].phone.is_empty());
                match (known, others.first()) {
                    (Some(known), _) if !self.claimed.contains(&known) => self.claim(at, known),
                    (_, Some(Other { row: Some(row), .. })) if !says_more => {
                        self.matched[at].repeats = Some(*row);
                        return;
                    }
                    (_, Some(_)) => {
                        if !self.decided(&mut lines[at], at, &mut wanted, others, answers) {
                            return;
                        }
                    }
                    (_, None) => {}
                }
            } else if let Some(nobody) =
                self.unclaimed(|known| known.0 == wanted.0 && known.1 == kind && known.2.is_empty())
            {
                self.claim(at, nobody);
            } else if others.is_empty() {
                let elsewhere = self.unclaimed(|known| known.0 == wanted.0 && known.2 == wanted.2);
                if let Some(elsewhere) = elsewhere {
                    self.left.insert(elsewhere);
                    self.claim(at, elsewhere);
                }
            } else if !self.decided(&mut lines[at], at, &mut wanted, others, answers) {
                return;
            }
        }
        match self.row_about(&wanted) {
            Some(earlier) => {
                self.twice(lines, earlier, at, answers);
                if self.matched[earlier].repeats.is_some() {
                    self.seen.push((wanted, at));
                }
            }
            None => {
                self.seen.push((wanted, at));
            }
        }
    }

    /// The last row that counts about somebody in a seat.
    fn row_about(&self, wanted: &Key) -> Option<usize> {
        self.seen.iter().rev().find(|(key, _)| key == wanted).map(|(_, at)| *at)
    }

    /// Who else has that seat: known people who keep it, and those of rows above.
    fn others(&self, lines: &[Line], wanted: &Key) -> Vec<Other> {
        let other = |key: &Key| {
            key.0 == wanted.0 && key.1 == wanted.1 && !key.2.is_empty() && key.2 != wanted.2
        };
        let known =
            self.keys.iter().enumerate().filter(|(at, key)| other(key) && !self.left.contains(at));
        let known = known.map(|(at, _)| Other {
            person: self.known[at].person.clone(),
            organisation: self.known[at].organisation.clone(),
            row: self.row_of(lines, at),
        });
        // Known ones have been named.
        let above = self.seen.iter().filter(|(key, at)| {
            let row = self.matched[*at];
            let is_known = row.known.is_some_and(|known| self.keys[known] == *key);
            other(key) && !is_known && row.repeats.is_none()
        });
        let above = above.map(|(_, at)| Other {
            person: lines[*at].person.clone(),
            organisation: lines[*at].draft.organisation.clone(),
            row: Some(lines[*at].place.row),
        });
        known.chain(above).collect()
    }

    /// The row about a known seat.
    fn row_of(&self, lines: &[Line], known: usize) -> Option<u32> {
        let at = self.matched.iter().position(|line| line.known == Some(known))?;
        Some(lines[at].place.row)
    }

    /// What was decided about a seat that others have; asks where nothing was.
    fn decided(
        &mut self,
        line: &mut Line,
        at: usize,
        wanted: &mut Key,
        others: Vec<Other>,
        answers: &Answers,
    ) -> bool {
        let free = |people: &Self, name: &str| {
            let called = key(name);
            people
                .unclaimed(|known| known.0 == wanted.0 && known.1 == wanted.1 && known.2 == called)
        };
        match answers.of(line.place, Topic::Person) {
            Some(Answer::Replace(name)) => {
                if let Some(known) = free(self, name) {
                    self.left.insert(known);
                    self.claim(at, known);
                    return true;
                }
            }
            Some(Answer::SamePerson(name)) => {
                if let Some(known) = free(self, name) {
                    self.left.insert(known);
                    self.claim(at, known);
                    self.matched[at].respelt = true;
                    return true;
                }
            }
            Some(Answer::AnotherAlternate) => {
                wanted.1 = SeatKind::Alternate;
                line.draft.kind = Some(SeatKind::Alternate);
                if let Some(known) = self.unclaimed(|known| *known == *wanted) {
                    self.claim(at, known);
                }
                return true;
            }
            _ => {}
        }
        let me = Name::new(&wanted.2);
        let mut offers = Vec::new();
        for other in others.iter().filter(|other| other.row.is_none()) {
            if me.is_near(&Name::new(&key(&other.person))) {
                offers.push(Offer::Answer(Answer::SamePerson(other.person.clone())));
            }
            offers.push(Offer::Answer(Answer::Replace(other.person.clone())));
        }
        offers.extend([Answer::AnotherAlternate, Answer::LeaveOut].map(Offer::Answer));
        line.ask_here(Topic::Person, Doubt::Taken { kind: wanted.1, by: others }, offers);
        false
    }

    /// Of two rows about one person in one seat the earlier one counts, unless it is answered that
    /// the later one does.
    fn twice(&mut self, lines: &mut [Line], earlier: usize, later: usize, answers: &Answers) {
        let (above, below) = (&lines[earlier], &lines[later]);
        let differ = [
            (Field::Mail, !same_mail(&below.mail, &above.mail)),
            (Field::Phone, !same_phone(&below.phone, &above.phone)),
        ];
        let fields: Vec<Field> =
            differ.into_iter().filter(|(_, differ)| *differ).map(|(field, _)| field).collect();
        if fields.is_empty() {
            self.matched[later].repeats = Some(above.place.row);
        } else if answers.of(below.place, Topic::Twice) == Some(&Answer::Keep) {
            self.matched[later].known = self.matched[earlier].known.take();
            self.matched[earlier].repeats = Some(below.place.row);
            let (mail, phone) = (above.mail.clone(), above.phone.clone());
            let below = &mut lines[later];
            for (kept, blank) in [(&mut below.mail, mail), (&mut below.phone, phone)] {
                if kept.is_empty() {
                    *kept = blank;
                }
            }
        } else {
            let doubt = Doubt::Twice { row: above.place.row, fields };
            let offers = [Answer::Keep, Answer::LeaveOut].map(Offer::Answer);
            lines[later].ask_here(Topic::Twice, doubt, offers.to_vec());
        }
    }
}

/// Asks which seat it is.
fn ask_seat(line: &mut Line, likely: Option<SeatKind>) {
    let both = [SeatKind::Holder, SeatKind::Alternate];
    let others = both.into_iter().filter(|kind| Some(*kind) != likely);
    let mut offers: Vec<_> =
        likely.into_iter().chain(others).map(|kind| Offer::Answer(Answer::Seat(kind))).collect();
    offers.push(Offer::Answer(Answer::LeaveOut));
    let doubt = Doubt::Seat { given: line.seat.clone(), likely };
    line.ask(Asked::Line(line.place, Topic::Seat), doubt, offers);
}

/// Whether a list says nothing else of an address than what is known.
pub(crate) fn same_mail(said: &str, known: &str) -> bool {
    said.is_empty() || said.eq_ignore_ascii_case(known)
}

/// The same of a telephone: its digits and a plus sign count, and words like *ext*.
pub(crate) fn same_phone(said: &str, known: &str) -> bool {
    let bare = |phone: &str| -> String {
        phone.to_lowercase().chars().filter(|c| c.is_alphanumeric() || *c == '+').collect()
    };
    said.is_empty() || bare(said) == bare(known)
}
