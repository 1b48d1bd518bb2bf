//! Reminding by mail those of whom an answer or a signature is missing. Its form posts `recuerda` to
//! the page's own address: a person's id, or `todos`.

use domain::agreement::VersionNumber;
use domain::{MesaId, PersonId};

use super::mail::{Delivery, Post};

/// What is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// An answer about conformity.
    Answer,
    /// A signature.
    Signature,
}

domain::coded! {
    Missing { Answer = "answer", Signature = "signature" }
}

/// The page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminders {
    /// The mesa from whose desk it was opened.
    pub mesa: MesaId,
    /// The exercise's name.
    pub name: String,
    /// What is missing, and of which version; none: nothing is asked for now.
    pub missing: Option<(Missing, VersionNumber)>,
    /// How letters go out.
    pub post: Post,
    /// Of whom, in the order of the organisations.
    pub rows: Vec<Row>,
    /// How many were reminded just now.
    pub done: Option<usize>,
}

/// An organisation of which something is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The organisation.
    pub organisation: String,
    /// Who acts for it, and their name; none: nobody is known.
    pub person: Option<(PersonId, String)>,
    /// Whether they have an address.
    pub has_mail: bool,
    /// How far today's letter is; none: there is none.
    pub delivery: Option<Delivery>,
}

impl Row {
    /// Whether they can be reminded now.
    pub fn can_be_reminded(&self) -> bool {
        self.person.is_some() && self.has_mail && self.delivery.is_none()
    }
}
