//! Who prepares and facilitates, found by their mail address when they sign in; people's records.

use std::collections::BTreeMap;

use domain::people::registry::Grant;
use domain::{PersonId, StreamId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::error::StoreError;
use crate::open::Store;
use crate::person::NewPerson;
use crate::registry::grant;
use crate::tables::{person, staff};

/// Most ids in one query.
const PEOPLE_PER_QUERY: usize = 1_000;

/// Somebody who prepares or facilitates an exercise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The exercise's stream.
    pub stream: StreamId,
    /// Their role and its mesa.
    pub grant: Grant,
    /// Their record.
    pub record: NewPerson,
}

impl Store {
    /// Who prepares or facilitates and has this mail address, exactly as it is stored, with or
    /// without a passphrase, by exercise. Who lost their role isn't one of them.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Damaged`].
    pub async fn accounts(&self, mail: &str) -> Result<Vec<Account>, StoreError> {
        let query = person::Entity::find()
            .filter(person::Column::Mail.eq(mail))
            .order_by_asc(person::Column::Id);
        let mut accounts = Vec::new();
        for row in query.all(&self.reader).await? {
            let roles = staff::Entity::find()
                .filter(staff::Column::PersonId.eq(row.id))
                .order_by_asc(staff::Column::StreamId)
                .all(&self.reader)
                .await?;
            for role in roles {
                let Some(code) = &role.role else { continue };
                accounts.push(Account {
                    stream: StreamId(role.stream_id),
                    grant: grant(code, None, role.mesa, "staff")?,
                    record: NewPerson::from(row.clone()),
                });
            }
        }
        Ok(accounts)
    }

    /// People's records; unknown people are left out.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn people(
        &self,
        people: &[PersonId],
    ) -> Result<BTreeMap<PersonId, NewPerson>, StoreError> {
        let mut records = BTreeMap::new();
        for people in people.chunks(PEOPLE_PER_QUERY) {
            let rows = person::Entity::find()
                .filter(person::Column::Id.is_in(people.iter().map(|person| person.0)))
                .all(&self.reader)
                .await?;
            records.extend(rows.into_iter().map(|row| (PersonId(row.id), NewPerson::from(row))));
        }
        Ok(records)
    }
}
