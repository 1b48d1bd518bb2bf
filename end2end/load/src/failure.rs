//! Why a measurement failed.

use domain::Rejection;
use sync::wire::{FrameError, HelloRefusal};
use tokio_tungstenite::tungstenite;

/// Why a measurement failed.
#[derive(Debug)]
pub enum Failure {
    /// Files or the network.
    Io(std::io::Error),
    /// The links aren't what `mesa demo --json` prints.
    Links(serde_json::Error),
    /// A seat's link wasn't accepted; the first line of the response.
    Door(String),
    /// Another HTTP request failed.
    Answer {
        /// Its path.
        path: String,
        /// The first line of the response.
        first: String,
    },
    /// There are no seats.
    NoSeats,
    /// There is no text to write in.
    NoTexts,
    /// The socket.
    Socket(Box<tungstenite::Error>),
    /// Something that isn't a frame, or doesn't follow the last one.
    Frame(FrameError),
    /// The server refuses the hello.
    Refused(HelloRefusal),
    /// The server rejects an edit.
    Rejected(Rejection),
    /// The server closed the connection.
    Closed,
    /// The server that was started doesn't respond.
    Silent,
    /// Something didn't happen in time.
    Late(&'static str),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Io(error) => write!(f, "{error}"),
            Self::Links(error) => {
                write!(f, "the links are not what `mesa demo --json` prints: {error}")
            }
            Self::Door(answer) => write!(f, "a personal link does not open: \"{answer}\""),
            Self::Answer { path, first } => write!(f, "{path} answers \"{first}\""),
            Self::NoSeats => write!(f, "the links have no seats"),
            Self::NoTexts => write!(
                f,
                "the mesa has neither commitments nor problems; load it with `mesa demo --stage agreed`"
            ),
            Self::Socket(error) => write!(f, "the connection fails: {error}"),
            Self::Frame(error) => write!(f, "a frame does not follow the last one: {error}"),
            Self::Refused(refusal) => write!(f, "the server does not take the hello: {refusal}"),
            Self::Rejected(rejection) => {
                write!(f, "the server does not take the edits: {rejection}")
            }
            Self::Closed => write!(f, "the server closes the connection"),
            Self::Silent => write!(f, "the server that was started does not answer"),
            Self::Late(what) => write!(f, "not in time: {what}"),
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::Links(error)
    }
}

impl From<tungstenite::Error> for Failure {
    fn from(error: tungstenite::Error) -> Self {
        Self::Socket(Box::new(error))
    }
}

impl From<FrameError> for Failure {
    fn from(error: FrameError) -> Self {
        Self::Frame(error)
    }
}
