//! What follows from a change of phase: freezing the texts, asking the actors, closing the question,
//! opening the signing.
//! Only the server draws these conclusions, because only it has the canonical text.

use std::sync::Arc;

use super::state::{Change, FrozenCommitment, Piece, Version, VersionNumber};
use super::{Event, signing};
use crate::deliberation::choice::ItemKind;
use crate::exercise::Exercise;
use crate::permission::Phase;
use crate::{ActorNumber, Digest, ItemId, Millis};

/// The plan's texts as a version has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Canonical {
    /// The canonical text of the whole (RFC 8785).
    pub text: Arc<str>,
    /// Its SHA-256.
    pub digest: Digest,
    /// SHA-256 of the canonical text of each commitment, in the order of [`commitments`].
    pub commitments: Vec<Digest>,
    /// What they say otherwise than the version before.
    pub changes: Vec<Change>,
    /// What the sections around them say otherwise.
    pub sections: Vec<Piece>,
}

/// The plan's commitments in its order: mesa by mesa.
pub fn commitments(exercise: &Exercise) -> impl Iterator<Item = ItemId> + '_ {
    exercise
        .mesas
        .values()
        .flat_map(|mesa| mesa.visible(ItemKind::Commitment, None))
        .map(|item| item.id)
}

/// The actors that are asked for their conformity: those that sign and still take part.
pub fn entitled(exercise: &Exercise) -> Vec<ActorNumber> {
    let asked = exercise.actors.iter().filter(|actor| actor.signs && !actor.withdrawn);
    asked.map(|actor| actor.number).collect()
}

/// What follows when the phase of a mesa went `from` one `to` another; `exercise` is the state with
/// the new phase. `canonical` makes the text of a version, given its number and time.
pub fn phase_change(
    exercise: &Exercise,
    (from, to): (Phase, Phase),
    now: Millis,
    canonical: impl Fn(&Exercise, VersionNumber, Millis) -> Canonical,
) -> Vec<Event> {
    let mut events = Vec::new();
    let last = exercise.plan.version();
    let mut version = last.map(|last| last.number);
    if !from.is_of_the_plan() && to.is_of_the_plan() {
        // Nothing changed since the last version: it is still that one.
        let same = last
            .is_some_and(|last| canonical(exercise, last.number, last.at).digest == last.digest);
        if !same {
            let number = version.map_or(1, |last| last.saturating_add(1));
            events.push(frozen(exercise, number, now, canonical(exercise, number, now)));
            version = Some(number);
        }
        if exercise.plan.reading.is_some() || last.is_none() {
            events.push(Event::ReadOut { commitment: None, at: now });
        }
    }
    if to == Phase::Conformity && from != Phase::Conformity {
        events.extend(version.map(|version| Event::Asked {
            version,
            entitled: entitled(exercise),
            secret: exercise.card.as_ref().is_some_and(|card| card.secret_conformity),
            at: now,
        }));
    }
    if from == Phase::Conformity && to > from && exercise.plan.open_question().is_some() {
        events.push(Event::Closed { reason: None, at: now });
    }
    if to == Phase::Signing && from != Phase::Signing {
        events.extend(signing_opened(exercise, version, now));
    }
    events
}

/// The signing of a version, unless it was opened before: then it goes on, or is over.
fn signing_opened(
    exercise: &Exercise,
    version: Option<VersionNumber>,
    at: Millis,
) -> Option<Event> {
    let version = version.filter(|version| exercise.plan.round_of(*version).is_none())?;
    let actors = entitled(exercise);
    Some(Event::Signing(signing::Event::Opened { version, actors, at }))
}

fn frozen(exercise: &Exercise, number: VersionNumber, at: Millis, canonical: Canonical) -> Event {
    let commitments = commitments(exercise)
        .zip(&canonical.commitments)
        .map(|(item, digest)| FrozenCommitment { item, digest: *digest })
        .collect();
    let Canonical { text, digest, changes, sections, commitments: _ } = canonical;
    let text = Some(text);
    Event::Frozen(Box::new(Version { number, at, digest, commitments, changes, sections, text }))
}
