//! What a text may contain. Long texts are checked insertion by insertion, short ones as a whole.

use serde::{Deserialize, Serialize};

/// Longest short text, in Unicode scalars.
pub const SHORT_LIMIT: usize = 240;
/// Longest remark, in Unicode scalars.
pub const REMARK_LIMIT: usize = 2_000;

/// Why a text isn't valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WordsError {
    /// Longer than `limit` scalars.
    #[error("longer than {limit} characters")]
    TooLong {
        /// Most scalars it may have.
        limit: usize,
    },
    /// Has a control or direction-changing character.
    #[error("has a control character")]
    Forbidden,
    /// Is empty, where something is required.
    #[error("nothing is written")]
    Empty,
}

/// Whether a long text may contain a character. Line feeds are allowed; other controls, characters
/// that change the reading direction (which can make a signed text read differently) and invisible
/// ones that no document shows aren't.
pub fn is_plain(character: char) -> bool {
    match character {
        '\n' => true,
        '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}'
        | '\u{2028}'
        | '\u{2029}'
        | SOFT_HYPHEN
        | ZERO_WIDTH_SPACE
        | BYTE_ORDER_MARK
        | OBJECT => false,
        other => !other.is_control(),
    }
}

const SOFT_HYPHEN: char = '\u{AD}';
const ZERO_WIDTH_SPACE: char = '\u{200B}';
const ZERO_WIDTH_JOINER: char = '\u{200D}';
const BYTE_ORDER_MARK: char = '\u{FEFF}';
/// Stands for a picture in copied text.
const OBJECT: char = '\u{FFFC}';

/// Pasted or typed text, made valid for a long text: every kind of line end becomes `\n`, tabs
/// become spaces, other characters that aren't plain are dropped, without joining words. Callers
/// compose it (NFC): browsers and the server each have their own way.
pub fn cleaned(text: &str) -> String {
    let mut clean = mended(text, '\n');
    clean.retain(is_plain);
    clean
}

/// The same for one line, as titles are: a line end becomes a space.
pub fn cleaned_line(text: &str) -> String {
    let mut clean = mended(text, ' ');
    clean.retain(is_plain);
    clean
}

/// The same text with every kind of line end as `\n`.
pub(crate) fn line_ends(text: &str) -> String {
    mended(text, '\n')
}

/// Interprets the invisible characters of word processors, web pages and other systems: line ends
/// and tabs as said above; invisible characters are dropped, or replaced by a space between two
/// words. Forbidden characters stay, to be refused.
fn mended(text: &str, line_end: char) -> String {
    let mut mended = String::with_capacity(text.len());
    // Something invisible came after a word.
    let mut gap = false;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let kept = match character {
            '\r' => {
                characters.next_if_eq(&'\n');
                line_end
            }
            '\n' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => line_end,
            '\t' => ' ',
            SOFT_HYPHEN => continue,
            ZERO_WIDTH_SPACE | BYTE_ORDER_MARK | OBJECT => {
                gap = mended.ends_with(char::is_alphanumeric);
                continue;
            }
            // It joins letters or emoji; at the end, the next one hasn't been typed yet.
            ZERO_WIDTH_JOINER
                if !mended.ends_with(joins)
                    || characters.peek().is_some_and(|next| !joins(*next)) =>
            {
                continue;
            }
            other => other,
        };
        if is_plain(kept) && std::mem::take(&mut gap) && kept.is_alphanumeric() {
            mended.push(' ');
        }
        mended.push(kept);
    }
    mended
}

fn joins(neighbour: char) -> bool {
    is_plain(neighbour) && !neighbour.is_whitespace()
}

/// The common part of texts that are checked when they are made: only `parse` makes them, also when
/// they are deserialised.
macro_rules! checked_text {
    ($name:ident) => {
        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::text::words::WordsError;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }

        impl $crate::text::free::FreeText for $name {
            fn said(&self) -> &str {
                &self.0
            }

            fn fill(&mut self, is_filled: &dyn Fn(usize) -> bool) {
                let filled = self.0.chars().enumerate().map(|(place, character)| {
                    if is_filled(place) { $crate::text::redact::FILLER } else { character }
                });
                self.0 = filled.collect();
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
pub(crate) use checked_text;

/// A short text: one line, trimmed, at most [`SHORT_LIMIT`] scalars, nothing but plain characters.
/// May be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ShortText(String);

impl ShortText {
    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Parses what someone typed or pasted: line ends and tabs become spaces, surrounding spaces
    /// and invisible characters are dropped.
    ///
    /// # Errors
    /// [`WordsError`] when it is too long or has a control character.
    pub fn parse(text: &str) -> Result<Self, WordsError> {
        let text = mended(text, ' ');
        let trimmed = text.trim();
        if trimmed.chars().count() > SHORT_LIMIT {
            Err(WordsError::TooLong { limit: SHORT_LIMIT })
        } else if trimmed.chars().all(is_plain) {
            Ok(Self(trimmed.to_owned()))
        } else {
            Err(WordsError::Forbidden)
        }
    }
}

checked_text!(ShortText);

/// What one person says once and nobody edits: a contribution, the reason of an answer or of an
/// override (sections 3 and 4). Trimmed, never empty, at most [`REMARK_LIMIT`] scalars, nothing but
/// plain characters and line feeds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Remark(String);

impl Remark {
    /// Parses what someone typed or pasted: every kind of line end becomes `\n`, tabs become
    /// spaces, surrounding spaces, empty lines and invisible characters are dropped.
    ///
    /// # Errors
    /// [`WordsError`] when it is empty, too long or has a control character.
    pub fn parse(text: &str) -> Result<Self, WordsError> {
        said(text, REMARK_LIMIT).map(Self)
    }
}

/// The trimmed text, never empty: at most `limit` scalars, nothing but plain characters and line
/// feeds.
pub(crate) fn said(text: &str, limit: usize) -> Result<String, WordsError> {
    let text = mended(text, '\n');
    let trimmed = text.trim();
    if !trimmed.chars().any(is_seen) {
        Err(WordsError::Empty)
    } else if trimmed.chars().count() > limit {
        Err(WordsError::TooLong { limit })
    } else if trimmed.chars().all(is_plain) {
        Ok(trimmed.to_owned())
    } else {
        Err(WordsError::Forbidden)
    }
}

/// Whether a character is visible: neither a space nor one of the plain characters that leave no
/// ink.
fn is_seen(character: char) -> bool {
    // Blank letters of Korean and Braille.
    let is_blank =
        matches!(character, '\u{115F}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{FFA0}');
    !is_blank && !is_inkless(character) && !character.is_whitespace()
}

/// Whether a character neither leaves ink nor takes room.
pub(crate) fn is_inkless(character: char) -> bool {
    matches!(
        character,
        SOFT_HYPHEN | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}'
            | BYTE_ORDER_MARK | '\u{E0000}'..='\u{E007F}' | '\u{E0100}'..='\u{E01EF}'
    )
}

checked_text!(Remark);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_is_one_trimmed_line_of_plain_characters() {
        assert_eq!(
            ShortText::parse("  Oficialía Mayor ").map(String::from),
            Ok("Oficialía Mayor".to_owned())
        );
        assert_eq!(ShortText::parse("a\u{202E}b"), Err(WordsError::Forbidden));
        assert_eq!(ShortText::parse("a\nb").map(String::from), Ok("a b".to_owned()));
        assert_eq!(
            ShortText::parse(&"á".repeat(SHORT_LIMIT)).map(|t| t.as_str().chars().count()),
            Ok(SHORT_LIMIT)
        );
        assert_eq!(
            ShortText::parse(&"á".repeat(SHORT_LIMIT + 1)),
            Err(WordsError::TooLong { limit: SHORT_LIMIT })
        );
    }

    #[test]
    fn a_remark_says_something_and_not_too_much() {
        for nothing in ["", "  \n\t ", "\u{200B}\u{2060}", "\u{A0}", "\u{3164}"] {
            assert_eq!(Remark::parse(nothing), Err(WordsError::Empty), "{nothing:?}");
        }
        assert_eq!(
            Remark::parse("\n ¿Y los turnos?\nSon tres. \n").map(String::from),
            Ok("¿Y los turnos?\nSon tres.".to_owned())
        );
        assert_eq!(Remark::parse("pago\u{202E}total"), Err(WordsError::Forbidden));
        assert_eq!(Remark::parse("pago\u{7}total"), Err(WordsError::Forbidden));
        assert_eq!(
            Remark::parse(&"ñ".repeat(REMARK_LIMIT)).map(|text| text.as_str().chars().count()),
            Ok(REMARK_LIMIT)
        );
        assert_eq!(
            Remark::parse(&"ñ".repeat(REMARK_LIMIT + 1)),
            Err(WordsError::TooLong { limit: REMARK_LIMIT })
        );
    }

    #[test]
    fn a_remark_of_nothing_is_none_in_bytes_either() {
        assert!(serde_json::from_str::<Remark>("\" \"").is_err());
        assert!(serde_json::from_str::<Remark>("\"sí\"").is_ok());
    }

    #[test]
    fn pasted_line_ends_become_line_feeds_and_emoji_keep_their_modifiers() {
        assert_eq!(cleaned("uno\r\ndos\rtres\u{7}"), "uno\ndos\ntres");
        let family = "👩🏽‍👧‍👦 e\u{301} שלום";
        assert_eq!(cleaned(family), family);
    }
}
