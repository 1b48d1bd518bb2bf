//! What becomes of letters by mail: how the server sends them, how far each is, and why one isn't
//! sent.

use domain::{PersonId, SeatId};
use serde::{Deserialize, Serialize};

use super::form::Form;
use super::prepare::Moment;

/// Why a letter isn't sent, or not yet. It has no words of a mail server: those may quote addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// The person has no address.
    NoAddress,
    /// What they have isn't one.
    NotAnAddress,
    /// It has letters for which their mail server has no way.
    OtherLetters,
    /// The person no longer takes part.
    Gone,
    /// The file to be attached can't be made.
    NoFile,
    /// The mail server refused the address or the letter for good.
    Refused(Reply),
    /// It refused this server's own address as sender.
    Sender(Reply),
    /// It asks to come again later.
    Later(Reply),
    /// It went on asking that for days.
    NeverTaken(Reply),
    /// It can't be reached, or doesn't speak as it should.
    Unreachable,
    /// It doesn't accept user and password.
    SignIn,
    /// No protected connection comes about.
    Unprotected,
    /// It took too long, or cut the connection, before the letter was handed over.
    Cut,
    /// The same while the letter was handed over: it may have arrived.
    CutWhileSending,
    /// This server failed.
    Here,
}

/// What a mail server replied, without its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// The three digits.
    pub code: u16,
    /// Class, subject and detail of RFC 3463, where it has them.
    pub enhanced: Option<(u8, u16, u16)>,
}

/// How far a letter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// It will be sent; why not yet.
    Waiting(Option<Fault>),
    /// It is being handed over.
    Sending,
    /// A mail server took it then.
    Sent(Option<Moment>),
    /// It was refused for good.
    Refused(Fault),
    /// It may have arrived.
    Uncertain,
}

impl Delivery {
    /// Whether somebody has to do something for it to be sent.
    pub fn needs_somebody(self) -> bool {
        matches!(self, Self::Refused(_) | Self::Uncertain)
    }
}

/// How letters go out at this moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Post {
    /// No mail server is set: none goes out.
    Off,
    /// They go out, as far as is known.
    On,
    /// The mail server can't be used since then; it is tried again.
    Down(Fault, Option<Moment>),
}

/// How a connection to the mail server is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Security {
    /// By TLS once it asked for it, or not used.
    #[default]
    StartTls,
    /// By TLS from the beginning.
    Tls,
    /// Not at all.
    None,
}

domain::coded! {
    Security { StartTls = "starttls", Tls = "tls", None = "none" }
}

/// How the server sends, without the password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sending {
    /// The mail server's name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// The user; none: it doesn't sign in.
    pub user: Option<String>,
    /// The sender.
    pub from: String,
}

/// The kinds of letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An invitation to a seat.
    Invitation,
    /// The plan.
    Plan,
    /// A link for choosing another passphrase.
    Reset,
    /// A reminder that something is missing.
    Reminder,
    /// A reminder of the information pack.
    Pack,
    /// A trial.
    Trial,
}

/// The page about mail, for who prepares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailPage {
    /// How letters are sent; none: they aren't.
    pub sending: Option<Sending>,
    /// Whether that is the exercise's own mail server, set on this page.
    pub own_server: bool,
    /// The form that sets one.
    pub form: Form,
    /// How letters go out at this moment.
    pub post: Post,
    /// The address to which a trial goes; none: who reads has none.
    pub own: Option<String>,
    /// The trials of this exercise, the latest first.
    pub trials: Vec<(Option<Moment>, Delivery)>,
    /// What failed last since the server began, the latest first.
    pub failures: Vec<(Option<Moment>, Kind, Fault)>,
}

/// An invitation that somebody has to do something for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undelivered {
    /// The seat.
    pub seat: SeatId,
    /// Who is invited.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub mail: String,
    /// How far it is.
    pub delivery: Delivery,
}
