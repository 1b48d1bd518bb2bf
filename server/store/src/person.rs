//! People's records: the only place with names, mail addresses and phone numbers. The log knows a
//! person by an id and the digest of the record.

use domain::{Digest, Event, PersonId, people};
use sea_orm::{DatabaseTransaction, DbErr};
use sha2::{Digest as _, Sha256};

use crate::petition;
use crate::tables::person;
use crate::write;

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
    /// Of who prepares or facilitates: the passphrase's hash, as a PHC string.
    pub passphrase: Option<String>,
}

impl NewPerson {
    /// The digest in `Event::People(people::Event::PersonEnrolled)`: SHA-256 over id, salt, name,
    /// mail, phone and passphrase. Texts are preceded by their length in bytes (u32, big-endian), optional ones
    /// by 0 or 1.
    pub fn record_digest(&self) -> Digest {
        digest_of(&self.row())
    }

    pub(crate) fn row(&self) -> person::Model {
        person::Model {
            id: self.id.0,
            salt: self.salt.to_vec(),
            name: self.name.clone(),
            mail: self.mail.clone(),
            phone: self.phone.clone(),
            passphrase: self.passphrase.clone(),
        }
    }
}

/// The digest in `Event::People(people::Event::PersonAnonymised)`: of a record with nothing but its
/// id. The digest of what was erased gives nothing away: it had a salt, which is gone too.
pub fn erased_record(person: PersonId) -> Digest {
    digest_of(&erased(person))
}

fn erased(person: PersonId) -> person::Model {
    let (salt, name) = (Vec::new(), String::new());
    person::Model { id: person.0, salt, name, mail: None, phone: None, passphrase: None }
}

/// Writes the records of people who were enrolled or whose record was corrected, and erases those of
/// people whom the events anonymise.
pub(crate) async fn write(
    transaction: &DatabaseTransaction,
    events: impl Iterator<Item = &Event>,
    people: &[NewPerson],
) -> Result<(), DbErr> {
    let gone = events.filter_map(|event| match event {
        Event::People(people::Event::PersonAnonymised { person, .. }) => Some(erased(*person)),
        _ => None,
    });
    let gone: Vec<person::Model> = gone.collect();
    let rows: Vec<person::Model> = people.iter().map(NewPerson::row).collect();
    write::upsert::<person::Entity>(transaction, &rows).await?;
    petition::erase(transaction, gone.iter().map(|person| person.id)).await?;
    write::upsert::<person::Entity>(transaction, &gone).await
}

/// Whether an event erases a record, whose bytes mustn't stay in the database's file.
pub(crate) fn is_erased_by(event: &Event) -> bool {
    matches!(event, Event::People(people::Event::PersonAnonymised { .. }))
}

/// Digest of a row, to be compared with the one in the log.
pub(crate) fn digest_of(row: &person::Model) -> Digest {
    let mut hasher = Sha256::new();
    hasher.update(row.id.as_bytes());
    text(&mut hasher, &row.salt);
    text(&mut hasher, row.name.as_bytes());
    for optional in [&row.mail, &row.phone, &row.passphrase] {
        hasher.update([u8::from(optional.is_some())]);
        text(&mut hasher, optional.as_deref().unwrap_or_default().as_bytes());
    }
    Digest(hasher.finalize().into())
}

fn text(hasher: &mut Sha256, bytes: &[u8]) {
    hasher.update(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
    hasher.update(bytes);
}

impl From<person::Model> for NewPerson {
    fn from(row: person::Model) -> Self {
        let person::Model { id, salt, name, mail, phone, passphrase } = row;
        let salt = salt.try_into().unwrap_or_default();
        Self { id: PersonId(id), salt, name, mail, phone, passphrase }
    }
}
