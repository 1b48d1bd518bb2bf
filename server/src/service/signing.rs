//! What the server does while a plan is signed: it sets the document as it stands, says how many
//! pages it has, and once no slot is open it seals it. One task for all exercises, woken by their
//! rooms; whatever it missed, it does when a room is opened again.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use document::{Pdf, Request};
use domain::agreement::signing::{Mark, Noted, Round, ServerCommand};
use domain::exercise::SeatKind;
use domain::{ActorNumber, Digest, Exercise, Rejection, StreamId};
use seal::{Capacity, Signer, Standing};
use store::{Head, Store};
use tokio::sync::Notify;

use super::document::Source;
use super::sealing::{self, SealingError, ToSeal};
use crate::app_state::{AppState, Unexpected};
use crate::clock;
use crate::room;

/// How long after a failure it is tried again.
const AGAIN_AFTER: Duration = Duration::from_secs(3);

/// Why it went no further.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The exercises whose signing may need something.
#[derive(Clone, Debug, Default)]
pub struct Bell {
    due: Arc<Mutex<BTreeSet<StreamId>>>,
    rung: Arc<Notify>,
}

impl Bell {
    /// A signing began or changed.
    pub fn ring(&self, stream: StreamId) {
        self.due.lock().unwrap_or_else(PoisonError::into_inner).insert(stream);
        self.rung.notify_one();
    }

    fn next(&self) -> Option<StreamId> {
        self.due.lock().unwrap_or_else(PoisonError::into_inner).pop_first()
    }
}

/// Starts the task. It ends with the server.
pub fn spawn(state: &AppState) {
    let state = state.clone();
    state.tracker.clone().spawn(async move {
        loop {
            while let Some(stream) = state.signings.next() {
                let done = tokio::select! {
                    done = settle(&state, stream) => done,
                    () = state.shutdown.cancelled() => return,
                };
                if let Err(error) = done {
                    tracing::warn!(%stream, %error, "the document of a signing could not be set; it is tried again");
                    let (bell, shutdown) = (state.signings.clone(), state.shutdown.clone());
                    state.tracker.spawn(async move {
                        tokio::select! {
                            () = tokio::time::sleep(AGAIN_AFTER) => bell.ring(stream),
                            () = shutdown.cancelled() => {}
                        }
                    });
                }
            }
            tokio::select! {
                () = state.signings.rung.notified() => {}
                () = state.shutdown.cancelled() => return,
            }
        }
    });
}

/// Brings an exercise's signing as far as it goes now.
async fn settle(state: &AppState, stream: StreamId) -> Result<(), Failure> {
    // Each turn sees what happened during the one before; a room that changes all the time rings
    // again.
    while let Some((exercise, at)) = state.rooms.look(stream).await? {
        let Some(round) = exercise.plan.round().filter(|round| round.seal.is_none()) else {
            return Ok(());
        };
        let base = state.settings.base();
        let source = Source { exercise: &exercise, stream, base: &base, now: clock::now() };
        let (plan, base) = source.to_sign(&state.store, round).await?;
        let request = Request::Pal(Box::new(plan));
        let pdf = state.documents.render(&request).await?;
        if (round.pages, round.base) != (Some(pages_of(&pdf)), Some(base)) {
            // If it is refused, the next turn sees why.
            let _ = enter(state, stream, set_pages(round, &pdf, base)).await?;
            continue;
        }
        if !round.is_complete() {
            return Ok(());
        }
        // The seal names the last entry that the document is made of.
        let head = state.store.head(stream).await?.filter(|head| head.seq == at.seq);
        let Some(head) = head else { continue };
        let command = seal(&state.store, &state.documents, &source, round, head).await?;
        // It is refused when something was marked meanwhile: then the document is another one.
        if enter(state, stream, command).await?.is_ok() {
            tracing::info!(%stream, version = round.version, "a plan was sealed");
            return Ok(());
        }
    }
    Ok(())
}

fn pages_of(pdf: &Pdf) -> u16 {
    u16::try_from(pdf.pages).unwrap_or(u16::MAX)
}

/// What says how many pages the document of a signing has.
pub fn set_pages(round: &Round, pdf: &Pdf, base: Digest) -> ServerCommand {
    let Round { version, changes, .. } = *round;
    ServerCommand::SetPages { version, changes, pages: pages_of(pdf), base }
}

/// Seals the document of a signing without open slots, and returns what ends the signing with it.
/// `head` is the last entry of the record that `source` is the state of.
///
/// # Errors
/// [`SealingError`].
pub async fn seal(
    store: &Store,
    renderer: &document::Renderer,
    source: &Source<'_>,
    round: &Round,
    head: Head,
) -> Result<ServerCommand, SealingError> {
    let at = clock::now();
    let to_seal = ToSeal {
        version: round.version,
        signers: signers(source.exercise, round),
        head: seal::Head { seq: head.seq, hash: seal::Digest(head.hash.0) },
        at,
    };
    let document = sealing::seal(store, renderer, source, to_seal).await?;
    Ok(ServerCommand::Seal {
        version: round.version,
        changes: round.changes,
        document: document.file,
        pages: u16::try_from(document.pages).unwrap_or(u16::MAX),
        at,
    })
}

/// How each signature stands, in the order of the document.
fn signers(exercise: &Exercise, round: &Round) -> Vec<Signer> {
    let signer = |(number, actor): (u32, &ActorNumber)| {
        let known = exercise.actors.iter().find(|known| known.number == *actor);
        let mark = round.mark(*actor);
        let capacity = match mark {
            Some(Mark::Signed { capacity, .. } | Mark::Declined { capacity, .. }) => {
                Some(match capacity {
                    SeatKind::Holder => Capacity::Holder,
                    SeatKind::Alternate => Capacity::Alternate,
                })
            }
            Some(Mark::Noted { .. }) | None => None,
        };
        Signer {
            number,
            organisation: known.map(|actor| actor.organisation.to_string()).unwrap_or_default(),
            standing: mark.map_or(Standing::Pending, standing),
            capacity,
            at: mark.map(Mark::at),
        }
    };
    (1..).zip(round.slots.keys()).map(signer).collect()
}

fn standing(mark: &Mark) -> Standing {
    match mark {
        Mark::Signed { .. } => Standing::Signed,
        Mark::Declined { .. } | Mark::Noted { noted: Noted::Refused(_), .. } => Standing::Refused,
        Mark::Noted { noted: Noted::Fingerprint, .. } => Standing::Fingerprint,
        Mark::Noted { noted: Noted::Absent, .. } => Standing::Absent,
        Mark::Noted { noted: Noted::Paper, .. } => Standing::Paper,
    }
}

async fn enter(
    state: &AppState,
    stream: StreamId,
    command: ServerCommand,
) -> Result<Result<(), Rejection>, Unexpected> {
    let room = state.rooms.get(stream).await?;
    let commands = vec![domain::ServerCommand::Signing(command)];
    Ok(room
        .ask(|reply| room::Request::Enter { commands, people: Vec::new(), by: None, reply })
        .await?)
}
