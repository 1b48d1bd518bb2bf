//! Whether a seal is stamped, and why not.

use app::address;
use app::page::verify::{StampFault, Stamped, Trust};
use domain::{Digest, StreamId};
use stamp::{Authorities, Refusal, Wrong};
use store::{Document, Store, StoreError};

use super::key;
use crate::clock;

/// What a third party says of a document's seal, by the clock of a zone; none: it bears none.
/// `asks`: whether somebody is asked. `authorities`: whose word is trusted.
///
/// # Errors
/// [`StoreError`].
pub async fn stamped(
    store: &Store,
    (stream, document): (StreamId, &Document),
    (asks, authorities): (bool, Option<&Authorities>),
    zone: &str,
) -> Result<Option<Stamped>, StoreError> {
    let Some(seal) = document.seal.as_deref().map(seal::Digest::of) else { return Ok(None) };
    if let Some(answer) = store.stamp(Digest(seal.0)).await? {
        return Ok(Some(match stamp::read(&answer, &seal.0, authorities) {
            Ok(stamp) => by(stamp, zone, address::stamp(&seal.to_string())),
            Err(_) => Stamped::Damaged,
        }));
    }
    let job = store.job(stream, &key(seal)).await?;
    Ok(Some(match job {
        Some(job) if asks || job.attempts > 0 => {
            Stamped::Waits(job.last_error.as_deref().map(fault))
        }
        Some(_) | None => Stamped::NotAsked,
    }))
}

/// What a stamp says, by the clock of a zone. `answer`: where its proof is.
pub(crate) fn by(stamp: stamp::Stamp, zone: &str, answer: String) -> Stamped {
    let trust = match stamp.trusted {
        Some(true) => Trust::Trusted,
        Some(false) => Trust::Untrusted,
        None => Trust::Unchecked,
    };
    let at = clock::day_and_time(zone, stamp.at);
    Stamped::By { authority: stamp.authority, at, trust, answer }
}

/// How the queue keeps a fault.
pub(super) fn kept(fault: StampFault) -> String {
    serde_json::to_string(&fault).expect("codes always serialise")
}

/// What the queue kept.
pub fn fault(kept: &str) -> StampFault {
    serde_json::from_str(kept).unwrap_or(StampFault::Here)
}

/// What is wrong with an answer.
pub(crate) fn of(wrong: Wrong) -> StampFault {
    match wrong {
        Wrong::NotAnAnswer => StampFault::NotAnAnswer,
        Wrong::Refused(Refusal { status, reason }) => StampFault::Refused(status, reason),
        Wrong::OtherImprint => StampFault::OtherImprint,
        Wrong::OtherNonce => StampFault::OtherNonce,
        Wrong::Signature => StampFault::Signature,
        Wrong::Algorithm => StampFault::Algorithm,
        Wrong::Certificate => StampFault::Certificate,
        Wrong::Untrusted => StampFault::Untrusted,
    }
}
