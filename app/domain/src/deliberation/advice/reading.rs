//! A text read word by word.

use super::Words;
use super::lexicon::{Lexicon, Senses};
use crate::text::alphabet::{is_mark, without_mark};

/// A word or a number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// First scalar in the text, and the one after the last.
    pub words: Words,
    /// Its place in the folded text, in bytes.
    start: usize,
    end: usize,
    /// What it means, alone or with the words after it.
    pub senses: Senses,
    /// How many tokens the longest of those takes.
    pub reach: usize,
    /// The value of a number of at most four digits.
    pub number: Option<u16>,
    /// Whether only spaces are between it and the next one.
    pub flows: bool,
    /// Whether a hyphen is between it and the next one.
    pub hyphen: bool,
    /// Whether a sentence ends after it.
    pub last: bool,
}

/// A text as its words.
pub(super) struct Reading {
    pub tokens: Vec<Token>,
    /// Whether it has a sign of per cent.
    pub percent: bool,
    folded: String,
}

impl Reading {
    pub fn of(text: &str, lexicon: &Lexicon) -> Self {
        let folded = String::with_capacity(text.len());
        let mut reading = Self { tokens: Vec::new(), percent: false, folded };
        let mut inside = false;
        // A full stop ends the sentence only when a capital or the end follows: Art. 5, etc.
        let mut stopped = false;
        for (place, character) in (0u32..).zip(text.chars()) {
            if is_mark(character) {
                if inside && let Some(token) = reading.tokens.last_mut() {
                    token.words.to = place + 1;
                }
            } else if character.is_alphanumeric() {
                if !inside {
                    let begins = !character.is_lowercase() && !character.is_ascii_digit();
                    reading.begin(place, stopped && begins);
                    (inside, stopped) = (true, false);
                }
                reading.take(place, character);
            } else {
                if inside {
                    reading.finish();
                    inside = false;
                }
                reading.punctuate(character);
                reading.percent |= character == '%';
                stopped |= character == '.';
            }
        }
        if inside {
            reading.finish();
        }
        if let Some(token) = reading.tokens.last_mut() {
            token.last = true;
        }
        reading.look_up(lexicon);
        reading
    }

    fn begin(&mut self, place: u32, after_stop: bool) {
        if let Some(before) = self.tokens.last_mut() {
            before.last |= after_stop;
            self.folded.push(if before.flows { ' ' } else { ',' });
        }
        let start = self.folded.len();
        self.tokens.push(Token {
            words: Words { from: place, to: place },
            start,
            end: start,
            senses: Senses::default(),
            reach: 1,
            number: None,
            flows: true,
            hyphen: false,
            last: false,
        });
    }

    fn take(&mut self, place: u32, character: char) {
        let small = character.to_lowercase().next().unwrap_or(character);
        self.folded.push(match without_mark(small) {
            'ñ' => 'n',
            base => base,
        });
        if let Some(token) = self.tokens.last_mut() {
            token.words.to = place + 1;
        }
    }

    fn finish(&mut self) {
        let end = self.folded.len();
        if let Some(token) = self.tokens.last_mut() {
            token.end = end;
            token.number =
                self.folded[token.start..].parse().ok().filter(|_| end - token.start <= 4);
        }
    }

    fn punctuate(&mut self, character: char) {
        if let Some(before) = self.tokens.last_mut() {
            before.flows &= character == ' ' || character == '\u{A0}';
            before.hyphen |= matches!(character, '-' | '–' | '—');
            before.last |= matches!(character, '\n' | '!' | '?' | '…');
        }
    }

    fn look_up(&mut self, lexicon: &Lexicon) {
        let ends: Vec<usize> = self.tokens.iter().map(|token| token.end).collect();
        for (place, token) in self.tokens.iter_mut().enumerate() {
            let (senses, taken) =
                lexicon.senses(&self.folded[token.start..], token.end - token.start);
            let end = token.start + taken;
            token.senses = senses;
            token.reach = ends[place..].iter().take_while(|other| **other <= end).count().max(1);
        }
    }

    /// The folded word at a place.
    pub fn word(&self, place: usize) -> &str {
        self.tokens.get(place).map_or("", |token| &self.folded[token.start..token.end])
    }

    /// The token at a place, unless there is none.
    pub fn token(&self, place: usize) -> Option<&Token> {
        self.tokens.get(place)
    }

    /// Whether some word has one of these senses.
    pub fn has(&self, any: Senses) -> bool {
        self.tokens.iter().any(|token| token.senses.has(any))
    }

    /// The first word with one of these senses.
    pub fn find(&self, any: Senses) -> Option<usize> {
        self.tokens.iter().position(|token| token.senses.has(any))
    }

    /// The scalars from a token on, as far as its meaning reaches.
    pub fn reached(&self, place: usize) -> Words {
        let token = &self.tokens[place];
        let last = (place + token.reach).min(self.tokens.len()) - 1;
        Words { from: token.words.from, to: self.tokens[last].words.to }
    }

    /// The tokens of the sentence of which this one is a part.
    pub fn sentence(&self, place: usize) -> std::ops::Range<usize> {
        let from = self.tokens[..place].iter().rposition(|token| token.last);
        let to = self.tokens[place..].iter().position(|token| token.last);
        from.map_or(0, |from| from + 1)..to.map_or(self.tokens.len(), |to| place + to + 1)
    }
}
