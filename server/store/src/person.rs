//! People's records: the only place with names, mail addresses and phone numbers. The log knows a
//! person by an id and the digest of the record.

use domain::{Digest, PersonId};
use sha2::{Digest as _, Sha256};

use crate::tables::person;

/// A person's record to store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPerson {
    /// Pseudonymous id.
    pub id: PersonId,
    /// Random, so that nobody can find the name by trying digests.
    pub salt: [u8; 16],
    /// The name as they gave it.
    pub name: String,
    /// Mail address.
    pub mail: Option<String>,
    /// Phone number.
    pub phone: Option<String>,
}

impl NewPerson {
    /// The digest in `Event::People(people::Event::PersonEnrolled)`: SHA-256 over id, salt, name,
    /// mail and phone. Texts are preceded by their length in bytes (u32, big-endian), optional ones
    /// by 0 or 1.
    pub fn record_digest(&self) -> Digest {
        digest(self.id, &self.salt, &self.name, self.mail.as_deref(), self.phone.as_deref())
    }

    pub(crate) fn row(&self) -> person::Model {
        person::Model {
            id: self.id.0,
            salt: self.salt.to_vec(),
            name: self.name.clone(),
            mail: self.mail.clone(),
            phone: self.phone.clone(),
        }
    }
}

/// Digest of a row, to be compared with the one in the log.
pub(crate) fn digest_of(row: &person::Model) -> Digest {
    digest(PersonId(row.id), &row.salt, &row.name, row.mail.as_deref(), row.phone.as_deref())
}

fn digest(
    id: PersonId,
    salt: &[u8],
    name: &str,
    mail: Option<&str>,
    phone: Option<&str>,
) -> Digest {
    let mut hasher = Sha256::new();
    hasher.update(id.0.as_bytes());
    text(&mut hasher, salt);
    text(&mut hasher, name.as_bytes());
    for optional in [mail, phone] {
        hasher.update([u8::from(optional.is_some())]);
        text(&mut hasher, optional.unwrap_or_default().as_bytes());
    }
    Digest(hasher.finalize().into())
}

fn text(hasher: &mut Sha256, bytes: &[u8]) {
    hasher.update(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
    hasher.update(bytes);
}
