//! What minutes and lists bear instead of the plan's four copies, and what all documents check.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use typst::foundations::Bytes;

use crate::date::{Date, Moment};
use crate::drawing;
use crate::failure::Failure;
use crate::plan::{Exercise, Stamp};
use crate::text;
use crate::user::User;

/// Whether a document is still being worked on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "seal", rename_all = "snake_case", deny_unknown_fields)]
pub enum Seal {
    /// *Borrador*.
    Draft {
        /// When it was made.
        made: Moment,
    },
    /// With folio, version and code.
    Sealed {
        /// What says which text this is.
        stamp: Stamp,
    },
}

impl Seal {
    /// The moment that the document bears as its date.
    pub(crate) fn moment(&self) -> Moment {
        match self {
            Seal::Draft { made } => *made,
            Seal::Sealed { stamp } => stamp.frozen,
        }
    }

    pub(crate) fn stamp(&self) -> Option<&Stamp> {
        match self {
            Seal::Draft { .. } => None,
            Seal::Sealed { stamp } => Some(stamp),
        }
    }
}

/// SHA-256 in 64 lower-case hexadecimal digits.
fn code_of(canonical: &str) -> String {
    Sha256::digest(canonical).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// That the code is the one of the canonical text.
pub fn check_stamp(stamp: &Stamp) -> Result<(), Failure> {
    if code_of(&stamp.canonical) == stamp.code {
        Ok(())
    } else {
        Err(Failure::CodeDiffers { code: stamp.code.clone() })
    }
}

/// That the seal's code is the one of its text.
pub fn check(seal: &Seal) -> Result<(), Failure> {
    seal.stamp().map_or(Ok(()), check_stamp)
}

/// That each is a day.
pub fn check_days(mut days: impl Iterator<Item = Date>) -> Result<(), Failure> {
    match days.find(|date| !date.is_real()) {
        Some(date) => Err(Failure::NotADay { date }),
        None => Ok(()),
    }
}

/// The canonical text as the file that is attached.
pub fn files(seal: &Seal, name: &str) -> Vec<(String, Bytes)> {
    let attached =
        seal.stamp().map(|stamp| (name.to_owned(), Bytes::from_string(stamp.canonical.clone())));
    attached.into_iter().collect()
}

/// The identity that the file bears.
pub fn ident(seal: &Seal, kind: &str) -> String {
    match seal.stamp() {
        Some(stamp) => format!("{kind}-{}-{}", stamp.folio, stamp.version),
        None => format!("{kind}-{}", seal.moment().ms),
    }
}

/// The foot of every page.
pub fn foot(user: &User, stamp: Option<&Stamp>) -> Result<Value, Failure> {
    Ok(match stamp {
        None => json!({
            "folio": text::DRAFT_FOLIO,
            "version": text::DRAFT_VERSION,
            "code": text::DRAFT_CODE,
            "verify": text::DRAFT_FOOT,
            "qr": null,
        }),
        Some(stamp) => json!({
            "folio": user.line(&text::cut(&stamp.folio, 26)),
            "version": text::version(stamp.version, stamp.frozen),
            "code": text::short_code(&stamp.code),
            "verify": user.line(&text::verify(&stamp.address)),
            "qr": drawing::qr(&stamp.address)?,
        }),
    })
}

/// A property of a PDF has an end, and whoever lists documents has little room.
const MOST_OF_PROPERTY: usize = 300;

/// The document's properties.
pub fn meta(user: &User, kind: &str, exercise: &Exercise, stamp: Option<&Stamp>) -> Value {
    let title = text::joined(&[kind, &exercise.name, &exercise.municipality], " · ");
    json!({
        "title": user.line(&text::cut(&title, MOST_OF_PROPERTY)),
        "author": user.line(&text::cut(&exercise.guarantor, MOST_OF_PROPERTY)),
        "subject": user.line(&text::subject(stamp)),
        "keywords": ["gobierno abierto", user.line(&text::cut(&exercise.municipality, 100))],
    })
}
