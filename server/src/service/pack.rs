//! The information pack: until when it is due, what is sent and taken away, and who opened it.

use std::sync::Mutex;

use app::page::pack::{Done, Problem};
use bytes::Bytes;
use domain::pack::{
    By, Entry, FileKind, FileNumber, MOST_FILES, MOST_SENT, Receipt, Sender, ServerCommand,
    may_send,
};
use domain::{
    Event, Exercise, MesaNumber, Millis, PersonId, Rejection, Role, SeatId, ShortText, StreamId,
};
use futures_util::{Stream, StreamExt, stream};
use store::{Blob, PutError};

use crate::app_state::{AppState, Unexpected};
use crate::clock;
use crate::composed::composed;
use crate::room;

mod judge;
mod page;
pub mod reminders;
pub mod results;
#[cfg(test)]
mod tests;
mod upload;

use judge::{Judge, Verdict};
pub use page::{actors, organisation, page, reader};
pub use upload::{begin, end, keep};

/// Most bytes of a file.
pub const MOST_BYTES: usize = 50 * 1024 * 1024;
/// Longest name of a file, in Unicode scalars.
const LONGEST_NAME: usize = 200;

/// What follows from the server's own commands: how the notice of each mesa stands now.
pub fn follow(exercise: &Exercise) -> Vec<Event> {
    domain::pack::follow(exercise, |mesa| due(exercise, mesa))
}

/// When the pack of a mesa is due; none: no rule says so.
pub fn due(exercise: &Exercise, mesa: MesaNumber) -> Option<Millis> {
    let card = exercise.card.as_deref()?;
    let starts_at = exercise.mesa(mesa)?.card.as_deref()?.starts_at;
    clock::days_before(card.time_zone.as_str(), starts_at, card.notice?)
}

/// Who asks, at a mesa.
#[derive(Clone, Copy, Debug)]
pub struct Asker {
    /// The person.
    pub person: PersonId,
    /// Their seat.
    pub seat: Option<SeatId>,
    /// Their role.
    pub role: Role,
}

impl Asker {
    fn by(self) -> By {
        By { person: self.person, seat: self.seat }
    }

    /// Whether they may send for a sender at a mesa.
    pub fn may_send(self, seen: &Exercise, mesa: MesaNumber, sender: Sender) -> bool {
        let phase = seen.mesa(mesa).map(|mesa| mesa.conduct.phase);
        phase.is_some_and(|phase| may_send(seen, phase, (self.role, self.seat), sender))
    }
}

/// Why a file isn't taken.
#[derive(Debug)]
pub enum SendError {
    /// The file, or what there is, doesn't allow it.
    Refused(Problem),
    /// An unexpected failure.
    Failed(Unexpected),
}

impl<E: Into<Unexpected>> From<E> for SendError {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// What a file is to be, as its form says before its bytes come.
#[derive(Debug)]
pub struct Announced<'a> {
    /// What it answers.
    pub entry: Entry,
    /// In whose place.
    pub replaces: Option<FileNumber>,
    /// Its name, as it was given.
    pub name: &'a str,
}

/// Keeps a file that is being sent, and adds it to the pack. Whoever asks has to be allowed to.
///
/// # Errors
/// [`SendError`].
pub async fn send<E>(
    state: &AppState,
    stream: StreamId,
    who: Asker,
    announced: Announced<'_>,
    bytes: impl Stream<Item = Result<Bytes, E>>,
) -> Result<Done, SendError> {
    let refused = |problem| Err(SendError::Refused(problem));
    has_place(state, stream, &announced).await?;
    let judged = Mutex::new(Judged::default());
    let judging = judging(bytes, &judged);
    let begun = clock::now();
    let kept = state.store.put_blob(clock::new_id(), begun, MOST_BYTES as u64, judging).await;
    let judged = judged.into_inner().unwrap_or_default();
    let blob = match kept {
        Ok(blob) => blob,
        Err(PutError::Store(error)) => return Err(error.into()),
        Err(PutError::TooLarge { .. }) => return refused(Problem::TooLarge),
        Err(PutError::Source(_) | PutError::Spoiled) => return refused(judged.problem()),
    };
    let Some(kind) = judged.kind else { return refused(Problem::Unknown) };
    taken(state, stream, who, announced, (&blob, kind)).await
}

/// Whether a file that is announced has a place in the pack.
async fn has_place(
    state: &AppState,
    stream: StreamId,
    announced: &Announced<'_>,
) -> Result<(), SendError> {
    let Announced { entry, replaces, .. } = *announced;
    let (seen, _) = state.rooms.look(stream).await?.ok_or(store::StoreError::NotFound)?;
    let stands = |number: FileNumber| seen.pack.of(entry).any(|file| file.number == number);
    if replaces.is_some_and(|number| !stands(number)) {
        return Err(SendError::Refused(Problem::Gone));
    }
    let full = replaces.is_none() && seen.pack.standing().count() >= MOST_FILES;
    if full || seen.pack.files.len() >= MOST_SENT {
        return Err(SendError::Refused(Problem::TooMany));
    }
    Ok(())
}

/// Adds a file, all of which has come, to the pack.
async fn taken(
    state: &AppState,
    stream: StreamId,
    who: Asker,
    announced: Announced<'_>,
    (blob, kind): (&Blob, FileKind),
) -> Result<Done, SendError> {
    let refused = |problem| Err(SendError::Refused(problem));
    let Announced { entry, replaces, name } = announced;
    if let Some(scanner) = &state.settings.scanner {
        match scanner.scan(&state.store, blob).await {
            Ok(true) => {}
            Ok(false) => return refused(Problem::Infected),
            Err(error) => {
                tracing::warn!(%error, "the virus scanner gives no answer");
                return refused(Problem::NotScanned);
            }
        }
    }
    // It is there when all of it has come.
    let at = clock::now();
    let receipt = Receipt {
        entry,
        name: named(name, kind),
        kind,
        size: blob.size,
        digest: blob.digest,
        at,
        by: who.by(),
        replaces,
    };
    let entered = enter(state, stream, who, ServerCommand::Send(Box::new(receipt))).await?;
    let (seen, _) = state.rooms.look(stream).await?.ok_or(store::StoreError::NotFound)?;
    let there = seen.pack.of(entry).find(|file| file.digest == blob.digest);
    match (entered, there) {
        (Ok(()), Some(file)) if file.at == at => Ok(Done::Sent { file: file.number }),
        (Ok(()), Some(file)) => Ok(Done::Same { file: file.number }),
        (Ok(()), None) => refused(Problem::Gone),
        (Err(Rejection::TooMany { .. }), _) => refused(Problem::TooMany),
        (Err(_), _) => refused(Problem::Gone),
    }
}

/// What became of the bytes of a file.
#[derive(Debug, Default)]
struct Judged {
    judge: Judge,
    kind: Option<FileKind>,
    refused: Option<Verdict>,
}

impl Judged {
    fn problem(&self) -> Problem {
        self.refused.map_or(Problem::CutOff, upload::problem)
    }
}

/// The bytes did not all come, or what they are isn't taken.
#[derive(Debug, thiserror::Error)]
#[error("the file isn't taken")]
struct NotTaken;

/// The same bytes, which stop as soon as it is known that they aren't taken.
fn judging<'a, E>(
    bytes: impl Stream<Item = Result<Bytes, E>> + 'a,
    judged: &'a Mutex<Judged>,
) -> impl Stream<Item = Result<Bytes, NotTaken>> + 'a
where
    E: 'a,
{
    let parts = bytes.map(move |part| {
        let part = part.map_err(|_| NotTaken)?;
        let mut judged = judged.lock().map_err(|_| NotTaken)?;
        match judged.judge.look(&part) {
            Ok(()) => Ok(part),
            Err(verdict) => {
                judged.refused = Some(verdict);
                Err(NotTaken)
            }
        }
    });
    let end = stream::once(async move {
        let mut judged = judged.lock().map_err(|_| NotTaken)?;
        match judged.judge.end() {
            Ok(kind) => {
                judged.kind = Some(kind);
                Ok(Bytes::new())
            }
            Err(verdict) => {
                judged.refused = Some(verdict);
                Err(NotTaken)
            }
        }
    });
    parts.chain(end)
}

/// A file's name as it was given, without folders and what no text may hold.
fn named(name: &str, kind: FileKind) -> ShortText {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = composed(last).chars().filter(|letter| !letter.is_control()).collect();
    let cut: String = plain.trim().chars().take(LONGEST_NAME).collect();
    let named = ShortText::parse(&cut).ok().filter(|name| !name.is_empty());
    named.unwrap_or_else(|| ShortText::parse(app::text::pack::kind(kind)).unwrap_or_default())
}

/// Says something else about the pack. Whoever asks has to be allowed to.
///
/// # Errors
/// [`Unexpected`].
pub async fn enter(
    state: &AppState,
    stream: StreamId,
    who: Asker,
    command: ServerCommand,
) -> Result<Result<(), Rejection>, Unexpected> {
    let room = state.rooms.get(stream).await?;
    let commands = vec![domain::ServerCommand::Pack(command)];
    let by = Some(who.person);
    Ok(room.ask(|reply| room::Request::Enter { commands, people: Vec::new(), by, reply }).await?)
}

/// Notes that a person opened a file.
///
/// # Errors
/// [`Unexpected`].
pub async fn open(
    state: &AppState,
    stream: StreamId,
    who: Asker,
    file: FileNumber,
) -> Result<Result<(), Rejection>, Unexpected> {
    let command = ServerCommand::Open { file, by: who.by(), at: clock::now() };
    enter(state, stream, who, command).await
}

/// A declaration that there is nothing of an entry; no reason: it is taken back.
pub fn declaration(who: Asker, entry: Entry, reason: Option<domain::Remark>) -> ServerCommand {
    ServerCommand::Declare { entry, reason, at: clock::now(), by: who.by() }
}
