//! Entries that the server makes in an exercise by its own hand.

use domain::decide::decide_server;
use domain::people;
use domain::people::registry::{Grant, Link};
use domain::{CommandId, Exercise, LinkId, MesaId, Rejection, Role, ServerCommand, StreamId};
use store::{Append, AppendError, Head, NewRecord, Store, StoreError};

use crate::clock::{self, Secret};

/// Why an entry can't be made.
#[derive(Debug, thiserror::Error)]
pub enum EntryError {
    /// The rules refuse it.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Someone else kept writing to the stream.
    #[error("the stream is too busy")]
    Busy,
}

/// A stream being written by the server's own hand.
#[derive(Debug)]
pub struct Ledger {
    stream: StreamId,
    head: Head,
    state: Exercise,
    records: Vec<NewRecord>,
}

impl Ledger {
    /// A stream that doesn't exist yet.
    pub fn new(stream: StreamId) -> Self {
        Self { stream, head: Head::start(stream), state: Exercise::default(), records: Vec::new() }
    }

    /// A stream as it stands.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none.
    pub async fn load(store: &Store, stream: StreamId) -> Result<Self, StoreError> {
        let loaded = store.load(stream).await?.ok_or(StoreError::NotFound)?;
        Ok(Self { stream, head: loaded.head, state: loaded.state, records: Vec::new() })
    }

    /// What is true, entries not yet written included.
    pub fn state(&self) -> &Exercise {
        &self.state
    }

    /// Makes an entry.
    ///
    /// # Errors
    /// [`Rejection`] when the rules refuse it.
    pub fn enter(&mut self, command: &ServerCommand) -> Result<(), Rejection> {
        let events = decide_server(&self.state, command)?;
        self.add(events);
        Ok(())
    }

    /// Adds events that were decided.
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

    /// Writes the entries, all or none.
    ///
    /// # Errors
    /// [`AppendError::Conflict`] when someone else wrote meanwhile.
    pub async fn write(&mut self, store: &Store) -> Result<(), AppendError> {
        let batch = Append {
            stream: self.stream,
            expected: self.head,
            records: &self.records,
            after: &self.state,
            people: &[],
            answers: &[],
            jobs: &[],
        };
        self.head = store.append(batch).await?;
        self.records.clear();
        Ok(())
    }
}

/// An entry that gives out a link, and its secret.
pub fn new_link(grant: Grant) -> (ServerCommand, Secret) {
    let secret = clock::secret();
    let issued = Link { token: secret.digest, grant };
    (
        ServerCommand::People(people::ServerCommand::IssueLink {
            link: LinkId(clock::new_id()),
            issued,
        }),
        secret,
    )
}

/// Enters a new link; returns its secret.
///
/// # Errors
/// [`Rejection`] when the rules refuse it.
pub fn issue(ledger: &mut Ledger, grant: Grant) -> Result<String, Rejection> {
    let (command, secret) = new_link(grant);
    ledger.enter(&command)?;
    Ok(secret.text)
}

/// Gives out a new facilitator's link; the earlier ones stay good. Works while the server runs.
///
/// # Errors
/// [`EntryError`].
pub async fn issue_facilitator_link(store: &Store, mesa: MesaId) -> Result<String, EntryError> {
    let (command, secret) =
        new_link(Grant { role: Role::Facilitator, seat: None, mesa: Some(mesa.number) });
    enter(store, mesa.exercise, &command).await?;
    Ok(secret.text)
}

/// Makes one entry in a stream, whoever else writes to it meanwhile; gives what is true then. Works
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

/// Takes a phrase out of an exercise's record for good. Not while a server runs.
///
/// # Errors
/// [`EntryError`].
pub async fn redact(
    store: &Store,
    exercise: StreamId,
    phrase: &str,
) -> Result<store::Redacted, EntryError> {
    match store
        .redact(exercise, phrase, CommandId(clock::new_id()), clock::salt(), clock::now())
        .await
    {
        Ok(redacted) => Ok(redacted),
        Err(AppendError::Conflict(_) | AppendError::Duplicate | AppendError::Taken) => {
            Err(EntryError::Busy)
        }
        Err(AppendError::Store(error)) => Err(error.into()),
    }
}
