//! Deciding commands about signing.

use super::state::{Hand, Mark, Noted, Round, Seal};
use super::{Command, Event, Rejection, ServerCommand, scan};
use crate::agreement::VersionNumber;
use crate::agreement::stance::Reason;
use crate::exercise::{Actor, Exercise, SeatKind};
use crate::judge::{Judge, when};
use crate::permission::Action;
use crate::text::words::ShortText;
use crate::{ActorNumber, PersonId};

/// Who signs, for which actor and in what capacity.
struct Signer<'a> {
    actor: &'a Actor,
    capacity: SeatKind,
    person: Option<PersonId>,
}

/// Decides a person's command.
pub(crate) fn decide(judge: &Judge<'_>, command: &Command) -> Result<Vec<Event>, crate::Rejection> {
    match command {
        Command::Sign { version, pages, hand } => judge.sign(*version, *pages, hand),
        Command::Consent { version, pages } => judge.consent(*version, *pages),
        Command::Decline { version, reason } => judge.decline(*version, reason),
        Command::Note { actor, noted } => judge.note(*actor, noted.as_ref()),
        Command::Witness { actor, name } => judge.witness(*actor, name.as_ref()),
        Command::Close { reason } => {
            judge.require(Action::Conduct, None)?;
            let round = open_round(judge.exercise)?;
            // Who has to consent again signed already: the document waits for them.
            let waits = round.slots.values().any(|slot| slot.mark.is_none());
            let event = Event::Closed { reason: reason.clone(), at: judge.context.now };
            Ok(when(waits, event))
        }
    }
}

/// Decides the server's own command.
pub(crate) fn decide_server(
    exercise: &Exercise,
    command: &ServerCommand,
) -> Result<Vec<Event>, crate::Rejection> {
    match command {
        ServerCommand::Scan { version, command } => scan::decide(exercise, *version, command),
        ServerCommand::SetPages { version, changes, pages, base } => {
            let round = unsealed_round(exercise)?;
            of_version(round, *version)?;
            if (round.pages, round.base) == (Some(*pages), Some(*base)) {
                return Ok(Vec::new());
            }
            // Another node may have set it meanwhile, and people signed that.
            if round.changes != *changes {
                return Err(Rejection::OtherPages.into());
            }
            Ok(vec![Event::PagesSet { pages: *pages, base: *base }])
        }
        ServerCommand::Seal { version, changes, document, pages, at } => {
            let round = unsealed_round(exercise)?;
            of_version(round, *version)?;
            if round.changes != *changes || round.pages != Some(*pages) || !round.is_complete() {
                return Err(Rejection::OtherPages.into());
            }
            let seal = Seal { document: *document, pages: *pages, at: *at };
            Ok(vec![Event::Sealed { seal }])
        }
    }
}

/// The signing, while marks can be made.
fn open_round(exercise: &Exercise) -> Result<&Round, Rejection> {
    exercise.plan.round().filter(|round| round.is_open()).ok_or(Rejection::NotOpen)
}

/// The signing until it is sealed: who is asked again may answer after it was closed, too, because
/// the document waits for them.
fn unsealed_round(exercise: &Exercise) -> Result<&Round, Rejection> {
    exercise.plan.round().filter(|round| round.seal.is_none()).ok_or(Rejection::NotOpen)
}

fn of_version(round: &Round, version: VersionNumber) -> Result<(), Rejection> {
    if round.version == version { Ok(()) } else { Err(Rejection::OtherVersion) }
}

impl Judge<'_> {
    /// Who asks, if they act for an actor with a slot.
    fn signer(&self, round: &Round) -> Result<Signer<'_>, crate::Rejection> {
        let own = self.context.seat.and_then(|seat| Some((seat, self.exercise.actor_of(seat)?)));
        let Some((seat, actor)) = own.filter(|(seat, actor)| actor.acts_by(*seat)) else {
            return Err(self.not_allowed());
        };
        self.require(Action::Sign, None)?;
        if !round.slots.contains_key(&actor.number) {
            return Err(Rejection::NoSlot.into());
        }
        let seat = actor.seats.iter().find(|own| own.id == seat);
        let capacity = seat.map_or(SeatKind::Holder, |seat| seat.kind);
        Ok(Signer { actor, capacity, person: Some(self.context.person) })
    }

    /// Who was noted as absent or refusing may still sign; who signed, in whatever way, has.
    fn sign(
        &self,
        version: VersionNumber,
        pages: u16,
        hand: &Hand,
    ) -> Result<Vec<Event>, crate::Rejection> {
        let round = open_round(self.exercise)?;
        let signer = self.signer(round)?;
        of_version(round, version)?;
        if round.mark(signer.actor.number).is_some_and(Mark::is_signature) {
            return Err(Rejection::AlreadySigned.into());
        }
        let blank = match hand {
            Hand::Drawn { initials, signature } => initials.is_none() || signature.is_none(),
            Hand::Typed(name) => name.is_empty(),
        };
        if blank {
            return Err(Rejection::Blank.into());
        }
        if round.pages != Some(pages) {
            return Err(Rejection::OtherPages.into());
        }
        let mark = Mark::Signed {
            hand: hand.clone(),
            capacity: signer.capacity,
            person: signer.person,
            assisted: false,
            pages,
            at: self.context.now,
        };
        Ok(vec![Event::Marked { actor: signer.actor.number, mark }])
    }

    fn consent(&self, version: VersionNumber, pages: u16) -> Result<Vec<Event>, crate::Rejection> {
        let round = unsealed_round(self.exercise)?;
        let actor = self.signer(round)?.actor.number;
        of_version(round, version)?;
        if round.pages != Some(pages) {
            return Err(Rejection::OtherPages.into());
        }
        let at = self.context.now;
        Ok(when(round.must_consent_again(actor), Event::Consented { actor, pages, at }))
    }

    fn decline(
        &self,
        version: VersionNumber,
        reason: &Reason,
    ) -> Result<Vec<Event>, crate::Rejection> {
        let round = unsealed_round(self.exercise)?;
        let signer = self.signer(round)?;
        of_version(round, version)?;
        let is_asked_again = round.must_consent_again(signer.actor.number);
        if !round.is_open() && !is_asked_again {
            return Err(Rejection::NotOpen.into());
        }
        let before = round.mark(signer.actor.number);
        if before.is_some_and(Mark::is_signature) && !is_asked_again {
            return Err(Rejection::AlreadySigned.into());
        }
        let same = matches!(before, Some(Mark::Declined { reason: known, .. }) if known == reason);
        let mark = Mark::Declined {
            reason: reason.clone(),
            capacity: signer.capacity,
            person: signer.person,
            assisted: false,
            at: self.context.now,
        };
        Ok(when(!same, Event::Marked { actor: signer.actor.number, mark }))
    }

    /// The facilitation names a witness for anybody, an actor for itself.
    fn witness(
        &self,
        actor: ActorNumber,
        name: Option<&ShortText>,
    ) -> Result<Vec<Event>, crate::Rejection> {
        let round = unsealed_round(self.exercise)?;
        if self.signer(round).map(|signer| signer.actor.number) != Ok(actor) {
            self.require(Action::MarkSignature, None)?;
        }
        let slot = round.slots.get(&actor).ok_or(Rejection::NoSlot)?;
        let name = name.filter(|name| !name.is_empty());
        let event = Event::WitnessNamed { actor, name: name.cloned() };
        Ok(when(slot.witness.as_ref() != name, event))
    }

    /// What somebody did on their own stays theirs.
    fn note(
        &self,
        actor: ActorNumber,
        noted: Option<&Noted>,
    ) -> Result<Vec<Event>, crate::Rejection> {
        self.require(Action::MarkSignature, None)?;
        let round = open_round(self.exercise)?;
        if !round.slots.contains_key(&actor) {
            return Err(Rejection::NoSlot.into());
        }
        let before = round.mark(actor);
        if let Some(Mark::Signed { .. } | Mark::Declined { .. }) = before {
            return Err(Rejection::AlreadySigned.into());
        }
        let known = match before {
            Some(Mark::Noted { noted, .. }) => Some(noted),
            _ => None,
        };
        let at = self.context.now;
        Ok(match noted {
            None => when(before.is_some(), Event::MarkTaken { actor }),
            Some(noted) => {
                let mark = Mark::Noted { noted: noted.clone(), at };
                when(known != Some(noted), Event::Marked { actor, mark })
            }
        })
    }
}
