//! The words of [`words`] with what they mean, made ready for looking up.

use super::words;

/// What words may mean: a set, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Senses(u32);

impl Senses {
    pub const SOFT: Self = Self(1);
    pub const DOING: Self = Self(1 << 1);
    pub const THING: Self = Self(1 << 2);
    pub const MATERIAL: Self = Self(1 << 3);
    pub const NUMBER: Self = Self(1 << 4);
    pub const ALL_OF_THEM: Self = Self(1 << 5);
    pub const REFERENCE: Self = Self(1 << 6);
    pub const MONTH: Self = Self(1 << 7);
    pub const VAGUE: Self = Self(1 << 8);
    pub const VAGUE_TIME: Self = Self(1 << 9);
    pub const OFTEN: Self = Self(1 << 10);
    pub const ABSOLUTE: Self = Self(1 << 11);
    pub const ABSOLUTE_PHRASE: Self = Self(1 << 12);
    pub const NEVER: Self = Self(1 << 13);
    pub const ENSURING: Self = Self(1 << 14);
    pub const COUNTABLE: Self = Self(1 << 15);
    pub const OFFICIAL: Self = Self(1 << 16);
    pub const NAMED: Self = Self(1 << 17);
    pub const CONNECTOR: Self = Self(1 << 18);
    pub const WHOEVER: Self = Self(1 << 19);
    pub const WHATEVER: Self = Self(1 << 20);
    pub const NOBODY: Self = Self(1 << 21);
    pub const ABSENCE: Self = Self(1 << 22);
    pub const BEFORE_ABSENCE: Self = Self(1 << 23);

    /// Whether it has one of these.
    pub fn has(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }

    /// Both sets.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// How an entry stands in a text.
#[derive(Clone, Copy)]
enum Form {
    /// As it is.
    Exact,
    /// In the singular or the plural.
    Noun,
    /// With one of [`words::ENDINGS`].
    Stem,
}

/// Every list with its meaning.
const LISTS: [(&str, Senses, Form); 26] = [
    (words::SOFT, Senses::SOFT, Form::Stem),
    (words::SOFT_PHRASES, Senses::SOFT, Form::Exact),
    (words::DOING, Senses::DOING, Form::Stem),
    (words::DOING_WORDS, Senses::DOING, Form::Exact),
    (words::THINGS, Senses::THING, Form::Noun),
    (words::MATERIAL, Senses::MATERIAL, Form::Noun),
    (words::NUMBERS, Senses::NUMBER, Form::Exact),
    (words::ALL_OF_THEM, Senses::ALL_OF_THEM, Form::Exact),
    (words::REFERENCES, Senses::REFERENCE, Form::Exact),
    (words::MONTHS, Senses::MONTH, Form::Exact),
    (words::VAGUE, Senses::VAGUE, Form::Exact),
    (words::VAGUE_TIME, Senses::VAGUE_TIME, Form::Exact),
    (words::OFTEN, Senses::OFTEN, Form::Exact),
    (words::ABSOLUTE, Senses::ABSOLUTE, Form::Stem),
    (words::ABSOLUTE_PHRASES, Senses::ABSOLUTE_PHRASE, Form::Exact),
    (words::NEVER, Senses::NEVER, Form::Exact),
    (words::ENSURING, Senses::ENSURING, Form::Stem),
    (words::COUNTABLE, Senses::COUNTABLE, Form::Noun),
    (words::OFFICIAL, Senses::OFFICIAL, Form::Exact),
    (words::NAMED, Senses::NAMED, Form::Noun),
    (words::CONNECTORS, Senses::CONNECTOR, Form::Exact),
    (words::WHOEVER, Senses::WHOEVER, Form::Noun),
    (words::WHATEVER, Senses::WHATEVER, Form::Noun),
    (words::NOBODY, Senses::NOBODY, Form::Exact),
    (words::ABSENCE, Senses::ABSENCE, Form::Exact),
    (words::BEFORE_ABSENCE, Senses::BEFORE_ABSENCE, Form::Exact),
];

struct Entry {
    words: &'static str,
    senses: Senses,
    form: Form,
}

/// The words by their first two letters. Making one takes some microseconds.
pub(super) struct Lexicon {
    shelves: Vec<Vec<Entry>>,
}

const SHELVES: usize = 256;

impl Lexicon {
    pub fn new() -> Self {
        let mut shelves = Vec::new();
        shelves.resize_with(SHELVES, Vec::new);
        for (list, senses, form) in LISTS {
            for words in list.split(", ") {
                shelves[shelf(words.as_bytes())].push(Entry { words, senses, form });
            }
        }
        Self { shelves }
    }

    /// What the first words of `rest` mean, and how many bytes the longest of the entries takes.
    /// `rest` is folded, and its first word has `word` bytes.
    pub fn senses(&self, rest: &str, word: usize) -> (Senses, usize) {
        let mut found = (Senses::default(), word);
        for entry in &self.shelves[shelf(rest.as_bytes())] {
            if let Some(taken) = entry.taken(rest, word) {
                found = (found.0.or(entry.senses), found.1.max(taken));
            }
        }
        found
    }
}

impl Entry {
    /// How many bytes it takes at the beginning of `rest`; none when it doesn't stand there.
    fn taken(&self, rest: &str, word: usize) -> Option<usize> {
        let after = rest.strip_prefix(self.words)?;
        let more = match self.form {
            Form::Exact => 0,
            Form::Noun => {
                let ends = after.find(|next: char| !next.is_ascii_alphanumeric());
                let ending = &after[..ends.unwrap_or(after.len())];
                if matches!(ending, "" | "s" | "es") { ending.len() } else { return None }
            }
            Form::Stem => {
                let ending = rest.get(self.words.len()..word)?;
                let known = words::ENDINGS.split(' ').any(|known| known == ending);
                if known { ending.len() } else { return None }
            }
        };
        let taken = self.words.len() + more;
        let ends_here = rest.as_bytes().get(taken).is_none_or(|next| !next.is_ascii_alphanumeric());
        ends_here.then_some(taken)
    }
}

/// The shelf of words that begin like this.
fn shelf(words: &[u8]) -> usize {
    let first = words.first().copied().unwrap_or(0);
    let second = words.get(1).copied().filter(u8::is_ascii_alphanumeric).unwrap_or(b' ');
    (usize::from(first) * 31 + usize::from(second)) % SHELVES
}
