//! Why it can't be measured.

use domain::Rejection;
use sync::wire::{FrameError, HelloRefusal};
use tokio_tungstenite::tungstenite;

/// Why it can't be measured.
#[derive(Debug)]
pub enum Failure {
    /// Files or the network.
    Io(std::io::Error),
    /// The links aren't what `mesa demo --json` prints.
    Links(serde_json::Error),
    /// A seat's link led nowhere; the first line of the answer.
    Door(String),
    /// Something else that was asked for by HTTP.
    Answer {
        /// What was asked for.
        path: String,
        /// The first line of the answer.
        first: String,
    },
    /// There are no seats.
    NoSeats,
    /// There is nothing to write in.
    NoTexts,
    /// The socket.
    Socket(Box<tungstenite::Error>),
    /// What came isn't a frame that follows the last.
    Frame(FrameError),
    /// The server doesn't take the hello.
    Refused(HelloRefusal),
    /// The server doesn't take an edit.
    Rejected(Rejection),
    /// The server closed.
    Closed,
    /// The server that was started doesn't answer.
    Silent,
    /// What was waited for didn't happen in time.
    Late(&'static str),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Io(error) => write!(f, "{error}"),
            Self::Links(error) => write!(f, "los enlaces no son lo que muestra «mesa demo --json»: {error}"),
            Self::Door(answer) => write!(f, "un enlace personal no abrió: «{answer}»"),
            Self::Answer { path, first } => write!(f, "{path} contestó «{first}»"),
            Self::NoSeats => write!(f, "los enlaces no traen lugares"),
            Self::NoTexts => write!(f, "la mesa no tiene compromisos ni problemas; cárgala con «mesa demo --stage agreed»"),
            Self::Socket(error) => write!(f, "la conexión falló: {error}"),
            Self::Frame(error) => write!(f, "llegó algo que no sigue a lo anterior: {error}"),
            Self::Refused(refusal) => write!(f, "el servidor no acepta el saludo: {refusal}"),
            Self::Rejected(rejection) => write!(f, "el servidor no acepta las ediciones: {rejection}"),
            Self::Closed => write!(f, "el servidor cerró la conexión"),
            Self::Silent => write!(f, "el servidor que se arrancó no contesta"),
            Self::Late(what) => write!(f, "no ocurrió a tiempo: {what}"),
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
