//! A person's command that a form gives, as one of their devices would.

use domain::{Command, CommandId, MesaId, Rejection};
use store::OpenSession;
use sync::wire::{CommandFrame, Outcome};
use tokio::sync::mpsc;

use crate::app_state::{AppState, Unexpected};
use crate::clock;
use crate::room::{Connection, Issuer, Request, RoomEnded};

/// Gives it.
///
/// # Errors
/// [`Unexpected`].
pub async fn give(
    state: &AppState,
    mesa: MesaId,
    session: &OpenSession,
    command: Command,
) -> Result<Result<(), Rejection>, Unexpected> {
    let frame = CommandFrame {
        mesa: mesa.number,
        id: CommandId(clock::new_id()),
        again: false,
        on_behalf: None,
        client_at: clock::now(),
        command,
    };
    let OpenSession { person, session, grant, .. } = session.clone();
    let (answers, mut answer) = mpsc::channel(1);
    let request = Request::Command {
        frame: Box::new(frame),
        issuer: Issuer { person, session, grant },
        connection: Connection(clock::new_id()),
        answers,
    };
    state.rooms.get(mesa.exercise).await?.send(request).await?;
    match answer.recv().await.ok_or(RoomEnded)?.outcome {
        Outcome::Refused(rejection) => Ok(Err(rejection)),
        Outcome::Applied { .. } | Outcome::Unchanged { .. } => Ok(Ok(())),
    }
}
