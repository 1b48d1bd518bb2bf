//! People's records: who has one, and erasing it.

use std::collections::BTreeSet;

use app::page::plain::{KeptRecord, Records};
use domain::people::record::may_anonymise;
use domain::people::registry::Grant;
use domain::{Exercise, MesaId, PersonId, ServerCommand, StreamId, people};
use store::{Store, StoreError, erased_record};

use super::attendance::mesa_link;
use super::entry::{EntryError, enter};
use crate::app_state::{AppState, Unexpected};
use crate::clock;
use crate::room::Request;

/// A person with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolled {
    /// Their id.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// The organisations for which they came.
    pub organisations: Vec<String>,
}

/// The people of an exercise whose name is kept, by name.
///
/// # Errors
/// [`StoreError::NotFound`] when there is no such exercise.
pub async fn enrolled(store: &Store, exercise: StreamId) -> Result<Vec<Enrolled>, StoreError> {
    let state = store.load(exercise).await?.ok_or(StoreError::NotFound)?.state;
    let ids: Vec<PersonId> = state.registry.people.keys().copied().collect();
    let named = store.names(&ids).await?.into_iter().map(|(id, name)| {
        let attended = state.mesas.values().filter_map(|mesa| mesa.people.attendees.get(&id));
        let organisations: BTreeSet<String> = attended
            .map(|attendee| attendee.organisation.to_string())
            .filter(|organisation| !organisation.is_empty())
            .collect();
        Enrolled { id, name, organisations: organisations.into_iter().collect() }
    });
    let mut people: Vec<Enrolled> = named.collect();
    people.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
    Ok(people)
}

/// Erases a person's name, mail and phone for good and signs their devices out; returns in how many
/// events their name was written besides. Works while a server runs, which forgets the name within
/// a second.
///
/// # Errors
/// [`EntryError`].
pub async fn anonymise(
    store: &Store,
    exercise: StreamId,
    person: &Enrolled,
) -> Result<usize, EntryError> {
    enter(store, exercise, &erase(person.id)).await?;
    Ok(store.count_phrase(exercise, &person.name).await?)
}

fn erase(person: PersonId) -> ServerCommand {
    let (record, at) = (erased_record(person), clock::now());
    ServerCommand::People(people::ServerCommand::Anonymise { person, record, at })
}

/// What whoever leads a mesa asks for.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// Whose record.
    pub person: PersonId,
    /// Whether to erase it; otherwise they are asked first.
    pub erase: bool,
}

/// The people of whom a record is kept, as somebody who leads a mesa (`me`, with `grant`) sees them,
/// after what they ask for. Who leads one of several mesas sees those who came to that one. Their
/// own record isn't among them: erasing it would sign them out.
///
/// # Errors
/// [`Unexpected`].
pub async fn records(
    state: &AppState,
    there: (MesaId, &Exercise),
    me: PersonId,
    grant: Grant,
    asked: Option<Asked>,
) -> Result<Records, Unexpected> {
    let (mesa, seen) = there;
    let role = grant.role_at(mesa.number);
    let may = seen.mesa(mesa.number).is_some_and(|mesa| may_anonymise(mesa, role));
    let only = grant.mesa.filter(|_| seen.mesas.len() > 1).and_then(|number| seen.mesa(number));
    let came = |person| only.is_none_or(|only| only.people.attendees.contains_key(&person));
    let known = async || -> Result<Vec<Enrolled>, StoreError> {
        let mut known = enrolled(&state.store, mesa.exercise).await?;
        known.retain(|person| person.id != me && came(person.id));
        Ok(known)
    };
    let mut people = known().await?;
    let (mut question, mut erased) = (None, None);
    if let Some(Asked { person, erase: at_once }) = asked.filter(|_| may)
        && let Some(chosen) = people.iter().find(|other| other.id == person).cloned()
    {
        if at_once {
            let room = state.rooms.get(mesa.exercise).await?;
            let commands = vec![erase(person)];
            let done = room
                .ask(|reply| Request::Enter { commands, people: Vec::new(), by: Some(me), reply })
                .await?;
            match done {
                Ok(()) => {
                    erased = Some(state.store.count_phrase(mesa.exercise, &chosen.name).await?);
                    people = known().await?;
                }
                Err(rejection) => tracing::warn!(%rejection, "a record wasn't erased"),
            }
        } else {
            question = Some(kept(chosen));
        }
    }
    let people = people.into_iter().map(kept).collect();
    Ok(Records { mesa: mesa_link(seen, mesa), people, may, asked: question, erased })
}

fn kept(person: Enrolled) -> KeptRecord {
    let Enrolled { id, name, organisations } = person;
    KeptRecord { person: id, name, organisations }
}
