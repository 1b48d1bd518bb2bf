//! A seal in its PDF: an incremental update (ISO 32000-1, 7.5.6) with one new object that nothing
//! refers to. Programs that show or print the document don't see it, and every byte before it stays.

use serde::{Deserialize, Serialize};

use crate::attachment::attached;
use crate::canonical::canonical;
use crate::facts::Facts;
use crate::hex::{Digest, PublicKey, Signature};
use crate::key::Key;
use crate::trailer::{Trailer, last, trailer};

/// The form of what is signed, to be told from later ones.
pub const FORM: u32 = 1;
/// How the object of a seal begins.
pub(crate) const MARK: &[u8] = b"<</Type/MesaSeal/Length ";

/// What is signed, as canonical JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// The form of this statement: [`FORM`].
    pub form: u32,
    /// What is said of the document.
    pub facts: Facts,
    /// SHA-256 of the whole PDF before the seal.
    pub pdf: Digest,
    /// The key of the server that seals.
    pub key: PublicKey,
}

/// A statement with its signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    /// What is signed.
    pub statement: Statement,
    /// By the statement's key.
    pub signature: Signature,
}

/// Why a document can't be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// It isn't a PDF with a classic cross-reference table.
    #[error("not a PDF that can be added to")]
    NotAddable,
    /// It bears a seal.
    #[error("the document is sealed already")]
    Sealed,
    /// The text that is attached to it isn't the one of the facts.
    #[error("another text is attached to the document")]
    OtherText,
    /// It has other pages than the facts say.
    #[error("the document has {found} pages")]
    OtherPages {
        /// How many it has.
        found: usize,
    },
}

/// Seals a PDF: the same bytes, and the seal after them. Also returns the seal.
///
/// # Errors
/// [`SealError`].
pub fn sealed(pdf: &[u8], facts: Facts, key: &Key) -> Result<(Vec<u8>, Seal), SealError> {
    let trailer =
        trailer(pdf).filter(|_| pdf.starts_with(b"%PDF-")).ok_or(SealError::NotAddable)?;
    if last(pdf, MARK).is_some() {
        return Err(SealError::Sealed);
    }
    if attached(pdf).is_none_or(|text| Digest::of(text) != facts.text_digest) {
        return Err(SealError::OtherText);
    }
    let found = crate::content::pages(pdf);
    if usize::try_from(facts.pages) != Ok(found) {
        return Err(SealError::OtherPages { found });
    }
    let statement = Statement { form: FORM, facts, pdf: Digest::of(pdf), key: key.public() };
    let seal = Seal { signature: key.sign(&canonical(&statement)), statement };
    let mut bytes = pdf.to_vec();
    bytes.extend(update(pdf.len(), &trailer, &seal));
    Ok((bytes, seal))
}

/// The bytes that a seal adds to a PDF of a length.
pub(crate) fn update(length: usize, trailer: &Trailer<'_>, seal: &Seal) -> Vec<u8> {
    let (text, number) = (canonical(seal), trailer.size);
    // After the line break with which it begins.
    let object = length + 1;
    let mut bytes = format!("\n{number} 0 obj\n").into_bytes();
    bytes.extend(MARK);
    bytes.extend(format!("{}>>\nstream\n{text}\nendstream\nendobj\n", text.len()).bytes());
    let table = length + bytes.len();
    let head = format!("xref\n{number} 1\n{object:010} 00000 n \ntrailer\n<</Size {}", number + 1);
    bytes.extend(head.bytes());
    let held = [("/Root ", Some(trailer.root)), ("/Info ", trailer.info), ("/ID", trailer.id)];
    for (name, value) in held {
        if let Some(value) = value {
            bytes.extend(name.bytes());
            bytes.extend(value);
        }
    }
    bytes.extend(format!("/Prev {}>>\nstartxref\n{table}\n%%EOF\n", trailer.table).bytes());
    bytes
}
