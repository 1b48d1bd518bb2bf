//! Splitting a full name, in whatever form it was typed, into first names and the initials of the
//! surnames.

use super::known;
use crate::text::alphabet::{folded, is_apostrophe, is_mark};

/// Most letters of the first names.
const CALLED_LIMIT: usize = 24;
/// Most initials.
const INITIALS: usize = 3;
/// Longest number that is shown.
const NUMBER_LIMIT: usize = 4;

/// The parts of a name.
#[derive(Debug)]
pub(super) struct Parts {
    /// First names, at most two, each with what belongs to it. Empty only when nothing was typed.
    pub(super) called: String,
    /// The initials of the surnames, in their order, each with a point.
    pub(super) initials: Vec<String>,
}

/// A word of a name.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    /// In lower case, without accents.
    key: String,
    /// Whether it ends with a point.
    pointed: bool,
}

impl Parts {
    pub(super) fn of(full: &str) -> Self {
        // Control characters don't come through the door either.
        let full: String = full.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let main = without_remarks(&full);
        let capitals = !full.chars().any(|c| c.is_lowercase() && !is_apostrophe(c));
        let is_post = |words: &[Word]| words.first().is_some_and(|word| known::is_post(&word.key));
        let parts = main.split(',').map(named).filter(|words| !words.is_empty()).enumerate();
        let mut parts =
            parts.filter(|(place, words)| *place == 0 || !is_post(words)).map(|(_, words)| words);
        match (parts.next(), parts.next()) {
            (Some(surnames), Some(given)) if !is_afterthought(&surnames, &given) => {
                Self::turned(&surnames, &given, capitals)
            }
            (Some(words), _) => Self::straight(&words, capitals),
            (None, _) => {
                let words = words(main);
                let as_written = || full.split_whitespace().collect::<Vec<_>>().join(" ");
                let called = if words.is_empty() {
                    as_written()
                } else {
                    joined(&words.iter().collect::<Vec<_>>(), capitals)
                };
                Self { called: cut(called), initials: Vec::new() }
            }
        }
    }

    /// First names, then surnames.
    fn straight(words: &[Word], capitals: bool) -> Self {
        let (units, rest) = units(words);
        Self { called: called(&units, capitals), initials: initials(rest) }
    }

    /// "SURNAME SURNAME, Name".
    fn turned(surnames: &[Word], given: &[Word], capitals: bool) -> Self {
        let (mut units, rest) = units(given);
        // Any word in this position is a first name.
        for word in rest {
            match units.last_mut() {
                Some(last) if last.last().is_some_and(|before| known::is_particle(&before.key)) => {
                    last.push(word)
                }
                _ => units.push(vec![word]),
            }
        }
        Self { called: called(&units, capitals), initials: initials(surnames) }
    }
}

/// The part before a remark: "(Colectivo)", " - Ayuntamiento", "/ suplente".
fn without_remarks(full: &str) -> &str {
    let ends = ["(", "[", " - ", " – ", " — ", "/", "|", ";"];
    let end = ends.iter().filter_map(|mark| full.find(mark)).min().unwrap_or(full.len());
    let before = full.get(..end).unwrap_or(full);
    if before.chars().any(char::is_alphanumeric) { before } else { full }
}

/// "Juan Pérez, Contraloría": the words after the comma don't begin with a first name, those before
/// it do.
fn is_afterthought(before: &[Word], after: &[Word]) -> bool {
    let given = |words: &[Word]| words.first().is_some_and(|word| known::is_given(&word.key));
    given(before) && !given(after)
}

fn words(text: &str) -> Vec<Word> {
    let edge = |c: char| !(c.is_alphanumeric() || is_apostrophe(c) || is_mark(c) || c == '.');
    let mut words = Vec::new();
    for piece in text.split_whitespace().map(|piece| piece.trim_matches(edge)) {
        let key = key_of(piece);
        let pointed = piece.contains('.');
        if key.is_empty() {
            continue;
        }
        if !pointed || known::is_title(&key, true) {
            words.push(Word { text: piece.to_owned(), key, pointed });
            continue;
        }
        // "Ma.Elena", "C.P.": each part with its point.
        for part in piece.split_inclusive('.') {
            let key = key_of(part);
            if !key.is_empty() {
                words.push(Word { text: part.to_owned(), key, pointed: part.ends_with('.') });
            }
        }
    }
    words
}

fn key_of(piece: &str) -> String {
    folded(piece).replace(' ', "")
}

/// The words of a name without titles; all of them when there is nothing else.
fn named(text: &str) -> Vec<Word> {
    let mut words = words(text);
    loop {
        let titles = leading_titles(&words);
        if titles == 0 {
            break;
        }
        words.drain(..titles);
    }
    while words.len() > 1
        && words.last().is_some_and(|word| {
            word.pointed && word.key.len() > 1 && known::is_title(&word.key, true)
        })
    {
        words.pop();
    }
    words
}

/// How many words the title at the beginning has: "Lic.", "C. P.", "la Dra.", "M. en C.".
fn leading_titles(words: &[Word]) -> usize {
    let is_title = |word: &Word| known::is_title(&word.key, word.pointed);
    let is_letter = |word: &Word| word.key.chars().count() == 1;
    match words {
        [one, en, _, _, ..] if en.key == "en" && (is_title(one) || is_letter(one)) => 3,
        [article, title, ..] if matches!(article.key.as_str(), "la" | "el") && is_title(title) => 2,
        _ => {
            let letters = words.iter().take_while(|word| is_letter(word) && word.pointed).count();
            let spelt = |count: &usize| {
                known::is_title(
                    &words[..*count].iter().map(|word| word.key.as_str()).collect::<String>(),
                    true,
                )
            };
            (2..=letters)
                .rev()
                .find(spelt)
                .unwrap_or_else(|| usize::from(words.first().is_some_and(is_title)))
        }
    }
}

/// First names with what belongs to each, and the words after them.
fn units(words: &[Word]) -> (Vec<Vec<&Word>>, &[Word]) {
    let is_letter = |word: &Word| word.key.chars().count() == 1;
    // A particle at the beginning belongs to the name after it, and so does a single letter.
    let small = words.iter().take_while(|word| known::is_particle(&word.key)).count();
    let mut at = (small + 1).min(words.len());
    if words.first().is_some_and(is_letter)
        && words.get(at).is_some_and(|next| known::is_second_name(&next.key, "j", false))
    {
        at += 1;
    }
    let mut units: Vec<Vec<&Word>> = vec![words[..at].iter().collect()];
    while let Some(word) = words.get(at) {
        let before =
            units.last().and_then(|unit| unit.first()).map_or("", |word| word.key.as_str());
        if let Some(length) = devotion(&words[at..], before) {
            units.last_mut().into_iter().for_each(|unit| unit.extend(&words[at..at + length]));
            at += length;
        } else if known::is_second_name(&word.key, before, at + 1 == words.len()) {
            units.push(vec![word]);
            at += 1;
        } else if is_letter(word) && at + 1 < words.len() {
            at += 1;
        } else {
            break;
        }
    }
    (units, &words[at..])
}

/// How many of the words form "de los Ángeles", "del Carmen", "de Jesús"; none when they are a
/// surname.
fn devotion(words: &[Word], first: &str) -> Option<usize> {
    let length = match words {
        [de, the, _, ..]
            if de.key == "de" && matches!(the.key.as_str(), "la" | "las" | "los" | "el") =>
        {
            3
        }
        [de, _, ..] if matches!(de.key.as_str(), "de" | "del") => 2,
        _ => return None,
    };
    let behind = words[length..].iter().filter(|word| !known::is_particle(&word.key)).count();
    known::is_devotion(&words[length - 1].key, first, behind).then_some(length)
}

fn called(units: &[Vec<&Word>], capitals: bool) -> String {
    let first = units.first().map(|unit| joined(unit, capitals)).unwrap_or_default();
    let both = units.get(1).map(|second| format!("{first} {}", joined(second, capitals)));
    cut(both.filter(|both| both.chars().count() <= CALLED_LIMIT).unwrap_or(first))
}

fn cut(name: String) -> String {
    if name.chars().count() <= CALLED_LIMIT {
        name
    } else {
        name.chars().take(CALLED_LIMIT).collect::<String>().trim_end().to_owned()
    }
}

fn joined(words: &[&Word], capitals: bool) -> String {
    let word = |(place, word): (usize, &&Word)| {
        let small = place > 0 && known::is_particle(&word.key);
        let mut text = if small { word.text.to_lowercase() } else { cased(&word.text, capitals) };
        if known::is_abbreviated(&word.key) && text.ends_with(|c: char| c.is_ascii_lowercase()) {
            text.push('.');
        }
        text
    };
    words.iter().enumerate().map(word).collect::<Vec<_>>().join(" ")
}

/// A word in title case, if it was typed in capitals or in lower case only. `capitals`: the whole
/// name was.
fn cased(word: &str, capitals: bool) -> String {
    let letters = || word.chars().filter(|c| c.is_alphabetic() && !is_apostrophe(*c));
    let (big, small) = (letters().any(char::is_uppercase), letters().any(char::is_lowercase));
    // Two letters are probably initials, unless they can be pronounced: "JC", but "JO".
    let spoken = folded(word).contains(['a', 'e', 'i', 'o', 'u', 'y']);
    let shouted =
        big && !small && spoken && (letters().count() > 2 || (capitals && letters().count() > 1));
    if shouted || (small && !big) { with_capital(word) } else { word.to_owned() }
}

fn with_capital(word: &str) -> String {
    let mut result = String::with_capacity(word.len());
    // Letters since the last capital; none where the next letter has to be one.
    let mut since: Option<usize> = None;
    let mut first = ' ';
    for c in word.chars() {
        if c == '-' || c == '.' {
            since = None;
            result.push(c);
        } else if is_apostrophe(c) || is_mark(c) {
            // D'Angelo and O'Brien, but K'inich.
            if is_apostrophe(c) && since == Some(1) && matches!(first, 'd' | 'o') {
                since = None;
            }
            result.push(c);
        } else if let Some(letters) = &mut since {
            *letters += 1;
            result.extend(c.to_lowercase());
        } else {
            since = Some(1);
            first = c.to_lowercase().next().unwrap_or(c);
            result.extend(c.to_uppercase());
        }
    }
    result
}

fn initials(surnames: &[Word]) -> Vec<String> {
    let all = surnames.iter().filter(|word| {
        !known::is_particle(&word.key) && !matches!(word.key.as_str(), "jr" | "ii" | "iii")
    });
    let parts = all.flat_map(|word| word.text.split(['-', '‐', '‑']));
    parts.filter_map(initial).take(INITIALS).collect()
}

/// The first letter, with its marks and a point; of a number, all of it: half a number is another
/// number, and a long one is probably a telephone's.
fn initial(word: &str) -> Option<String> {
    let letters = word.trim_start_matches(|c: char| !c.is_alphanumeric() || is_apostrophe(c));
    let first = letters.chars().next()?;
    if first.is_numeric() {
        let number: String = letters.chars().take_while(|c| c.is_alphanumeric()).collect();
        return (number.chars().count() <= NUMBER_LIMIT).then_some(number);
    }
    let marks = letters.chars().skip(1).take_while(|c| is_mark(*c));
    Some(first.to_uppercase().chain(marks).chain(['.']).collect())
}
