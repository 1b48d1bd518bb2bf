//! The optional sections of the plan's document (section 4): what those who prepare an exercise
//! write around the commitments. All of them may be empty.

use serde::{Deserialize, Serialize};

use crate::ShortText;
use crate::text::words::{self, WordsError, checked_text};

/// Most Unicode scalars of a section that is read as a text.
pub const PASSAGE_LIMIT: usize = 6_000;
/// Most Unicode scalars of an entry of a list, and of what a word means.
pub const ENTRY_LIMIT: usize = 400;
/// Most entries of a list.
pub const MOST_ENTRIES: usize = 40;

/// A section that is read as a text: trimmed, never empty, at most [`PASSAGE_LIMIT`] scalars,
/// nothing but plain characters and line feeds. Blank lines part its paragraphs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Passage(String);

impl Passage {
    /// Parses what someone typed or pasted.
    ///
    /// # Errors
    /// [`WordsError`] when it is empty, too long or has a control character.
    pub fn parse(text: &str) -> Result<Self, WordsError> {
        words::said(text, PASSAGE_LIMIT).map(Self)
    }
}

checked_text!(Passage);

/// An entry of a list: one line, trimmed, never empty, at most [`ENTRY_LIMIT`] scalars, nothing but
/// plain characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Entry(String);

impl Entry {
    /// Parses a line that someone typed or pasted.
    ///
    /// # Errors
    /// [`WordsError`] when it is empty, too long or has a control character or a line end.
    pub fn parse(line: &str) -> Result<Self, WordsError> {
        let line = words::said(line, ENTRY_LIMIT)?;
        if line.contains('\n') { Err(WordsError::Forbidden) } else { Ok(Self(line)) }
    }
}

checked_text!(Entry);

/// A word and what it means in the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// The word; it has no colon.
    pub term: ShortText,
    /// What it means.
    pub meaning: Entry,
}

/// The optional sections, as they come in the document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sections {
    /// *Contexto*.
    pub context: Option<Passage>,
    /// *Cómo se construyó*.
    pub how_it_was_made: Option<Passage>,
    /// *Marco normativo*.
    pub legal_framework: Vec<Entry>,
    /// *Definiciones*.
    pub definitions: Vec<Definition>,
    /// *Objetivo estratégico*.
    pub strategic_objective: Option<Passage>,
    /// *Objetivos específicos*.
    pub specific_objectives: Vec<Entry>,
    /// *Medición*: how progress is followed.
    pub measurement: Option<Passage>,
}

impl Sections {
    /// Whether its lists are no longer than they may be, and every word to be defined is one.
    pub fn is_possible(&self) -> bool {
        let term = |one: &Definition| !one.term.is_empty() && !one.term.as_str().contains(MEANS);
        self.legal_framework.len() <= MOST_ENTRIES
            && self.specific_objectives.len() <= MOST_ENTRIES
            && self.definitions.len() <= MOST_ENTRIES
            && self.definitions.iter().all(term)
    }
}

/// What stands between a word and what it means.
const MEANS: char = ':';

/// Why a text isn't a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ListError {
    /// It has more than [`MOST_ENTRIES`].
    #[error("more than {MOST_ENTRIES} entries")]
    TooMany,
    /// A line can't be an entry.
    #[error("line {line}: {error}")]
    Line {
        /// Which, from 1, blank ones counted.
        line: usize,
        /// Why.
        error: WordsError,
    },
    /// A line isn't a word, a colon and what it means.
    #[error("line {line} has no word with its meaning")]
    NoMeaning {
        /// Which, from 1, blank ones counted.
        line: usize,
    },
}

/// The entries of a list: one a line. Blank lines, and the number or bullet that a line of a pasted
/// list begins with, are dropped.
///
/// # Errors
/// [`ListError`].
pub fn entries(text: &str) -> Result<Vec<Entry>, ListError> {
    listed(text, |line, entry| Entry::parse(entry).map_err(|error| ListError::Line { line, error }))
}

/// Definitions: one a line, a word, a colon and what it means. Otherwise as [`entries`].
///
/// # Errors
/// [`ListError`].
pub fn definitions(text: &str) -> Result<Vec<Definition>, ListError> {
    listed(text, |line, entry| {
        let (term, meaning) = entry.split_once(MEANS).ok_or(ListError::NoMeaning { line })?;
        let wrong = |error| ListError::Line { line, error };
        let term = ShortText::parse(term).map_err(wrong)?;
        if term.is_empty() {
            return Err(ListError::NoMeaning { line });
        }
        match Entry::parse(meaning) {
            Ok(meaning) => Ok(Definition { term, meaning }),
            Err(WordsError::Empty) => Err(ListError::NoMeaning { line }),
            Err(error) => Err(wrong(error)),
        }
    })
}

fn listed<T>(
    text: &str,
    read: impl Fn(usize, &str) -> Result<T, ListError>,
) -> Result<Vec<T>, ListError> {
    let text = words::line_ends(text);
    let lines = (1..).zip(text.lines()).map(|(line, entry)| (line, without_mark(entry)));
    let list = lines
        .filter(|(_, entry)| !entry.is_empty())
        .map(|(line, entry)| read(line, entry))
        .collect::<Result<Vec<_>, _>>()?;
    if list.len() > MOST_ENTRIES { Err(ListError::TooMany) } else { Ok(list) }
}

/// A line without the number or bullet in front of it: "3. Agua" and "• Agua" are "Agua".
fn without_mark(line: &str) -> &str {
    let line = line.trim();
    let after_digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = if after_digits.len() < line.len() {
        after_digits.strip_prefix(['.', ')'])
    } else {
        line.strip_prefix(['•', '·', '▪', '–', '-', '*'])
    };
    // What follows directly belongs to the word: "6.º", "-5 %".
    rest.filter(|rest| rest.starts_with(char::is_whitespace)).map_or(line, str::trim_start)
}
