//! What was signed on paper: the copy to be printed, and scans of it. The form for a file posts to
//! [`address::scan_upload`](crate::address::scan_upload) (`archivo`, and `version` before it); the form of a
//! scan posts to the page's own address: `version` and `escaneo` say which, `hoja` each page that bears
//! initials, and the button what is done: `declara`, `todas`, `ninguna` or `quita`.

use domain::agreement::signing::{Scan, Scanned};
use domain::{Digest, MesaId};

use super::prepare::Moment;

/// The page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// The mesa from whose desk it was opened.
    pub mesa: MesaId,
    /// The exercise's name.
    pub name: String,
    /// The plan's folio.
    pub folio: String,
    /// The version that is signed; none: nothing is signed yet.
    pub version: Option<u16>,
    /// The organisations that are noted to have signed on paper, or by a fingerprint.
    pub on_paper: Vec<String>,
    /// The scans, with when each was attached by the exercise's clock.
    pub scans: Vec<(Scan, Option<Moment>)>,
    /// What they show; none: there are none.
    pub scanned: Option<Scanned>,
    /// What came of what was just sent.
    pub done: Option<Done>,
}

/// What came of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// The file is kept.
    Attached(Digest),
    /// What was declared is kept.
    Declared,
    /// It was taken away.
    Detached,
    /// Nothing was changed; why.
    Refused(ScanProblem),
}

/// Why a file isn't taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScanProblem {
    /// None was chosen.
    Missing,
    /// None of the kinds that are taken.
    Unknown,
    /// More bytes than are taken.
    TooLarge,
    /// More pages or files than are taken.
    TooMany,
    /// A passphrase is needed to open it.
    Locked,
    /// It is damaged, or something that can't be shown.
    NotShown,
    /// The same file is attached already.
    Twice,
    /// The connection ended before all of it came.
    CutOff,
    /// Too many documents are being made at this moment.
    Busy,
    /// Another version is signed now.
    OtherVersion,
}
