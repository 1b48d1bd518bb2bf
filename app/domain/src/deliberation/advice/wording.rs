//! What is said of a text: rules on its words (section 5, "Advice").

use super::lexicon::Senses;
use super::reading::{Reading, Token};
use super::{Advice, Words};

/// Longest sentence, in words.
pub(super) const LONGEST_SENTENCE: usize = 40;
/// Shortest verb in the infinitive that isn't some other word (par, mar, sur).
const SHORTEST_VERB: usize = 5;

/// Whether it names something that can be shown or counted.
pub(super) fn is_concrete(reading: &Reading) -> bool {
    reading.has(Senses::THING)
        || (0..reading.tokens.len()).any(|place| counts(reading, place))
        || (reading.has(Senses::MATERIAL) && reading.has(Senses::DOING))
}

/// Soft verbs, when nothing else is there.
pub(super) fn only_soft(reading: &Reading) -> Option<Advice> {
    let place = reading.find(Senses::SOFT)?;
    let nothing_else = !reading.has(Senses::DOING) && !is_concrete(reading);
    nothing_else.then(|| Advice::OnlySoftVerbs(reading.reached(place)))
}

/// A verb of doing, and nothing that is delivered.
pub(super) fn no_deliverable(reading: &Reading) -> Option<Advice> {
    let first = reading.word(0);
    let infinitive = first.len() >= SHORTEST_VERB
        && ["ar", "er", "ir"].iter().any(|ending| first.ends_with(ending));
    let does = infinitive || reading.has(Senses::DOING);
    (does && !is_concrete(reading)).then_some(Advice::NoDeliverable)
}

/// Verbs that nobody can fulfil. What can be counted can be eliminated, and an official name is as
/// it is.
pub(super) fn absolute(reading: &Reading, advice: &mut Vec<Advice>) {
    let tokens = &reading.tokens;
    let mut skip = 0;
    for place in 0..tokens.len() {
        let Token { senses, reach, .. } = tokens[place];
        let sentence = reading.sentence_if(place, senses);
        let found = if senses.has(Senses::ABSOLUTE) {
            let rest = &tokens[place + 1..sentence.end.min(place + 6)];
            let counted = rest.iter().any(|token| {
                token.number.is_some() || token.senses.has(Senses::NUMBER.or(Senses::COUNTABLE))
            });
            let named = tokens[sentence.start..place]
                .iter()
                .any(|token| token.senses.has(Senses::OFFICIAL));
            !counted && !named
        } else {
            senses.has(Senses::ABSOLUTE_PHRASE)
                || (senses.has(Senses::NEVER)
                    && place > 0
                    && tokens[place - 1].senses.has(Senses::ENSURING))
        };
        if found && place >= skip {
            advice.push(Advice::AbsoluteVerb(reading.reached(place)));
            skip = place + reach + 1;
        }
    }
}

/// Words that promise nothing.
pub(super) fn vague(reading: &Reading, advice: &mut Vec<Advice>) {
    let mut skip = 0;
    for (place, token) in reading.tokens.iter().enumerate() {
        if place < skip || !token.senses.has(Senses::VAGUE.or(Senses::VAGUE_TIME)) {
            continue;
        }
        skip = place + token.reach;
        if is_promise(reading, place, token) {
            continue;
        }
        advice.push(Advice::VagueAdverb(reading.reached(place)));
    }
}

/// Whether the sentence says how often or until when, or others are named after "entre otros".
fn is_promise(reading: &Reading, place: usize, token: &Token) -> bool {
    if token.senses.has(Senses::VAGUE) {
        let last = &reading.tokens[place + token.reach - 1];
        let goes_on = last.flows && !last.last && place + token.reach < reading.tokens.len();
        return reading.word(place) == "entre" && token.reach == 2 && goes_on;
    }
    let sentence = reading.sentence(place);
    sentence.into_iter().any(|other| {
        let token = &reading.tokens[other];
        token.senses.has(Senses::OFTEN) || (token.number.is_some() && counts(reading, other))
    })
}

/// Whoever may be meant: "las autoridades competentes".
pub(super) fn generic(reading: &Reading, advice: &mut Vec<Advice>) {
    for (place, pair) in reading.tokens.windows(2).enumerate() {
        let meant = pair[0].senses.has(Senses::WHOEVER) && pair[0].flows;
        if meant && pair[1].senses.has(Senses::WHATEVER) && !is_told(reading, place + 1) {
            let to = reading.reached(place + 1).to;
            let words = Words { from: pair[0].words.from, to };
            advice.push(Advice::GenericResponsible(words));
        }
    }
}

/// Whether it says of what somebody is in charge: "la autoridad responsable del tramo".
fn is_told(reading: &Reading, place: usize) -> bool {
    let charge =
        ["responsable", "encargad"].iter().any(|word| reading.word(place).starts_with(word));
    charge && matches!(reading.word(place + 1), "de" | "del")
}

/// A responsible that names nobody.
pub(super) fn nobody(reading: &Reading, advice: &mut Vec<Advice>) {
    let all = reading.tokens.iter().all(|token| token.senses.has(Senses::NOBODY));
    match (reading.tokens.first(), reading.tokens.last()) {
        (Some(first), Some(last)) if all => {
            let words = Words { from: first.words.from, to: last.words.to };
            advice.push(Advice::GenericResponsible(words));
        }
        _ => generic(reading, advice),
    }
}

/// Years after the plan's last one, unless they are in the name of something.
pub(super) fn years(reading: &Reading, last: i32, advice: &mut Vec<Advice>) {
    for (place, token) in reading.tokens.iter().enumerate() {
        let later = year(reading, place).is_some_and(|year| i32::from(year) > last);
        if later && !is_named(reading, place) {
            advice.push(Advice::YearAfterPlan { words: token.words, last });
        }
    }
}

/// The year that a token is.
fn year(reading: &Reading, place: usize) -> Option<u16> {
    let token = reading.token(place)?;
    let year = token.number.filter(|number| (1950..2150).contains(number))?;
    let next = reading.token(place + 1).filter(|_| token.flows && !token.last);
    // What a number counts would follow.
    next.is_none_or(|next| next.senses.has(Senses::CONNECTOR)).then_some(year)
}

fn is_named(reading: &Reading, place: usize) -> bool {
    let tokens = &reading.tokens;
    let Some(before) = place.checked_sub(1) else { return false };
    if tokens[before].senses.has(Senses::NAMED) {
        return true;
    }
    let is_range = tokens[before].hyphen && tokens[before].number.is_some();
    is_range
        && tokens[before.saturating_sub(8)..before]
            .iter()
            .any(|token| token.senses.has(Senses::NAMED))
}

/// Whether a token is a number that counts something.
fn counts(reading: &Reading, place: usize) -> bool {
    let tokens = &reading.tokens;
    let token = &tokens[place];
    if token.senses.has(Senses::NUMBER) {
        return true;
    }
    if !reading.word(place).starts_with(|first: char| first.is_ascii_digit())
        || year(reading, place).is_some()
    {
        return false;
    }
    let refers = place.checked_sub(1).is_some_and(|before| {
        tokens[before].senses.has(Senses::REFERENCE) || year(reading, before).is_some()
    });
    // 30 de octubre
    let is_day = reading.word(place + 1) == "de"
        && reading.token(place + 2).is_some_and(|month| month.senses.has(Senses::MONTH));
    !refers && !is_day
}

/// Whether a target says how many.
pub(super) fn has_number(reading: &Reading) -> bool {
    reading.has(Senses::NUMBER.or(Senses::ALL_OF_THEM)) || has_digit(reading)
}

/// Whether it has a number in digits.
pub(super) fn has_digit(reading: &Reading) -> bool {
    (0..reading.tokens.len())
        .any(|place| reading.word(place).starts_with(|first: char| first.is_ascii_digit()))
}

/// A problem that begins with what is missing to solve it.
pub(super) fn absence(reading: &Reading) -> Option<Advice> {
    let begins = reading.tokens.iter().take(8).position(|token| {
        token.senses.has(Senses::ABSENCE) || !token.senses.has(Senses::BEFORE_ABSENCE)
    })?;
    reading.tokens[begins]
        .senses
        .has(Senses::ABSENCE)
        .then(|| Advice::ProblemIsAnAbsence(reading.reached(begins)))
}

/// Sentences that nobody reads out in one breath.
pub(super) fn long(reading: &Reading, advice: &mut Vec<Advice>) {
    let mut from = 0;
    for (place, token) in reading.tokens.iter().enumerate() {
        if !token.last {
            continue;
        }
        let count = place + 1 - from;
        if count > LONGEST_SENTENCE {
            let words = Words { from: reading.tokens[from].words.from, to: token.words.to };
            advice.push(Advice::LongSentence { words, count });
        }
        from = place + 1;
    }
}

impl Reading {
    /// The sentence around a word that may be an absolute verb; empty for others.
    fn sentence_if(&self, place: usize, senses: Senses) -> std::ops::Range<usize> {
        if senses.has(Senses::ABSOLUTE) { self.sentence(place) } else { place..place }
    }
}
