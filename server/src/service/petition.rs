//! What people ask to be corrected of their data, and its list for who prepares.

use app::page::petition::{Asked, Asking, AskingProblem, Petition};
use domain::text::words::WordsError;
use domain::{Exercise, MesaId, PersonId, Remark, StreamId};
use store::{Store, StoreError};
use uuid::Uuid;

use super::attendance::mesa_link;
use crate::clock;
use crate::composed::composed;

/// Most requests of a person that are open at the same time.
const MOST_OPEN: usize = 5;

fn asked(seen: &Exercise, petition: &store::Petition) -> Asked {
    let zone = seen.card.as_deref().map_or("UTC", |card| card.time_zone.as_str());
    Asked {
        text: petition.text.clone(),
        at: clock::day_and_time(zone, petition.at),
        settled: petition.settled.map(|at| clock::day_and_time(zone, at)),
    }
}

/// The page of somebody who asks; `typed` is what they send now.
///
/// # Errors
/// [`StoreError`].
pub async fn ask(
    store: &Store,
    mesa: MesaId,
    seen: &Exercise,
    person: PersonId,
    typed: Option<String>,
) -> Result<Asking, StoreError> {
    let mut before = store.petitions(mesa.exercise, Some(person)).await?;
    let open = before.iter().filter(|petition| petition.settled.is_none()).count();
    let text = typed.as_deref().map(|typed| Remark::parse(&composed(typed)));
    let problem = match &text {
        None => None,
        Some(Err(WordsError::Empty)) => Some(AskingProblem::Missing),
        Some(Err(WordsError::TooLong { .. } | WordsError::Forbidden)) => {
            Some(AskingProblem::NotPlain)
        }
        Some(Ok(_)) if open >= MOST_OPEN => Some(AskingProblem::TooMany),
        Some(Ok(_)) => None,
    };
    let mut sent = false;
    if let (Some(Ok(text)), None) = (&text, problem) {
        let (id, at) = (clock::new_id(), clock::now());
        store.petition(mesa.exercise, id, person, text, at).await?;
        before = store.petitions(mesa.exercise, Some(person)).await?;
        sent = true;
    }
    Ok(Asking {
        mesa: mesa_link(seen, mesa),
        typed: typed.filter(|_| !sent).unwrap_or_default(),
        problem,
        sent,
        before: before.iter().rev().map(|petition| asked(seen, petition)).collect(),
    })
}

/// The requests of an exercise: the open ones, then those that are settled, the latest first.
///
/// # Errors
/// [`StoreError`].
pub async fn list(
    store: &Store,
    stream: StreamId,
    seen: &Exercise,
) -> Result<Vec<Petition>, StoreError> {
    let kept = store.petitions(stream, None).await?;
    let people: Vec<PersonId> = kept.iter().map(|petition| petition.person).collect();
    let names = store.names(&people).await?;
    let (open, settled): (Vec<_>, Vec<_>) =
        kept.iter().partition(|petition| petition.settled.is_none());
    let shown = open.into_iter().chain(settled.into_iter().rev()).map(|petition| Petition {
        id: petition.id.to_string(),
        name: names.get(&petition.person).cloned().unwrap_or_default(),
        asked: asked(seen, petition),
    });
    Ok(shown.collect())
}

/// Notes that a request is settled; whether there is such a request.
///
/// # Errors
/// [`StoreError`].
pub async fn settle(
    store: &Store,
    stream: StreamId,
    id: Uuid,
    by: PersonId,
) -> Result<bool, StoreError> {
    store.settle_petition(stream, id, by, clock::now()).await
}

/// How many are open.
///
/// # Errors
/// [`StoreError`].
pub async fn open(store: &Store, stream: StreamId) -> Result<usize, StoreError> {
    let kept = store.petitions(stream, None).await?;
    Ok(kept.iter().filter(|petition| petition.settled.is_none()).count())
}
