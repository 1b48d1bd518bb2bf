//! Who prepares and facilitates: roles, and links for choosing a passphrase.

use std::collections::BTreeMap;

use app::page::form::{Field, Form, Problem};
use app::page::prepare::{Staff, StaffRow};
use domain::people::registry::Grant;
use domain::{Exercise, MesaNumber, PersonId, Role, ServerCommand, StreamId, people};
use store::NewPerson;

use super::enter;
use crate::app_state::{AppState, Unexpected};
use crate::clock;
use crate::service::account::{self, INVITATION};
use crate::service::form::Reading;

/// The list; `own` is who reads it.
pub fn list(seen: &Exercise, records: &BTreeMap<PersonId, NewPerson>, own: PersonId) -> Staff {
    let row = |(person, grant): (&PersonId, &Option<Grant>)| {
        let record = records.get(person);
        Some(StaffRow {
            person: *person,
            name: record.map(|record| record.name.clone()).unwrap_or_default(),
            mail: record.and_then(|record| record.mail.clone()).unwrap_or_default(),
            grant: (*grant)?,
            own: *person == own,
            has_passphrase: record.is_some_and(|record| record.passphrase.is_some()),
        })
    };
    let people = seen.registry.staff.iter().filter_map(row).collect();
    let links = super::links::list(seen, clock::now());
    Staff { people, form: Form::default(), link: None, links }
}

/// What came of adding somebody.
#[derive(Debug)]
pub enum Added {
    /// They are in the list; this is the secret of their link.
    Added {
        /// Their name.
        name: String,
        /// The secret.
        secret: String,
    },
    /// The form comes back.
    Back(Form),
}

/// Adds somebody with a role, or gives another role to who has that mail address already.
///
/// # Errors
/// [`Unexpected`].
pub async fn add(
    state: &AppState,
    stream: StreamId,
    seen: &Exercise,
    records: &BTreeMap<PersonId, NewPerson>,
    by: PersonId,
    typed: BTreeMap<Field, String>,
) -> Result<Added, Unexpected> {
    let mut reading = Reading::new(typed);
    let name = reading.line(Field::OwnName);
    let mail = reading.mail(Field::Mail);
    if mail.is_none() {
        reading.note(Field::Mail, Problem::Missing);
    }
    let role: Option<Role> = reading.choice(Field::Role);
    let mesa = match reading.form.text(Field::RoleMesa) {
        "" => Ok(None),
        number => MesaNumber::read(number)
            .filter(|number| seen.mesa(*number).is_some())
            .map(Some)
            .ok_or(()),
    };
    if mesa.is_err() {
        reading.note(Field::RoleMesa, Problem::NotAChoice);
    }
    let (Some(mail), Some(role), Ok(mesa), true) = (mail, role, mesa, reading.is_fine()) else {
        return Ok(Added::Back(reading.form));
    };
    let grant = Grant { role, seat: None, mesa };
    let known = seen.registry.staff.keys().filter_map(|person| records.get(person));
    let known = known.into_iter().find(|record| record.mail.as_deref() == Some(mail.as_str()));
    let (record, enrols) = match known {
        Some(record) => (record.clone(), None),
        None => {
            let record = NewPerson {
                id: PersonId(clock::new_id()),
                salt: clock::salt(),
                name: name.to_string(),
                mail: Some(mail),
                phone: None,
                passphrase: None,
            };
            let digest = record.record_digest();
            (record, Some(digest))
        }
    };
    // Nobody takes their own right to prepare away by a slip.
    if record.id == by {
        reading.note(Field::Mail, Problem::Taken);
        return Ok(Added::Back(reading.form));
    }
    let at = clock::now();
    let give =
        people::ServerCommand::GiveRole { person: record.id, enrols, grant: Some(grant), at };
    let (issue, secret) = account::new_link(record.id, grant, at + INVITATION);
    let commands = vec![ServerCommand::People(give), issue];
    let (name, people) = (record.name.clone(), vec![record]);
    let people = if enrols.is_some() { people } else { Vec::new() };
    match enter(state, stream, by, commands, people).await? {
        Ok(()) => Ok(Added::Added { name, secret: secret.text }),
        Err(rejection) => {
            tracing::warn!(%rejection, "a role was refused");
            reading.note(Field::Role, Problem::NotAChoice);
            Ok(Added::Back(reading.form))
        }
    }
}

/// Another link for choosing a passphrase; the secret, unless they have no role.
///
/// # Errors
/// [`Unexpected`].
pub async fn link(
    state: &AppState,
    stream: StreamId,
    seen: &Exercise,
    by: PersonId,
    person: PersonId,
) -> Result<Option<String>, Unexpected> {
    let Some(grant) = seen.registry.staff.get(&person).copied().flatten() else {
        return Ok(None);
    };
    let (issue, secret) = account::new_link(person, grant, clock::now() + INVITATION);
    let entered = enter(state, stream, by, vec![issue], Vec::new()).await?;
    Ok(entered.is_ok().then_some(secret.text))
}

/// Takes somebody's role: their devices are signed out. Nobody takes their own. The result is
/// whether they are known in the exercise.
///
/// # Errors
/// [`Unexpected`].
pub async fn remove(
    state: &AppState,
    stream: StreamId,
    by: PersonId,
    person: PersonId,
) -> Result<bool, Unexpected> {
    if person == by {
        return Ok(true);
    }
    let at = clock::now();
    let take = people::ServerCommand::GiveRole { person, enrols: None, grant: None, at };
    let entered = enter(state, stream, by, vec![ServerCommand::People(take)], Vec::new()).await?;
    Ok(entered.is_ok())
}
