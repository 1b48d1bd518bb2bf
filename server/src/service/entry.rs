//! The server's own commands outside a room: they are decided and written directly.

use domain::decide::decide_server;
use domain::people;
use domain::people::registry::{Grant, Link};
use domain::{CommandId, Exercise, LinkId, MesaId, Rejection, Role, ServerCommand, StreamId};
use store::{Append, AppendError, Head, NewPerson, NewRecord, Store, StoreError};

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
        self.add(events);
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

/// A command that issues a link, and the link's secret.
pub fn new_link(grant: Grant) -> (ServerCommand, Secret) {
    let secret = clock::secret();
    let issued = Link { token: secret.digest, grant, person: None, expires: None, ended: None };
    (
        ServerCommand::People(people::ServerCommand::IssueLink {
            link: LinkId(clock::new_id()),
            issued,
        }),
        secret,
    )
}

/// Issues a link; returns its secret.
///
/// # Errors
/// [`Rejection`] when the rules reject it.
pub fn issue(ledger: &mut Ledger, grant: Grant) -> Result<String, Rejection> {
    let (command, secret) = new_link(grant);
    ledger.enter(&command)?;
    Ok(secret.text)
}

/// Issues another facilitator's link; the earlier ones stay valid. Works while the server runs.
///
/// # Errors
/// [`EntryError`].
pub async fn issue_facilitator_link(store: &Store, mesa: MesaId) -> Result<String, EntryError> {
    let (command, secret) =
        new_link(Grant { role: Role::Facilitator, seat: None, mesa: Some(mesa.number) });
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
