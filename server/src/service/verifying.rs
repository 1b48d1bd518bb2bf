//! What a file is that somebody has: found by its SHA-256 among all documents that this server
//! handed out, or by the seal that it carries.

use app::page::verify::{Answer, Known, Stamped, State};
use app::text::verify as words;
use domain::{Digest, Exercise, StreamId};
use seal::{Seal, Standing};
use store::{Document, DocumentKind, Store, StoreError};

use super::document::folio;
use super::sealing::seal_of;
use crate::clock;

/// The document with these bytes, of one exercise or of any; a sealed one before others.
///
/// # Errors
/// [`StoreError`].
pub async fn find(
    store: &Store,
    file: Digest,
    exercise: Option<StreamId>,
) -> Result<Option<(StreamId, Document)>, StoreError> {
    let mut found = store.documents_of(file).await?;
    found.retain(|(stream, _)| exercise.is_none_or(|exercise| exercise == *stream));
    found.sort_by_key(|(_, document)| document.seal.is_none());
    Ok(found.into_iter().next())
}

/// The exercise's time zone.
pub fn zone(exercise: &Exercise) -> &str {
    exercise.card.as_deref().map_or("UTC", |card| card.time_zone.as_str())
}

/// What a document of an exercise is. `public`: whether who asks may know who signed. `stamp`: what
/// a third party says of its seal.
pub fn answer(
    exercise: &Exercise,
    stream: StreamId,
    document: &Document,
    (public, stamp): (bool, Option<Stamped>),
) -> Answer {
    let zone = zone(exercise);
    let seal = seal_of(document);
    let signers = |seal: &Seal| if public { signers(seal) } else { Vec::new() };
    let state = match (document.kind, &seal) {
        (_, Some(seal)) => State::Signed(signers(seal)),
        (DocumentKind::Draft, None) => State::Draft,
        (DocumentKind::Public, None) => State::Public,
        (DocumentKind::Full | DocumentKind::Paper, None) => State::Frozen,
    };
    let last = exercise.plan.version().map(|version| version.number);
    let newer = last.filter(|last| document.version.is_some_and(|version| version < *last));
    Answer::Known(Box::new(Known {
        folio: folio(exercise, stream),
        state,
        version: document.version,
        newer,
        at: clock::day_and_time(zone, document.made_at),
        stamp,
    }))
}

/// The scan with these bytes of what was signed on paper.
pub fn scan(exercise: &Exercise, stream: StreamId, file: Digest) -> Option<Answer> {
    let mut rounds = exercise.plan.rounds.iter().rev();
    let round = rounds.find(|round| round.scan(file).is_some())?;
    let zone = exercise.card.as_deref().map_or("UTC", |card| card.time_zone.as_str());
    let last = exercise.plan.version().map(|version| version.number);
    Some(Answer::Known(Box::new(Known {
        folio: folio(exercise, stream),
        state: State::Scan(round.scanned()?),
        version: Some(round.version),
        newer: last.filter(|last| round.version < *last),
        at: clock::day_and_time(zone, round.scan(file)?.at),
        stamp: None,
    })))
}

/// Who signed, and how, as a seal says it.
pub fn signers(seal: &Seal) -> Vec<(String, &'static str)> {
    let signers = seal.statement.facts.signers.iter();
    signers.map(|signer| (signer.organisation.clone(), standing(signer.standing))).collect()
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Pending => words::PENDING,
        Standing::Signed => words::SIGNED,
        Standing::Fingerprint => words::THUMB,
        Standing::Refused => words::REFUSED,
        Standing::Absent => words::ABSENT,
        Standing::Paper => words::ON_PAPER,
    }
}

/// A SHA-256 as somebody typed or copied it: with spaces, or in capitals.
pub fn typed_digest(text: &str) -> Option<Digest> {
    let digits: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    digits.to_ascii_lowercase().parse().ok()
}
