//! What is agreed on in an exercise: state folded from its events.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::inquiry::{Answers, Told, about};
use super::signing::Round;
use super::stance::Stance;
use crate::text::words::Remark;
use crate::{ActorNumber, Digest, ItemId, Millis, PersonId};

/// Number of a version of the plan, from 1.
pub type VersionNumber = u16;

/// What is agreed on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// The frozen versions, in order.
    pub versions: Vec<Version>,
    /// The commitment that is being read out; none: the read-out is at its beginning.
    pub reading: Option<ItemId>,
    /// Who reads out besides the facilitation; the public doesn't get it.
    pub reader: Option<PersonId>,
    /// The question for conformity as it was asked last.
    pub question: Option<Question>,
    /// What each actor said of each commitment, last.
    pub answers: Answers,
    /// The questions that were closed before the present one, the last of each version, in order.
    pub told: Vec<Arc<Told>>,
    /// Whether the wall names those who haven't answered.
    pub names_missing: bool,
    /// How often those who haven't answered were reminded.
    pub reminders: u32,
    /// The signings, in order: one for each version that was to be signed.
    pub rounds: Vec<Round>,
}

/// A frozen version of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Its number.
    pub number: VersionNumber,
    /// When it was frozen, by the server's clock.
    pub at: Millis,
    /// SHA-256 of its canonical text.
    pub digest: Digest,
    /// Its commitments in the order of the plan.
    pub commitments: Vec<FrozenCommitment>,
    /// What it says otherwise than the version before it, commitment by commitment.
    pub changes: Vec<Change>,
    /// What the sections around the commitments say otherwise.
    pub sections: Vec<Piece>,
    /// Its canonical text (RFC 8785); devices don't get it.
    pub text: Option<Arc<str>>,
}

/// What a commitment says otherwise than in the version before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Which.
    pub commitment: ItemId,
    /// The words, with those around them, in the order of the sheet.
    pub pieces: Vec<Piece>,
}

/// A run of words in a comparison of two versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// What became of it.
    pub fate: Fate,
    /// The words.
    pub words: String,
}

/// What became of words from one version to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    /// They stayed.
    Kept,
    /// They were taken out.
    Taken,
    /// They were put in.
    Put,
    /// The name of a field, before what changed in it.
    Field,
}

/// A commitment of a version. Its number is its place in it, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenCommitment {
    /// Which.
    pub item: ItemId,
    /// SHA-256 of its canonical text: the same in two versions if no character changed.
    pub digest: Digest,
}

/// A question for conformity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// With which version.
    pub version: VersionNumber,
    /// When it was asked, by the server's clock.
    pub at: Millis,
    /// The actors that were asked, in order of their numbers.
    pub entitled: Vec<ActorNumber>,
    /// Whether answers stay secret until it is closed.
    pub secret: bool,
    /// When it was closed; none while answers are taken.
    pub closed: Option<Millis>,
    /// Why it was closed although some hadn't answered.
    pub closed_because: Option<Remark>,
}

/// An actor's last answer about a commitment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// The version whose text they answered about.
    pub version: VersionNumber,
    /// What they said; none: the viewer doesn't get it yet.
    pub stance: Option<Stance>,
    /// When, by the server's clock.
    pub at: Millis,
    /// Whether a helper entered it for them.
    pub assisted: bool,
    /// Whether it is secret until the question is closed.
    pub secret: bool,
    /// Whether its question was closed: everybody may know it.
    pub told: bool,
}

impl State {
    /// The last version.
    pub fn version(&self) -> Option<&Version> {
        self.versions.last()
    }

    /// A version by its number.
    pub fn version_numbered(&self, number: VersionNumber) -> Option<&Version> {
        self.versions.iter().find(|version| version.number == number)
    }

    /// The question, while answers are taken.
    pub fn open_question(&self) -> Option<&Question> {
        self.question.as_ref().filter(|question| question.closed.is_none())
    }

    /// The last signing.
    pub fn round(&self) -> Option<&Round> {
        self.rounds.last()
    }

    /// The signing of a version; none: it wasn't to be signed.
    pub fn round_of(&self, version: VersionNumber) -> Option<&Round> {
        self.rounds.iter().rev().find(|round| round.version == version)
    }

    /// The version that is *firmado*: the last that was sealed.
    pub fn signed(&self) -> Option<&Round> {
        self.rounds.iter().rev().find(|round| round.seal.is_some())
    }

    /// What an actor said of the text that a commitment has in the last version; none when they
    /// didn't answer, or its text has changed since.
    pub fn given(&self, actor: ActorNumber, commitment: ItemId) -> Option<&Given> {
        about(&self.versions, self.version()?, &self.answers, actor, commitment)
    }

    /// Whether an actor answered about a text that this commitment no longer has.
    pub fn must_reconfirm(&self, actor: ActorNumber, commitment: ItemId) -> bool {
        self.version().is_some_and(|version| version.text_of(commitment).is_some())
            && self.answers.get(&actor).is_some_and(|given| given.contains_key(&commitment))
            && self.given(actor, commitment).is_none()
    }

    /// The commitments of the last version about which an actor has yet to answer.
    pub fn unanswered(&self, actor: ActorNumber) -> impl Iterator<Item = ItemId> + '_ {
        let commitments = self.version().into_iter().flat_map(|version| &version.commitments);
        commitments
            .map(|commitment| commitment.item)
            .filter(move |item| self.given(actor, *item).is_none())
    }

    /// The asked actors that have yet to answer about some commitment, in order of their numbers.
    pub fn missing(&self) -> impl Iterator<Item = ActorNumber> + '_ {
        let asked = self.question.iter().flat_map(|question| &question.entitled).copied();
        asked.filter(|actor| self.unanswered(*actor).next().is_some())
    }
}

impl Version {
    /// Digest of a commitment's text in it; none when it isn't part of it.
    pub fn text_of(&self, item: ItemId) -> Option<Digest> {
        let frozen = self.commitments.iter().find(|commitment| commitment.item == item)?;
        Some(frozen.digest)
    }

    /// Number of a commitment in it, from 1.
    pub fn number_of(&self, item: ItemId) -> Option<usize> {
        Some(self.commitments.iter().position(|commitment| commitment.item == item)? + 1)
    }

    /// The commitment before or after another one; `None` is the beginning, before the first.
    pub fn beside(&self, item: Option<ItemId>, next: bool) -> Option<Option<ItemId>> {
        let place = item.and_then(|item| self.number_of(item)).unwrap_or(0);
        let other = if next { place + 1 } else { place.checked_sub(1)? };
        match other.checked_sub(1) {
            None => Some(None),
            Some(index) => self.commitments.get(index).map(|commitment| Some(commitment.item)),
        }
    }
}
