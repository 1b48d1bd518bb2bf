//! Another mesa for an exercise that has one: the next number, a theme of its own; actors, seats, quota and period of the plan.

use domain::decide::decide;
use domain::judge::Context;
use domain::{Command, MesaCard, PersonId, Phase, Rejection, Role, ServerCommand, ShortText, State, StreamId};
use domain::{conduct, deliberation, exercise};
use store::{AppendError, Store, StoreError, StreamKind};

use crate::clock;
use crate::demo::{SeatWay, Ways};
use crate::operate::{Ledger, issue};

/// How often it is tried while others write to the plan, or have the same code.
const ATTEMPTS: u32 = 20;

/// Why a mesa can't be added.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    /// No such plan.
    #[error("there is no such plan")]
    UnknownPlan,
    /// The plan's agreements are closed.
    #[error("the plan is in {0:?}")]
    Closed(Phase),
    /// The rules refuse it.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Someone else kept writing.
    #[error("the plan is too busy")]
    Busy,
}

/// Opens the plan's next mesa, in preparation and with an open door. Works while a server runs: it notices within a second.
///
/// # Errors
/// [`AddError`]. After a failure the mesa may be there without its plan knowing; whoever opens it makes the plan know it.
pub async fn add(store: &Store, plan: StreamId, theme: &ShortText, base: &str) -> Result<Ways, AddError> {
    let mut book = open_plan(store, plan).await?;
    let card = next_card(store, plan, book.state(), theme).await?;
    let ways = open_mesa(store, plan, book.state(), &card, base).await?;
    for _ in 0..ATTEMPTS {
        match book.enter(&ServerCommand::Exercise(exercise::ServerCommand::GatherMesa(ways.mesa_id))) {
            // A server that runs was faster.
            Err(Rejection::IdTaken) => return Ok(ways),
            entered => entered?,
        }
        match book.write(store).await {
            Ok(()) => return Ok(ways),
            Err(AppendError::Conflict(_) | AppendError::Duplicate | AppendError::Taken) => book = Ledger::load(store, plan).await?,
            Err(AppendError::Store(error)) => return Err(error.into()),
        }
    }
    Err(AddError::Busy)
}

async fn open_plan(store: &Store, plan: StreamId) -> Result<Ledger, AddError> {
    let book = match Ledger::load(store, plan).await {
        Err(StoreError::NotFound) => return Err(AddError::UnknownPlan),
        book => book?,
    };
    if book.state().plan.is_none() {
        return Err(AddError::UnknownPlan);
    }
    // A mesa that moved on before its plan was told counts too.
    let mut phases = vec![book.state().phase];
    for mesa in &book.state().mesas {
        phases.extend(store.load(*mesa).await?.map(|loaded| loaded.state.phase));
    }
    match phases.into_iter().find(|phase| phase.is_of_the_plan()) {
        Some(phase) => Err(AddError::Closed(phase)),
        None => Ok(book),
    }
}

/// The card of the plan's next mesa: it meets as the plan's first one does, until someone says otherwise.
async fn next_card(store: &Store, plan: StreamId, book: &State, theme: &ShortText) -> Result<MesaCard, AddError> {
    let exercise = book.plan.as_deref().ok_or(AddError::UnknownPlan)?;
    let others: Vec<_> = store.mesas().await?.into_iter().filter(|mesa| mesa.plan == plan).collect();
    let first = others.first().ok_or(AddError::UnknownPlan)?;
    let first = store.load(first.stream).await?.and_then(|loaded| loaded.state.mesa).ok_or(StoreError::NotFound)?;
    Ok(MesaCard {
        number: others.iter().map(|mesa| mesa.number).max().unwrap_or(0) + 1,
        theme: theme.clone(),
        plan_starts: exercise.starts,
        plan_ends: exercise.ends,
        axes: exercise.axes.clone(),
        quota: exercise.quota.clone(),
        ..first.as_ref().clone()
    })
}

/// Writes the mesa's stream; the plan doesn't know it yet.
async fn open_mesa(store: &Store, plan_id: StreamId, book: &State, card: &MesaCard, base: &str) -> Result<Ways, AddError> {
    for _ in 0..ATTEMPTS {
        let mesa_id = StreamId(clock::new_id());
        let mut mesa = Ledger::new(mesa_id, StreamKind::Mesa);
        mesa.enter(&ServerCommand::Exercise(exercise::ServerCommand::OpenMesa(Box::new(card.clone()))))?;
        let join_code = clock::join_code();
        let code = ShortText::parse(&join_code).map_err(|_| Rejection::Deliberation(deliberation::Rejection::ForbiddenCharacters))?;
        mesa.enter(&ServerCommand::Conduct(conduct::ServerCommand::SetJoinCode(code)))?;
        let mut seats = Vec::new();
        for actor in &book.actors {
            mesa.enter(&ServerCommand::Exercise(exercise::ServerCommand::SeatActor(Box::new(actor.as_ref().clone()))))?;
            for seat in &actor.seats {
                let token = issue(&mut mesa, Role::Actor, Some(seat.id))?;
                seats.push(SeatWay { organisation: actor.organisation.to_string(), url: format!("{base}/enlace/{token}") });
            }
        }
        let facilitator = issue(&mut mesa, Role::Facilitator, None)?;
        let projector = issue(&mut mesa, Role::Projector, None)?;
        let person = PersonId(clock::new_id());
        let context = Context { person, seat: None, role: Role::Facilitator, now: clock::now(), since: &[] };
        mesa.add(decide(mesa.state(), &Command::Conduct(conduct::Command::SetDoor { open: true }), &context)?);
        match mesa.write(store).await {
            Ok(()) => {
                return Ok(Ways::new(base, (mesa_id, plan_id), join_code, (&facilitator, &projector), seats));
            }
            // Another mesa has that code.
            Err(AppendError::Conflict(_) | AppendError::Duplicate | AppendError::Taken) => {}
            Err(AppendError::Store(error)) => return Err(error.into()),
        }
    }
    Err(AddError::Busy)
}
