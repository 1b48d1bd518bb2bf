//! The page *Verificar*: whether a file is what this server handed out. The file stays where it is;
//! only its SHA-256 is asked.

use domain::agreement::signing::Scanned;
use domain::{Date, StreamId};

/// The page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyPage {
    /// The exercise whose plan's page led here, with its name and its plan's folio; none: any.
    pub exercise: Option<(StreamId, String, String)>,
    /// What was asked, 64 hexadecimal digits, and what the file is; none yet.
    pub asked: Option<(String, Answer)>,
    /// Whether something else than a SHA-256 was asked.
    pub mistyped: bool,
    /// The key with which this server seals now, and its fingerprint.
    pub key: (String, String),
}

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A document of a plan.
    Known(Box<Known>),
    /// None of this plan, or of this server.
    Unknown,
}

/// A document that this server handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The folio of its plan.
    pub folio: String,
    /// Which copy it is.
    pub state: State,
    /// The version of the plan; a draft has none.
    pub version: Option<u16>,
    /// The last version, where that is a later one.
    pub newer: Option<u16>,
    /// When it was made or sealed, by the exercise's clock.
    pub at: Option<(Date, (u8, u8))>,
}

/// Which copy a document is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// The signed one: organisations, and how each signature stands. Empty: who signed isn't public.
    Signed(Vec<(String, &'static str)>),
    /// The frozen text, without signatures.
    Frozen,
    /// Before it was frozen.
    Draft,
    /// As it may be published.
    Public,
    /// A scan of what was signed on paper, and what all scans show.
    Scan(Scanned),
}
