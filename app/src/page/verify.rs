//! The page *Verificar*: whether a file is what this server handed out. The file stays where it is;
//! only its SHA-256 is asked.

use domain::agreement::signing::Scanned;
use domain::{Date, StreamId};
use serde::{Deserialize, Serialize};

use super::prepare::Moment;

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
    /// Whether a third party says when its seal was there; none: it bears no seal.
    pub stamp: Option<Stamped>,
}

/// What a third party, a time-stamping authority (RFC 3161), says of a seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stamped {
    /// It was there then.
    By {
        /// What its certificate calls the authority.
        authority: String,
        /// When, by the authority, as the exercise's clock has it.
        at: Option<Moment>,
        /// Whether somebody vouches for that certificate.
        trust: Trust,
        /// The address of its answer, which is the proof.
        answer: String,
    },
    /// An authority is asked until it answers; why it didn't last time, if it was asked.
    Waits(Option<StampFault>),
    /// This server asks none.
    NotAsked,
    /// What is kept of its answer can't be verified any more.
    Damaged,
}

/// Whether somebody vouches for an authority's certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// A chain leads from it to an authority that the operator named.
    Trusted,
    /// None does.
    Untrusted,
    /// The operator named none.
    Unchecked,
}

/// Why an authority doesn't stamp a seal, or not yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StampFault {
    /// It can't be reached: no network, or nobody there.
    Unreachable,
    /// No protected connection comes about.
    Unprotected,
    /// It cut the connection.
    Cut,
    /// It took too long.
    Late,
    /// It answered with this status of HTTP.
    Http(u16),
    /// It answered something that is no answer of RFC 3161.
    NotAnAnswer,
    /// It refuses, with the status and the reason of RFC 3161.
    Refused(u8, Option<u8>),
    /// It stamped something else.
    OtherImprint,
    /// It answered another question.
    OtherNonce,
    /// The signature of its answer doesn't hold.
    Signature,
    /// Its answer is signed in a way that isn't known here.
    Algorithm,
    /// Its certificate isn't in its answer, isn't for stamps, or wasn't valid then.
    Certificate,
    /// Nobody that the operator trusts vouches for its certificate.
    Untrusted,
    /// This server failed.
    Here,
}

impl StampFault {
    /// Whether nothing was answered, so that it is worth asking again soon.
    pub fn is_passing(self) -> bool {
        matches!(
            self,
            Self::Unreachable
                | Self::Unprotected
                | Self::Cut
                | Self::Late
                | Self::Http(429 | 500..)
        )
    }
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
