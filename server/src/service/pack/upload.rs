//! A file of the pack that comes in pieces, each in a request of its own: a connection that is cut costs
//! one piece, and what has come is resumed later, on whichever node.

use store::PIECE_BYTES;
use uuid::Uuid;

use super::judge::{Judge, Verdict};
use super::{Announced, Asker, MOST_BYTES, SendError, has_place, taken};
use crate::app_state::AppState;
use crate::clock;
use app::page::pack::{Done, Problem};
use domain::StreamId;
use store::{PutError, StoreError};

/// Begins one: its id.
///
/// # Errors
/// [`SendError`].
pub async fn begin(
    state: &AppState,
    stream: StreamId,
    announced: &Announced<'_>,
    size: u64,
) -> Result<Uuid, SendError> {
    if size > MOST_BYTES as u64 {
        return Err(SendError::Refused(Problem::TooLarge));
    }
    has_place(state, stream, announced).await?;
    let id = clock::new_id();
    state.store.begin_blob(id, clock::now(), MOST_BYTES as u64).await?;
    Ok(id)
}

/// Keeps its next piece. What the first one shows is refused at once.
///
/// # Errors
/// [`SendError`].
pub async fn keep(state: &AppState, id: Uuid, number: u64, bytes: &[u8]) -> Result<(), SendError> {
    let most = (MOST_BYTES / PIECE_BYTES) as u64;
    if bytes.len() != PIECE_BYTES || number >= most {
        return Err(SendError::Refused(Problem::CutOff));
    }
    if number == 0 {
        Judge::default().look(bytes).map_err(|verdict| SendError::Refused(problem(verdict)))?;
    }
    match state.store.keep_piece(id, number, bytes.to_vec()).await {
        Err(StoreError::NotFound) => Err(SendError::Refused(Problem::CutOff)),
        kept => Ok(kept?),
    }
}

/// What is left comes, and the file is added to the pack.
///
/// # Errors
/// [`SendError`].
pub async fn end(
    state: &AppState,
    stream: StreamId,
    who: Asker,
    announced: Announced<'_>,
    id: Uuid,
    rest: &[u8],
) -> Result<Done, SendError> {
    has_place(state, stream, &announced).await?;
    let (mut judge, mut refused) = (Judge::default(), None);
    let mut look = |piece: &[u8]| {
        if refused.is_none() {
            refused = judge.look(piece).err();
        }
    };
    let resumed = state.store.resume_blob(id, MOST_BYTES as u64, &mut look).await;
    let mut upload = resumed.map_err(of_put)?.ok_or(SendError::Refused(Problem::CutOff))?;
    look(rest);
    let kind = match refused {
        None => judge.end(),
        Some(verdict) => Err(verdict),
    };
    let kind = match kind {
        Ok(kind) => kind,
        Err(verdict) => {
            upload.abandon().await?;
            return Err(SendError::Refused(problem(verdict)));
        }
    };
    upload.write(rest).await.map_err(of_put)?;
    let blob = upload.end().await.map_err(of_put)?;
    taken(state, stream, who, announced, (&blob, kind)).await
}

fn of_put(error: PutError) -> SendError {
    match error {
        PutError::Store(StoreError::NotFound) | PutError::Source(_) | PutError::Spoiled => {
            SendError::Refused(Problem::CutOff)
        }
        PutError::TooLarge { .. } => SendError::Refused(Problem::TooLarge),
        PutError::Store(error) => error.into(),
    }
}

/// Why a file of such a kind isn't taken.
pub(super) fn problem(verdict: Verdict) -> Problem {
    match verdict {
        Verdict::Empty => Problem::Missing,
        Verdict::Unknown => Problem::Unknown,
        Verdict::Active => Problem::Active,
        Verdict::Macros => Problem::Macros,
    }
}
