//! The public file of all seals of a server: a line for each, with the hash of the line before, so
//! that none can be taken out, put in between or dated back without all later ones changing.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::canonical::canonical;
use crate::hex::{Digest, PublicKey};
use crate::key::KeyRecord;
use crate::update::{FORM, Seal};

/// A line, as canonical JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// The form of a line: 1.
    pub form: u32,
    /// Its number, from 1.
    pub number: u64,
    /// SHA-256 of the line before without its line break; of the first one: 64 zeros.
    pub before: Digest,
    /// When it was written, ms since the epoch.
    pub at: i64,
    /// What happened.
    pub entry: Entry,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
pub enum Entry {
    /// The server seals with a key from here on.
    Key {
        /// Both keys' record.
        record: KeyRecord,
    },
    /// A document was sealed. Who signed it isn't public before the exercise is: only digests.
    Seal {
        /// SHA-256 of the sealed file.
        file: Digest,
        /// SHA-256 of the seal as canonical JSON.
        seal: Digest,
        /// The folio of its plan.
        folio: String,
        /// The plan's version.
        version: u32,
        /// The key that sealed it.
        key: PublicKey,
    },
    /// A time-stamping authority stamped a seal (RFC 3161).
    Stamp {
        /// SHA-256 of the seal, as in its own line: this is what was stamped.
        seal: Digest,
        /// SHA-256 of the authority's answer.
        answer: Digest,
        /// When, by the authority's clock, ms since the epoch.
        stamped_at: i64,
    },
}

impl Entry {
    /// The entry of a sealed file.
    pub fn of(file: &[u8], seal: &Seal) -> Self {
        let facts = &seal.statement.facts;
        Self::Seal {
            file: Digest::of(file),
            seal: Digest::of(canonical(seal)),
            folio: facts.folio.clone(),
            version: facts.version,
            key: seal.statement.key,
        }
    }
}

impl Line {
    /// The text of the line that follows another one, without its line break.
    pub fn after(before: Option<(u64, &str)>, at: i64, entry: Entry) -> String {
        let (number, before) = match before {
            Some((number, text)) => (number + 1, Digest::of(text)),
            None => (1, Digest([0; 32])),
        };
        canonical(&Self { form: FORM, number, before, at, entry })
    }
}

/// What is wrong with a file of seals, and on which line (from 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    /// A line isn't canonical JSON of this form.
    #[error("line {0} can't be read")]
    Unreadable(u64),
    /// A line has another number than its place.
    #[error("line {0} has another number")]
    Number(u64),
    /// A line doesn't follow from the one before.
    #[error("line {0} doesn't follow from the one before")]
    Before(u64),
    /// A key wasn't confirmed by itself and by the key that it replaces.
    #[error("the key of line {0} isn't confirmed")]
    Key(u64),
    /// A document was sealed with a key that wasn't the server's then.
    #[error("line {0} is sealed with another key")]
    OtherKey(u64),
    /// What was stamped is no seal of an earlier line, or was stamped before.
    #[error("line {0} stamps no seal of an earlier line")]
    Stamp(u64),
}

/// Checks a file of seals from its first line on.
///
/// # Errors
/// [`LogError`], for the first line that is wrong.
pub fn check_log(text: &str) -> Result<Vec<Line>, LogError> {
    let (mut lines, mut before, mut present) = (Vec::new(), Digest([0; 32]), None);
    let (mut seals, mut stamped) = (BTreeSet::new(), BTreeSet::new());
    for (number, text) in (1..).zip(text.lines()) {
        let line: Line = serde_json::from_str(text).map_err(|_| LogError::Unreadable(number))?;
        if line.form != FORM || canonical(&line) != text {
            return Err(LogError::Unreadable(number));
        }
        if line.number != number {
            return Err(LogError::Number(number));
        }
        if line.before != before {
            return Err(LogError::Before(number));
        }
        match &line.entry {
            Entry::Key { record } if !record.holds() || record.change.replaces != present => {
                return Err(LogError::Key(number));
            }
            Entry::Key { record } => present = Some(record.change.key),
            Entry::Seal { key, .. } if present != Some(*key) => {
                return Err(LogError::OtherKey(number));
            }
            Entry::Seal { seal, .. } => {
                seals.insert(*seal);
            }
            Entry::Stamp { seal, .. } if !seals.contains(seal) || !stamped.insert(*seal) => {
                return Err(LogError::Stamp(number));
            }
            Entry::Stamp { .. } => {}
        }
        before = Digest::of(text);
        lines.push(line);
    }
    Ok(lines)
}
