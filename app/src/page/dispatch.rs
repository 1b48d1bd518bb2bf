//! Sending the plan to everybody who takes part. Its forms post to the page's own address: `envia`
//! to whom it wasn't sent, `reenvia` again to whom it was refused, `otra-vez` to one person
//! of whom that isn't known, and `persona` with `correo` corrects an address and sends; `version`
//! is the one that the page showed.

use domain::{MesaId, PersonId};

use super::mail::{Delivery, Post};
use super::prepare::Moment;
use crate::text::slots::Progress;

/// The page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispatch {
    /// The mesa from whose desk it was opened.
    pub mesa: MesaId,
    /// The exercise's name.
    pub name: String,
    /// The plan's folio.
    pub folio: String,
    /// The version that is sent, and when it was frozen; none: there is none yet.
    pub version: Option<(u16, Option<Moment>)>,
    /// When that version was signed; none: it isn't.
    pub signed: Option<Option<Moment>>,
    /// How letters go out.
    pub post: Post,
    /// Who gets it, by organisation.
    pub people: Vec<Recipient>,
    /// The whole address of the page with the plan, to be shared.
    pub address: String,
    /// Whether the plan is on the public page: somebody without a seat can open that address.
    pub public: bool,
    /// What came of what was just asked.
    pub done: Option<Done>,
}

/// What came of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    /// So many letters were asked for.
    Asked(usize),
    /// An address can't be one: whose, and what was typed.
    NotAnAddress(PersonId, String),
    /// Another version was frozen meanwhile: nothing was sent.
    OtherVersion,
}

/// Somebody who gets the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// The organisations for which they take part.
    pub organisations: Vec<String>,
    /// Their address; empty: none.
    pub mail: String,
    /// Whether they get the copy with everything: they have a seat of an organisation that signs.
    pub full: bool,
    /// How far it is; none: it wasn't asked for.
    pub delivery: Option<Delivery>,
}

impl Dispatch {
    /// How many received it, and of how many.
    pub fn counts(&self) -> (usize, usize) {
        let sent = |one: &&Recipient| matches!(one.delivery, Some(Delivery::Sent(_)));
        (self.people.iter().filter(sent).count(), self.people.len())
    }

    /// Whether it was asked for by now.
    pub fn begun(&self) -> bool {
        self.people.iter().any(|one| one.delivery.is_some())
    }

    /// How many have an address and weren't sent it.
    pub fn unasked(&self) -> usize {
        self.people.iter().filter(|one| one.delivery.is_none() && !one.mail.is_empty()).count()
    }

    /// To how many it was refused.
    pub fn refused(&self) -> usize {
        let refused = |one: &&Recipient| matches!(one.delivery, Some(Delivery::Refused(_)));
        self.people.iter().filter(refused).count()
    }

    /// How many are such.
    pub fn count(&self, is: impl Fn(&Recipient) -> bool) -> usize {
        self.people.iter().filter(|one| is(one)).count()
    }
}

/// What the desk says of the sending, in words that are ready: how far it is, and one thing to do
/// next. It comes as lines of text from an address of its own, because the queue isn't in the stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtDesk {
    /// How far it is.
    pub progress: Progress,
    /// The same in a sentence.
    pub said: String,
    /// What is done next, and where.
    pub next: (String, String),
    /// Whether it changes by itself.
    pub moves: bool,
}

impl AtDesk {
    /// As five lines.
    pub fn to_text(&self) -> String {
        let (next, href) = &self.next;
        let moves = if self.moves { "1" } else { "" };
        [self.progress.name(), &self.said, next, href, moves].join("\n")
    }

    /// From such lines; none: they are something else, as a page of an error is.
    pub fn of_text(text: &str) -> Option<Self> {
        let mut lines = text.split('\n');
        let mut line = || lines.next().map(str::to_owned);
        let (progress, said, next, href, moves) = (line()?, line()?, line()?, line()?, line()?);
        let progress = Progress::named(&progress)?;
        Some(Self { progress, said, next: (next, href), moves: !moves.is_empty() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_desk_says_is_read_back_and_nothing_else_is() {
        let said = AtDesk {
            progress: Progress::Going,
            said: "14 de 16 recibieron.".to_owned(),
            next: ("Ver el envío".to_owned(), "/ejercicio/1/mesa/1/envio".to_owned()),
            moves: true,
        };
        assert_eq!(AtDesk::of_text(&said.to_text()), Some(said.clone()));
        let rests = AtDesk { progress: Progress::Done, moves: false, ..said };
        assert_eq!(AtDesk::of_text(&rests.to_text()), Some(rests));
        for other in ["", "going", "going\na\nb\nc", "<!DOCTYPE html>\n\n\n\n\n"] {
            assert_eq!(AtDesk::of_text(other), None, "{other}");
        }
    }
}
