//! What a seal says of a document. No names of people: it can be read by whoever has the file.

use serde::{Deserialize, Serialize};

use crate::hex::Digest;

/// What is known of a document when it is sealed. Times are ms since the epoch; numbers stay below
/// 2⁵³, which is what a JSON number holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// The id of the exercise.
    pub exercise: String,
    /// The folio of its plan, as the document bears it.
    pub folio: String,
    /// The version of the plan, from 1.
    pub version: u32,
    /// Which copy it is.
    pub copy: Edition,
    /// SHA-256 of the frozen text, which is attached to the document as `plan.json`.
    pub text_digest: Digest,
    /// How many pages the document has.
    pub pages: u32,
    /// Who signs, in the order of the document.
    pub signers: Vec<Signer>,
    /// The last entry of the exercise's record when it was sealed.
    pub head: Head,
    /// When it was sealed.
    pub sealed_at: i64,
}

/// The copies of a plan that can be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edition {
    /// With everything.
    Full,
    /// To be signed on paper.
    Paper,
    /// As it may be published.
    Public,
}

/// An organisation that signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signer {
    /// Its number in the document, from 1.
    pub number: u32,
    /// Its name in full.
    pub organisation: String,
    /// How its signature stands.
    pub standing: Standing,
    /// In what capacity its person acted, if that is said.
    pub capacity: Option<Capacity>,
    /// When it signed, or when it was noted how it stands.
    pub at: Option<i64>,
}

/// How a signature stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Not yet.
    Pending,
    /// Drawn or typed in the application.
    Signed,
    /// By a fingerprint on paper.
    Fingerprint,
    /// Refused; the document says why.
    Refused,
    /// Not there.
    Absent,
    /// On paper, of which a scan is kept.
    Paper,
}

/// In what capacity somebody acted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capacity {
    /// *Titular*.
    Holder,
    /// *Suplente*.
    Alternate,
}

/// A place in an exercise's record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The number of the entry.
    pub seq: u64,
    /// Its hash, which covers all entries before it.
    pub hash: Digest,
}
