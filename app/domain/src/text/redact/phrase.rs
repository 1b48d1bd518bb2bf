//! A phrase, and where it stands in a text, whatever way it was typed there.
//!
//! Equal are: composed and decomposed letters and their compatibility forms, capitals and small
//! letters, all spaces and runs of them, line breaks and spaces, all hyphens, all quotation marks.
//! What leaves no ink (soft hyphens, joiners, marks of direction) may stand anywhere, and a word
//! may be parted at the end of a line, with a hyphen or without.

use std::ops::Range;

use crate::text::words::is_inkless;

/// Decomposes a character (NFKD), so that é is found whether it was typed as one character or as
/// two.
pub type Decompose = fn(char, &mut dyn FnMut(char));

const HYPHEN: char = '-';
const SPACE: char = ' ';
const LINE_END: char = '\n';

/// A phrase.
#[derive(Clone, Debug)]
pub struct Phrase {
    parts: Vec<char>,
    decompose: Decompose,
}

impl Phrase {
    /// The phrase that this text is. An empty one stands nowhere.
    pub fn new(text: &str, decompose: Decompose) -> Self {
        let mut parts: Vec<char> = Vec::new();
        for (part, _) in in_parts(text.chars(), decompose) {
            match part {
                SPACE | LINE_END if parts.last().is_none_or(|last| *last == SPACE) => {}
                SPACE | LINE_END => parts.push(SPACE),
                part => parts.push(part),
            }
        }
        if parts.last() == Some(&SPACE) {
            parts.pop();
        }
        Self { parts, decompose }
    }

    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Whether it stands in a text.
    pub fn stands_in(&self, text: &str) -> bool {
        !self.places(text.chars()).is_empty()
    }

    /// Where it stands among the characters of a text, from the first of its characters to the last
    /// one, whatever is between. Places may overlap.
    pub fn places(&self, text: impl Iterator<Item = char>) -> Vec<Range<usize>> {
        let Some(first) = self.parts.first() else { return Vec::new() };
        let parts = in_parts(text, self.decompose);
        let starts = parts.iter().enumerate().filter(|(_, (part, _))| part == first);
        starts
            .filter_map(|(start, (_, from))| {
                let last = self.end(&parts, start)?;
                // "papa" isn't "papá".
                let goes_on = parts.get(last + 1).is_some_and(|(part, _)| is_mark(*part));
                (!goes_on).then(|| *from..parts[last].1 + 1)
            })
            .collect()
    }

    /// The last of the parts that are the phrase, if it starts here.
    fn end(&self, parts: &[(char, usize)], start: usize) -> Option<usize> {
        let mut at = start;
        for (index, wanted) in self.parts.iter().enumerate() {
            if *wanted == SPACE {
                at += spaces(parts, at).filter(|run| *run > 0)?;
                continue;
            }
            let part = |at: usize| parts.get(at).map(|(part, _)| *part);
            let comes_next = |at: usize| part(at) == Some(*wanted);
            if index > 0 && !comes_next(at) {
                at = over_line_end(parts, at)?;
            }
            if !comes_next(at) {
                return None;
            }
            at += 1;
        }
        at.checked_sub(1)
    }
}

/// How many spaces and line ends stand here.
fn spaces(parts: &[(char, usize)], at: usize) -> Option<usize> {
    let rest = parts.get(at..)?;
    Some(rest.iter().take_while(|(part, _)| matches!(*part, SPACE | LINE_END)).count())
}

/// Where a word goes on that is parted here by the end of a line.
fn over_line_end(parts: &[(char, usize)], at: usize) -> Option<usize> {
    let at = at + usize::from(parts.get(at).is_some_and(|(part, _)| *part == HYPHEN));
    let run = spaces(parts, at)?;
    parts[at..at + run].iter().any(|(part, _)| *part == LINE_END).then_some(at + run)
}

/// What a text is compared by, each with the place of its character.
fn in_parts(text: impl Iterator<Item = char>, decompose: Decompose) -> Vec<(char, usize)> {
    let mut parts = Vec::new();
    for (place, character) in text.enumerate() {
        decompose(character, &mut |part| match part {
            '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                parts.push((LINE_END, place));
            }
            // Blank letters of Korean and Braille.
            '\u{115F}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{FFA0}' => {
                parts.push((SPACE, place));
            }
            space if space.is_whitespace() => parts.push((SPACE, place)),
            nothing if is_inkless(nothing) => {}
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' => {
                parts.push((HYPHEN, place));
            }
            '\u{2018}'..='\u{201B}' | '\u{2BC}' | '`' => parts.push(('\'', place)),
            '\u{201C}'..='\u{201F}' | '«' | '»' => parts.push(('"', place)),
            // By way of the capital, because σ and ς are one; ẞ has to become small first.
            letter => {
                let capital = letter.to_lowercase().flat_map(char::to_uppercase);
                let small = capital.flat_map(char::to_lowercase);
                parts.extend(small.map(|part| (part, place)));
            }
        });
    }
    parts
}

/// Whether a character is a combining mark.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn as_it_is(character: char, part: &mut dyn FnMut(char)) {
        part(character);
    }

    fn found(phrase: &str, text: &str) -> Vec<String> {
        let characters: Vec<char> = text.chars().collect();
        let places = Phrase::new(phrase, as_it_is).places(text.chars());
        places.into_iter().map(|place| characters[place].iter().collect()).collect()
    }

    #[test]
    fn spaces_and_line_ends_of_all_kinds_are_one() {
        for text in [
            "Calle Luna 8",
            "CALLE\u{A0}LUNA\u{A0}8",
            "calle   luna \u{2009} 8",
            "calle\nluna\n8",
            "calle \n luna\r\n8",
            "calle\u{3000}luna\u{2028}8",
            "calle\u{2800}luna\u{3164}8",
        ] {
            assert_eq!(found(" calle  luna\n8 ", text), [text], "{text:?}");
        }
        assert!(found("calle luna", "calleluna").is_empty());
        assert!(found("calle luna", "calle, luna").is_empty());
    }

    #[test]
    fn what_leaves_no_ink_is_passed_over() {
        for nothing in [
            '\u{AD}',
            '\u{200B}',
            '\u{200D}',
            '\u{200E}',
            '\u{2060}',
            '\u{2066}',
            '\u{202E}',
            '\u{FEFF}',
            '\u{34F}',
            '\u{FE0F}',
            '\u{E0061}',
            '\u{E0100}',
        ] {
            let within = format!("Obsi{nothing}dia{nothing}{nothing}na");
            assert_eq!(found("obsidiana", &within), [within.as_str()], "{nothing:?}");
            let beside = format!("calle{nothing} {nothing}luna");
            assert_eq!(found("calle luna", &beside), [beside.as_str()], "{nothing:?}");
            assert_eq!(found(&beside, "calle luna"), ["calle luna"], "{nothing:?}");
        }
    }

    #[test]
    fn a_word_may_be_parted_at_the_end_of_a_line() {
        for text in [
            "Obsi-\ndiana",
            "Obsi\u{2010}\n  diana",
            "Obsi\u{AD}\ndiana",
            "Obsi\ndiana",
            "Obsi -\ndiana",
        ] {
            let is_one = text != "Obsi -\ndiana";
            assert_eq!(found("obsidiana", text).len(), usize::from(is_one), "{text:?}");
        }
        assert!(found("obsidiana", "obsi diana").is_empty());
        assert_eq!(found("Ana-María", "ana-\nmaría y ana\u{2011}maría").len(), 2);
    }

    #[test]
    fn capitals_hyphens_and_quotation_marks_are_of_one_kind_each() {
        assert_eq!(found("STRAẞE", "Straße, strasse"), ["Straße", "strasse"]);
        assert_eq!(found("ΟΔΟΣ", "οδος οδοσ").len(), 2);
        assert_eq!(found("d'ángel", "d’ángel").len(), 1);
        assert_eq!(found("\"rata\"", "«Rata» “rata”").len(), 2);
        assert!(found("", "nada").is_empty() && found(" \u{AD}\n", "nada").is_empty());
    }
}
