//! Who signs, and how each signature stands.

use serde::{Deserialize, Serialize};

use crate::date::Moment;

/// A signing seat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signer {
    /// The number in its box, from 1; leads to the full name in the signature block.
    pub number: u32,
    /// The organisation in full.
    pub organisation: String,
    /// The short name for the box, best at most 22 letters; longer ones are cut at a word.
    pub short_name: String,
    /// The person's name, where it may be said; may be empty.
    pub person: String,
    /// The post.
    pub post: String,
    /// In what capacity; none says nothing.
    pub capacity: Option<Capacity>,
    /// How the signature stands.
    pub standing: Standing,
}

/// In what capacity somebody signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capacity {
    /// *Titular*.
    Holder,
    /// *Suplente*.
    Alternate,
}

/// How a signature stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum Standing {
    /// Nothing yet: an empty box.
    Pending,
    /// Drawn.
    Signed {
        /// The initials for the margin of every page.
        initials: Drawing,
        /// The signature at the foot.
        signature: Drawing,
        /// When it was drawn.
        at: Moment,
        /// How, in words: "Trazada en la aplicación".
        how: String,
    },
    /// By a typed name.
    Typed {
        /// The name as it was typed.
        name: String,
        /// When.
        at: Moment,
        /// How, in words: "Nombre escrito en la aplicación".
        how: String,
    },
    /// By a fingerprint on paper.
    Fingerprint {
        /// Who noted it, and when.
        noted: Note,
    },
    /// Refused.
    Refused {
        /// The reason, unchanged; may be empty.
        reason: String,
        /// Who noted it, and when.
        noted: Note,
    },
    /// Not there when it was signed.
    Absent {
        /// Who noted it, and when.
        noted: Note,
    },
    /// On paper, of which a scan is kept.
    Paper {
        /// Who noted it, and when.
        noted: Note,
    },
}

/// Who noted something, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// Who, with its article: "la facilitación".
    pub by: String,
    /// When.
    pub at: Moment,
}

/// What a finger or pen drew.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drawing {
    /// The strokes, each a list of `[x, y]` from left and top in any one unit. Where the drawing
    /// begins, and how large it is, doesn't matter: it is fitted into its place.
    pub strokes: Vec<Vec<[f32; 2]>>,
}
