//! What a *Plan de Acción Local* is made from: everything already decided and put into words by
//! the caller, so that the same value gives the same document.

mod commitment;
mod exercise;
mod signer;

pub use commitment::{
    Activity, Category, Commitment, Conformity, Groups, Indicator, Problem, Voice,
};
pub use exercise::{
    Definition, Exercise, Logo, Mesa, Participant, Period, PictureKind, SectorCount,
};
pub use signer::{Capacity, Drawing, Note, Signer, Standing};

use serde::{Deserialize, Serialize};

use crate::date::{Date, Moment};

/// A Plan de Acción Local (Anexo 2) as it is to be set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Which of the four copies, with what only a frozen version has.
    pub edition: Edition,
    /// The exercise whose plan this is.
    pub exercise: Exercise,
    /// First and last day of the plan, both included.
    pub period: Period,
    /// Coats of arms and logos for the cover, in this order.
    pub logos: Vec<Logo>,
    /// *Contexto*: paragraphs, may be empty.
    pub context: Vec<String>,
    /// *Cómo se construyó*: paragraphs, may be empty.
    pub how_it_was_made: Vec<String>,
    /// The mesas that fed the plan.
    pub mesas: Vec<Mesa>,
    /// The organisations that took part.
    pub participants: Vec<Participant>,
    /// Decision rule and quorum in a sentence; empty when there is nothing to say.
    pub rule: String,
    /// *Marco normativo*: one entry each; empty leaves the section out.
    pub legal_framework: Vec<String>,
    /// *Definiciones*; empty leaves the section out.
    pub definitions: Vec<Definition>,
    /// *Objetivo estratégico*: paragraphs; may be empty.
    pub strategic_objective: Vec<String>,
    /// *Objetivos específicos*: one entry each; may be empty.
    pub specific_objectives: Vec<String>,
    /// The problems, in their order.
    pub problems: Vec<Problem>,
    /// The commitments, in their order.
    pub commitments: Vec<Commitment>,
    /// *Medición*: paragraphs that say how progress is followed; may be empty.
    pub measurement: Vec<String>,
    /// Where and when the plan is signed, and who facilitated.
    pub closing: Closing,
    /// Who signs, in the order of the boxes on every page: at most [`MOST_SIGNERS`].
    pub signers: Vec<Signer>,
    /// *Constancias*: lines to be read before the signatures, such as a scan's own hash.
    pub certificates: Vec<String>,
}

/// The most boxes that fit into the margin of a page at a size a hand can write in.
pub const MOST_SIGNERS: usize = 16;

/// The four copies of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "copy", rename_all = "snake_case", deny_unknown_fields)]
pub enum Edition {
    /// *Borrador*: before the freeze. Words stand for folio, version and code; nothing is attached.
    Draft {
        /// When this draft was taken from the texts.
        made: Moment,
    },
    /// Frozen, to be signed on paper: boxes, place and date are empty.
    Paper {
        /// Of the frozen version.
        stamp: Stamp,
    },
    /// *Versión íntegra*: for the signers, with contacts and drawings.
    Full {
        /// Of the frozen version.
        stamp: Stamp,
    },
    /// *Versión pública*: contacts, the persons of activities and drawings are left out here
    /// whatever the plan holds; refusals and reasons stay.
    Public {
        /// Of the frozen version.
        stamp: Stamp,
    },
}

impl Edition {
    /// What a frozen version has and a draft has not.
    pub fn stamp(&self) -> Option<&Stamp> {
        match self {
            Edition::Draft { .. } => None,
            Edition::Paper { stamp } | Edition::Full { stamp } | Edition::Public { stamp } => {
                Some(stamp)
            }
        }
    }

    /// The moment that the document bears as its date.
    pub(crate) fn moment(&self) -> Moment {
        match self {
            Edition::Draft { made } => *made,
            Edition::Paper { stamp } | Edition::Full { stamp } | Edition::Public { stamp } => {
                stamp.frozen
            }
        }
    }
}

/// What says which text this is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stamp {
    /// The folio, as `SC-VH-PAL-2026-001`.
    pub folio: String,
    /// The version, from 1.
    pub version: u32,
    /// When the version was frozen.
    pub frozen: Moment,
    /// SHA-256 of `canonical`, in 64 lower-case hexadecimal digits.
    pub code: String,
    /// The address that the QR holds and that is written beside it.
    pub address: String,
    /// The canonical JSON of the frozen text (RFC 8785), attached as `plan.json`. It is attached
    /// to the public copy too: what isn't public may not be in it.
    pub canonical: String,
}

/// The end of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    /// Where it is signed, as "Valle Hondo, Sierra Clara".
    pub place: String,
    /// When it is signed; none leaves a blank for a pen.
    pub signed: Option<Date>,
    /// Who facilitated, with its article: "el Secretariado Técnico Local"; may be empty.
    pub facilitated_by: String,
}
