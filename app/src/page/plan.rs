//! The versions of a plan with their documents, and what is looked over before the texts are
//! frozen. Read by anybody who may follow the exercise, as far as that is public.

use domain::agreement::Piece;
use domain::agreement::signing::Scanned;
use domain::{Date, Digest, MesaId, StreamId};

/// The page of an exercise's plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanPage {
    /// The exercise.
    pub exercise: StreamId,
    /// Its name.
    pub name: String,
    /// The plan's folio.
    pub folio: String,
    /// The versions, newest first.
    pub versions: Vec<PlanVersion>,
    /// Of which mesas there are minutes and lists of attendance; empty: they aren't for this viewer.
    pub mesas: Vec<(MesaId, String)>,
    /// Whether the viewer gets the copies with everything.
    pub full: bool,
    /// Whether the viewer gets a draft: while texts can change, and not beside what is signed.
    pub draft: bool,
}

/// A version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanVersion {
    /// Its number.
    pub number: u16,
    /// When it was frozen, by the exercise's clock.
    pub frozen: Option<(Date, (u8, u8))>,
    /// Its code, 64 hexadecimal digits.
    pub code: String,
    /// What the scans of its copy on paper show; none: there are none.
    pub scanned: Option<Scanned>,
    /// Those scans with their names; empty: they aren't for this viewer.
    pub scans: Vec<(Digest, String)>,
    /// Its commitments, with what became of each since the version before.
    pub commitments: Vec<(String, Since)>,
    /// What the sections around the commitments say otherwise; none where there is nothing to say of
    /// them: in the first version, and where there are none.
    pub sections: Option<Vec<Piece>>,
    /// Numbers, in the version before, of commitments that it doesn't have any more.
    pub gone: Vec<usize>,
    /// The number of the version before; none: it is the first.
    pub before: Option<u16>,
}

/// What became of a commitment since the version before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Since {
    /// There is no version before.
    First,
    /// Not a character changed.
    Same,
    /// It wasn't there.
    New,
    /// These words changed.
    Changed(Vec<Piece>),
}

/// What is looked over before the texts are frozen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BeforeFreeze {
    /// The mesa from whose desk it was opened.
    pub mesa: MesaId,
    /// What the document can't show as it was written.
    pub unshown: Vec<Unshown>,
}

/// A character that a document doesn't show, or shows but doesn't give back when it is copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unshown {
    /// Where: the item and its field.
    pub place: String,
    /// The sheet on which it can be changed.
    pub href: String,
    /// The word that it is in.
    pub word: String,
    /// The character.
    pub character: String,
    /// What would stand for it; none: it is shown, but copied twice.
    pub stand_in: Option<String>,
}
