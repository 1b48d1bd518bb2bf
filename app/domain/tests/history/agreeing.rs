//! What becomes of a frozen plan in random histories: it is read out, answered about and signed.

use std::sync::Arc;

use domain::agreement::signing::{Command as Signing, Drawing, Hand, Noted, Round, ServerCommand};
use domain::agreement::{Command as Agreeing, Reason, Stance, Version};
use domain::{ActorNumber, Command, Digest, Exercise};

use super::{Step, remark, short};

/// Kinds of steps before those of agreeing, and all.
const OTHERS: u8 = 40;
pub(super) const KINDS: u8 = 50;

/// Pages of a document.
const PAGES: u16 = 7;

impl Step {
    /// Whether the step is about a frozen plan.
    pub(super) fn is_agreeing(&self) -> bool {
        (OTHERS..KINDS).contains(&self.what)
    }

    /// The facilitation's part, or an actor's.
    pub(super) fn agreeing(&self, exercise: &Exercise) -> Option<Command> {
        let version = exercise.plan.version()?;
        let round = exercise.plan.round();
        let command = match round.filter(|_| self.other.is_multiple_of(2)) {
            Some(_) if self.yes => Agreeing::Signing(self.noting()),
            Some(round) => Agreeing::Signing(self.signing(round)?),
            None if self.yes => self.leading(version),
            None => self.stating(version)?,
        };
        Some(Command::Agreement(command))
    }

    fn leading(&self, version: &Version) -> Agreeing {
        let commitments = &version.commitments;
        let one = commitments.get(self.one % (commitments.len() + 1)).map(|frozen| frozen.item);
        match self.one % 9 {
            0..=3 => Agreeing::ReadOut { commitment: one },
            4 => Agreeing::Remind,
            5 | 6 => Agreeing::NameMissing { named: self.seated },
            _ => Agreeing::Close { reason: Some(remark(&self.text)) },
        }
    }

    fn reason(&self) -> Option<Reason> {
        Reason::parse(&self.text).ok()
    }

    fn stating(&self, version: &Version) -> Option<Agreeing> {
        let reason = self.reason()?;
        let stance = match self.one % 4 {
            0 => Stance::Agree,
            1 => Stance::AgreeWithReservation(reason),
            2 => Stance::Disagree(reason),
            _ => Stance::Abstain,
        };
        let said = version.commitments.iter().skip(self.one % 2);
        let stances = said.map(|frozen| (frozen.item, stance.clone())).collect();
        // Some answer about a version that isn't the last.
        let number = if self.one.is_multiple_of(11) { 1 } else { version.number };
        Some(Agreeing::State { version: number, stances })
    }

    fn signing(&self, round: &Round) -> Option<Signing> {
        let (version, pages) = (round.version, round.pages.unwrap_or(PAGES));
        let line = |y| Drawing::new(vec![vec![(100, y), (900, y + 77)]]).ok().map(Arc::new);
        let hand = match self.one % 3 {
            0 => Hand::Typed(short(&self.text)),
            _ => Hand::Drawn { initials: line(300), signature: line(400) },
        };
        Some(match self.one % 8 {
            0..=3 => Signing::Sign { version, pages, hand },
            4 | 5 => Signing::Consent { version, pages },
            _ => Signing::Decline { version, reason: self.reason()? },
        })
    }

    fn noting(&self) -> Signing {
        let actor = ActorNumber(1 + u16::from(self.seated));
        let noted = match self.one % 9 {
            0 | 1 => None,
            2 => self.reason().map(Noted::Refused),
            3 => Some(Noted::Fingerprint),
            4 | 5 => Some(Noted::Paper),
            6 | 7 => Some(Noted::Absent),
            _ => return Signing::Close { reason: remark(&self.text) },
        };
        Signing::Note { actor, noted }
    }

    /// What the server does while a plan is signed.
    pub(super) fn of_the_document(
        &self,
        exercise: &Exercise,
        at: i64,
    ) -> Option<domain::ServerCommand> {
        let round = exercise.plan.round()?;
        let (version, changes) = (round.version, round.changes);
        // A document gets another page now and then, and says something else yet more seldom.
        let set = || {
            let pages = PAGES + u16::from(self.other.is_multiple_of(5));
            let base = Digest([u8::from(self.other.is_multiple_of(7)); 32]);
            ServerCommand::SetPages { version, changes, pages, base }
        };
        Some(domain::ServerCommand::Signing(match round.pages {
            Some(pages) if self.yes => {
                let document = Digest([9; 32]);
                ServerCommand::Seal { version, changes, document, pages, at }
            }
            _ => set(),
        }))
    }
}
