//! Asking for a correction of one's data, and the list of what was asked.

use super::plain::MesaLink;
use super::prepare::Moment;

/// The page on which somebody asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// The mesa.
    pub mesa: MesaLink,
    /// What they typed and wasn't sent.
    pub typed: String,
    /// Why it wasn't sent.
    pub problem: Option<AskingProblem>,
    /// Whether it was just sent.
    pub sent: bool,
    /// What they asked before, the latest first.
    pub before: Vec<Asked>,
}

/// Something that somebody asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The text.
    pub text: String,
    /// When.
    pub at: Option<Moment>,
    /// When it was settled; none: it is open.
    pub settled: Option<Option<Moment>>,
}

/// Why a request isn't taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskingProblem {
    /// Nothing is written.
    Missing,
    /// It is too long, or has characters that can't be shown.
    NotPlain,
    /// They have asked as much as can wait.
    TooMany,
}

/// The page on which somebody reads whether they may write, and why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnWriting {
    /// The mesa.
    pub mesa: MesaLink,
    /// How their writing is paused; none: they may write.
    pub paused: Option<Paused>,
    /// What they typed and wasn't sent.
    pub typed: String,
    /// Why it wasn't sent.
    pub problem: Option<AskingProblem>,
    /// Whether it was just sent.
    pub sent: bool,
}

/// How somebody's writing is paused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paused {
    /// Who did it; empty: their name was erased.
    pub by: String,
    /// Why.
    pub reason: String,
    /// What the person said to it.
    pub appeal: Option<String>,
}

/// A request as who prepares sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Petition {
    /// Under what it is settled.
    pub id: String,
    /// Who asks; empty: their name was erased.
    pub name: String,
    /// What they ask.
    pub asked: Asked,
}
