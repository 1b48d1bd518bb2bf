//! The server's own commands outside a room: they are decided and written directly.

use domain::decide::decide_server;
use domain::people;
use domain::people::registry::{Grant, Link};
use domain::{
    Audience, CommandId, Exercise, LinkId, MesaId, Millis, Rejection, Role, ServerCommand, StreamId,
};
use store::{Append, AppendError, Head, NewPerson, NewRecord, Store, StoreError};

use super::pack;
use crate::clock::{self, Secret};

/// Why the server's own command fails.
#[derive(Debug, thiserror::Error)]
pub enum EntryError {
    /// The rules reject it.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Other writers kept interfering.
    #[error("the stream is too busy")]
    Busy,
}

/// A stream, and events of it that aren't written yet.
#[derive(Debug)]
pub struct Ledger {
    stream: StreamId,
    head: Head,
    state: Exercise,
    records: Vec<NewRecord>,
    people: Vec<NewPerson>,
}

impl Ledger {
    /// A stream that has no events yet.
    pub fn new(stream: StreamId) -> Self {
        Self {
            stream,
            head: Head::start(stream),
            state: Exercise::default(),
            records: Vec::new(),
            people: Vec::new(),
        }
    }

    /// Loads a stream.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none.
    pub async fn load(store: &Store, stream: StreamId) -> Result<Self, StoreError> {
        let loaded = store.load(stream).await?.ok_or(StoreError::NotFound)?;
        Ok(Self {
            stream,
            head: loaded.head,
            state: loaded.state,
            records: Vec::new(),
            people: Vec::new(),
        })
    }

    /// The state, with the events that aren't written yet.
    pub fn state(&self) -> &Exercise {
        &self.state
    }

    /// Decides a command.
    ///
    /// # Errors
    /// [`Rejection`] when the rules reject it.
    pub fn enter(&mut self, command: &ServerCommand) -> Result<(), Rejection> {
        let events = decide_server(&self.state, command)?;
        if !events.is_empty() {
            self.add(events);
            let follows = pack::follow(&self.state);
            self.add(follows);
        }
        Ok(())
    }

    /// Adds the record of a person whom the events enrol.
    pub fn person(&mut self, person: NewPerson) {
        self.people.push(person);
    }

    /// Adds decided events.
    pub fn add(&mut self, events: Vec<domain::Event>) {
        let command = CommandId(clock::new_id());
        for (part, event) in (0..).zip(events) {
            self.state.apply(&event);
            self.records.push(NewRecord {
                event,
                command,
                part,
                at: clock::now(),
                person: None,
                seat: None,
                on_behalf: None,
                client_at: None,
                salt: clock::salt(),
            });
        }
    }

    /// Writes the events, all or none.
    ///
    /// # Errors
    /// [`AppendError::Conflict`] when someone else wrote meanwhile.
    pub async fn write(&mut self, store: &Store) -> Result<(), AppendError> {
        let batch = Append {
            stream: self.stream,
            expected: self.head,
            records: &self.records,
            after: &self.state,
            people: &self.people,
            answers: &[],
            jobs: &[],
        };
        self.head = store.append(batch).await?;
        self.records.clear();
        self.people.clear();
        Ok(())
    }
}

/// How long a link of the facilitation or of a projector lasts after the last day of the mesas, and
/// at least, ms.
const AFTER_THE_MESAS: Millis = 30 * 24 * 60 * 60 * 1_000;

/// When a link that is issued at `now` ends by itself, ms since the epoch. Those of seats last until
/// they are revoked or replaced: a card is printed once.
pub fn end_of_link(exercise: &Exercise, grant: Grant, now: Millis) -> Option<Millis> {
    let leads = Audience::of(grant.role) == Audience::Facilitation;
    let creates = grant.role == Role::Administrator;
    if creates || !(leads || grant.role == Role::Projector) {
        return None;
    }
    let cards = exercise.mesas.values().filter_map(|mesa| mesa.card.as_deref());
    let last = cards.map(|card| card.ends_at).max().unwrap_or(now);
    Some(last.max(now).saturating_add(AFTER_THE_MESAS))
}

/// A command that issues a link that ends only when it is ended, and the link's secret.
pub fn new_link(grant: Grant) -> (ServerCommand, Secret) {
    link_until(grant, None)
}

fn link_until(grant: Grant, expires: Option<Millis>) -> (ServerCommand, Secret) {
    let secret = clock::secret();
    let issued =
        Link { token: secret.digest, code: None, grant, person: None, expires, ended: None };
    (
        ServerCommand::People(people::ServerCommand::IssueLink {
            link: LinkId(clock::new_id()),
            issued,
        }),
        secret,
    )
}

/// The same for a seat, with the code that leads there without a camera.
pub fn new_seat_link(grant: Grant) -> (ServerCommand, Secret, String) {
    let (secret, code) = (clock::secret(), clock::seat_code());
    let issued = Link {
        token: secret.digest,
        code: Some(clock::digest_of(&code)),
        grant,
        person: None,
        expires: None,
        ended: None,
    };
    let link = LinkId(clock::new_id());
    let issue = people::ServerCommand::IssueLink { link, issued };
    (ServerCommand::People(issue), secret, code)
}

/// Issues a link; returns its secret.
///
/// # Errors
/// [`Rejection`] when the rules reject it.
pub fn issue(ledger: &mut Ledger, grant: Grant) -> Result<String, Rejection> {
    let (command, secret) = link_until(grant, end_of_link(&ledger.state, grant, clock::now()));
    ledger.enter(&command)?;
    Ok(secret.text)
}

/// Issues another facilitator's link, which ends a while after the mesas; the earlier ones stay
/// valid. Works while the server runs.
///
/// # Errors
/// [`EntryError`].
pub async fn issue_facilitator_link(store: &Store, mesa: MesaId) -> Result<String, EntryError> {
    let grant = Grant { role: Role::Facilitator, seat: None, mesa: Some(mesa.number) };
    let seen = store.load(mesa.exercise).await?.ok_or(StoreError::NotFound)?.state;
    let (command, secret) = link_until(grant, end_of_link(&seen, grant, clock::now()));
    enter(store, mesa.exercise, &command).await?;
    Ok(secret.text)
}

/// Decides and writes one command, retrying while others write; returns the state after it. Works
/// while a server runs.
///
/// # Errors
/// [`EntryError`].
pub async fn enter(
    store: &Store,
    stream: StreamId,
    command: &ServerCommand,
) -> Result<Exercise, EntryError> {
    for _ in 0..20 {
        let mut ledger = Ledger::load(store, stream).await?;
        ledger.enter(command)?;
        if ledger.records.is_empty() {
            return Ok(ledger.state);
        }
        match ledger.write(store).await {
            Ok(()) => return Ok(ledger.state),
            Err(AppendError::Conflict(_) | AppendError::Duplicate | AppendError::Taken) => {}
            Err(AppendError::Store(error)) => return Err(error.into()),
        }
    }
    Err(EntryError::Busy)
}

/// Redacts a phrase from an exercise's record for good, retrying while others write. Works while a
/// server runs: its room begins anew.
///
/// # Errors
/// [`EntryError`].
pub async fn redact(
    store: &Store,
    exercise: StreamId,
    phrase: &str,
) -> Result<store::Redacted, EntryError> {
    for _ in 0..20 {
        let command = CommandId(clock::new_id());
        match store.redact(exercise, phrase, command, clock::salt(), clock::now()).await {
            Ok(redacted) => return Ok(redacted),
            Err(AppendError::Conflict(_) | AppendError::Duplicate | AppendError::Taken) => {}
            Err(AppendError::Store(error)) => return Err(error.into()),
        }
    }
    Err(EntryError::Busy)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::exercise::MeetingMode;
    use domain::{Mesa, MesaCard, MesaNumber};

    use super::*;

    #[test]
    fn links_of_the_facilitation_and_of_projectors_end_after_the_mesas_and_cards_do_not() {
        let (now, day) = (1_000 * AFTER_THE_MESAS, AFTER_THE_MESAS / 30);
        let at = |ends_at| {
            let card = MesaCard {
                theme: Default::default(),
                venue: Default::default(),
                mode: MeetingMode::InPerson,
                starts_at: ends_at,
                ends_at,
                agenda: Vec::new(),
            };
            let mesa = Mesa { card: Some(Arc::new(card)), ..Mesa::default() };
            let mut exercise = Exercise::default();
            exercise.mesas.insert(MesaNumber(1), Arc::new(mesa));
            exercise
        };
        let grant = |role| Grant { role, seat: None, mesa: None };
        for role in [Role::Facilitator, Role::CoFacilitator, Role::Rapporteur, Role::Projector] {
            let end = |ends_at| end_of_link(&at(ends_at), grant(role), now);
            assert_eq!(end(now + 10 * day), Some(now + 40 * day), "{role:?}");
            assert_eq!(end(now - 90 * day), Some(now + 30 * day), "{role:?}");
            assert_eq!(end_of_link(&Exercise::default(), grant(role), now), Some(now + 30 * day));
        }
        for role in [Role::Actor, Role::Administrator] {
            assert_eq!(end_of_link(&at(now), grant(role), now), None, "{role:?}");
        }
    }
}
