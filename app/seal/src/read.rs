//! Reading a seal, and naming what is wrong with a document that doesn't bear it out.

use serde_json::Value;

use crate::attachment::attached;
use crate::canonical::canonical;
use crate::content::pages;
use crate::hex::{Digest, PublicKey};
use crate::trailer::{last, number, trailer};
use crate::update::{FORM, MARK, Seal, update};

/// Why a file isn't a document as it was sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// It isn't a PDF.
    #[error("not a PDF")]
    NotAPdf,
    /// There is no seal in it: it was never sealed, or a program wrote it anew.
    #[error("there is no seal in it")]
    NoSeal,
    /// There is a seal, and it isn't written as seals are.
    #[error("its seal is damaged")]
    Damaged,
    /// The seal is of a later form.
    #[error("its seal is of form {0}")]
    OtherForm(u64),
    /// The key that the seal names didn't sign it.
    #[error("its seal isn't signed by the key that it names")]
    Forged,
    /// The document before the seal isn't the one that was sealed.
    #[error("it was changed after it was sealed: {0:?}")]
    Changed(Change),
    /// There are bytes after the seal.
    #[error("{bytes} bytes were added after the seal")]
    Added {
        /// How many.
        bytes: usize,
    },
    /// It is sealed by another server.
    #[error("it is sealed with another key, {0}")]
    OtherKey(PublicKey),
}

/// How a changed document differs, as far as that can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Pages were removed or added.
    Pages {
        /// How many there were.
        sealed: u32,
        /// How many there are.
        found: usize,
    },
    /// The text that is attached is another one, or none.
    Text,
    /// Something else.
    Bytes,
}

/// The seal of a PDF that is byte for byte what was sealed. Whose key it is remains to be asked:
/// [`Seal::by`].
///
/// # Errors
/// [`ReadError`], all but [`ReadError::OtherKey`].
pub fn read(file: &[u8]) -> Result<Seal, ReadError> {
    if !file.starts_with(b"%PDF-") {
        return Err(ReadError::NotAPdf);
    }
    let mark = last(file, MARK).ok_or(ReadError::NoSeal)?;
    let begins = object(&file[..mark]).ok_or(ReadError::Damaged)?;
    let seal = parsed(&file[mark + MARK.len()..])?;
    let Seal { statement, signature } = &seal;
    if !statement.key.signed(&canonical(statement), signature) {
        return Err(ReadError::Forged);
    }
    let (pdf, rest) = file.split_at(begins);
    if Digest::of(pdf) != statement.pdf {
        return Err(ReadError::Changed(change(pdf, &seal)));
    }
    // Sealed by whoever didn't look at what they sealed.
    let trailer = trailer(pdf).ok_or(ReadError::Damaged)?;
    if attached(pdf).is_none_or(|text| Digest::of(text) != statement.facts.text_digest) {
        return Err(ReadError::Changed(Change::Text));
    }
    let written = update(pdf.len(), &trailer, &seal);
    match rest.strip_prefix(&written[..]) {
        Some([]) => Ok(seal),
        Some(more) => Err(ReadError::Added { bytes: more.len() }),
        None => Err(ReadError::Damaged),
    }
}

impl Seal {
    /// That one of these keys sealed.
    ///
    /// # Errors
    /// [`ReadError::OtherKey`].
    pub fn by(&self, keys: &[PublicKey]) -> Result<(), ReadError> {
        let key = self.statement.key;
        if keys.contains(&key) { Ok(()) } else { Err(ReadError::OtherKey(key)) }
    }
}

/// Where an object's update begins whose `12 0 obj` is the end of these bytes.
fn object(bytes: &[u8]) -> Option<usize> {
    let before = bytes.strip_suffix(b" 0 obj\n")?;
    let digits = before.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let begins = before.len().checked_sub(digits + 1)?;
    (digits > 0 && before[begins] == b'\n').then_some(begins)
}

/// The seal whose length these bytes begin with.
fn parsed(bytes: &[u8]) -> Result<Seal, ReadError> {
    let text = || {
        let (length, rest) = number(bytes)?;
        rest.strip_prefix(b">>\nstream\n")?.get(..usize::try_from(length).ok()?)
    };
    let text = text().ok_or(ReadError::Damaged)?;
    let value: Value = serde_json::from_slice(text).map_err(|_| ReadError::Damaged)?;
    match value["statement"]["form"].as_u64() {
        Some(form) if form != u64::from(FORM) => return Err(ReadError::OtherForm(form)),
        Some(_) => {}
        None => return Err(ReadError::Damaged),
    }
    serde_json::from_value(value).map_err(|_| ReadError::Damaged)
}

fn change(pdf: &[u8], seal: &Seal) -> Change {
    let facts = &seal.statement.facts;
    let found = pages(pdf);
    if usize::try_from(facts.pages) != Ok(found) {
        Change::Pages { sealed: facts.pages, found }
    } else if attached(pdf).is_none_or(|text| Digest::of(text) != facts.text_digest) {
        Change::Text
    } else {
        Change::Bytes
    }
}
