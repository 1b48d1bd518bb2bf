//! Opens another mesa of an existing exercise, with the next number and its own theme.

use app::address;
use domain::decide::decide;
use domain::judge::Context;
use domain::people::registry::Grant;
use domain::{
    Command, Exercise, MesaCard, MesaId, MesaNumber, PersonId, Phase, Rejection, Role,
    ServerCommand, ShortText, StreamId, conduct, exercise,
};
use store::{AppendError, Store, StoreError};

use crate::clock;
use crate::service::entry::{Ledger, issue};
use crate::service::sample::{SeatWay, Ways};

/// How often it is tried while others write to the exercise, or a code is taken.
const ATTEMPTS: u32 = 20;

/// Why a mesa can't be added.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// No such exercise.
    #[error("there is no such exercise")]
    UnknownExercise,
    /// The plan's agreements are closed.
    #[error("the plan is in {0:?}")]
    Closed(Phase),
    /// The rules reject it.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Other writers kept interfering.
    #[error("the exercise is too busy")]
    Busy,
}

/// Opens the exercise's next mesa, in preparation and with an open door. Works while a server runs,
/// which notices within a second.
///
/// # Errors
/// [`OpenError`].
pub async fn open_mesa(
    store: &Store,
    exercise: StreamId,
    theme: &ShortText,
    base: &str,
) -> Result<Ways, OpenError> {
    for _ in 0..ATTEMPTS {
        let mut ledger = match Ledger::load(store, exercise).await {
            Err(StoreError::NotFound) => return Err(OpenError::UnknownExercise),
            ledger => ledger?,
        };
        let ways = open(&mut ledger, exercise, theme, base)?;
        match ledger.write(store).await {
            Ok(()) => return Ok(ways),
            // Somebody else wrote, or the code is another mesa's.
            Err(AppendError::Conflict(_) | AppendError::Duplicate | AppendError::Taken) => {}
            Err(AppendError::Store(error)) => return Err(error.into()),
        }
    }
    Err(OpenError::Busy)
}

fn open(
    ledger: &mut Ledger,
    exercise: StreamId,
    theme: &ShortText,
    base: &str,
) -> Result<Ways, OpenError> {
    if let Some(phase) = ledger
        .state()
        .mesas
        .values()
        .map(|mesa| mesa.conduct.phase)
        .find(|phase| phase.is_of_the_plan())
    {
        return Err(OpenError::Closed(phase));
    }
    let (number, card) = next(ledger.state(), theme)?;
    ledger.enter(&ServerCommand::Exercise(exercise::ServerCommand::OpenMesa {
        mesa: number,
        card: Box::new(card),
    }))?;
    let join_code = clock::join_code();
    let code = ShortText::parse(&join_code).map_err(|_| Rejection::UnknownValue)?;
    ledger.enter(&ServerCommand::Conduct(number, conduct::ServerCommand::SetJoinCode(code)))?;
    let actors = ledger.state().actors.clone();
    let mut seats = Vec::new();
    for (actor, seat) in
        actors.iter().flat_map(|actor| actor.seats.iter().map(move |seat| (actor, seat)))
    {
        let token =
            issue(ledger, Grant { role: Role::Actor, seat: Some(seat.id), mesa: Some(number) })?;
        seats.push(SeatWay {
            organisation: actor.organisation.to_string(),
            url: format!("{base}{}", address::link(&token)),
        });
    }
    let facilitator =
        issue(ledger, Grant { role: Role::Facilitator, seat: None, mesa: Some(number) })?;
    let projector = issue(ledger, Grant { role: Role::Projector, seat: None, mesa: Some(number) })?;
    let person = PersonId(clock::new_id());
    let context =
        Context { person, seat: None, role: Role::Facilitator, now: clock::now(), since: &[] };
    let open_door = Command::Conduct(conduct::Command::SetDoor { open: true });
    ledger.add(decide(ledger.state(), number, &open_door, &context)?);
    Ok(Ways::new(base, MesaId { exercise, number }, join_code, (&facilitator, &projector), seats))
}

/// The exercise's next mesa: it meets like the first one until someone changes that.
fn next(exercise: &Exercise, theme: &ShortText) -> Result<(MesaNumber, MesaCard), OpenError> {
    let first = exercise
        .mesas
        .values()
        .find_map(|mesa| mesa.card.as_deref())
        .ok_or(OpenError::UnknownExercise)?;
    let last = exercise.mesas.keys().next_back().map_or(0, |number| number.0);
    Ok((MesaNumber(last + 1), MesaCard { theme: theme.clone(), ..first.clone() }))
}
