//! Whether somebody may write at a mesa, who paused it and why, and what they say to it. Devices of
//! others learn nothing of it, so the person's own page is drawn here.

use std::sync::Arc;

use app::page::petition::{AskingProblem, OwnWriting, Paused};
use domain::text::words::WordsError;
use domain::{Exercise, MesaId, PersonId, Remark, ServerCommand, conduct};

use super::attendance::mesa_link;
use crate::app_state::{AppState, Unexpected};
use crate::composed::composed;
use crate::room::Request;

/// The page of somebody's own writing; `before` is the exercise as they came to it, `typed` what they
/// send now.
///
/// # Errors
/// [`Unexpected`].
pub async fn own(
    state: &AppState,
    mesa: MesaId,
    before: &Arc<Exercise>,
    person: PersonId,
    typed: Option<String>,
) -> Result<OwnWriting, Unexpected> {
    let text = typed.as_deref().map(|typed| Remark::parse(&composed(typed)));
    let problem = match &text {
        None | Some(Ok(_)) => None,
        Some(Err(WordsError::Empty)) => Some(AskingProblem::Missing),
        Some(Err(WordsError::TooLong { .. } | WordsError::Forbidden)) => {
            Some(AskingProblem::NotPlain)
        }
    };
    let mut sent = false;
    if let Some(Ok(text)) = text {
        let appeal = conduct::ServerCommand::Appeal { person, text };
        let commands = vec![ServerCommand::Conduct(mesa.number, appeal)];
        let room = state.rooms.get(mesa.exercise).await?;
        let said = room
            .ask(|reply| Request::Enter { commands, people: Vec::new(), by: Some(person), reply })
            .await?;
        if let Err(rejection) = &said {
            tracing::warn!(%rejection, "what somebody said to a pause of their writing was refused");
        }
        sent = said.is_ok();
    }
    let now = state.rooms.look_at(mesa).await?;
    let seen = now.map_or_else(|| Arc::clone(before), |(seen, _)| seen);
    let mute = seen.mesa(mesa.number).and_then(|mesa| mesa.mute_of(person)).cloned();
    let paused = match mute {
        None => None,
        Some(mute) => {
            let by = state.store.names(&[mute.by]).await?.remove(&mute.by).unwrap_or_default();
            Some(Paused {
                by,
                reason: mute.reason.to_string(),
                appeal: mute.appeal.map(|appeal| appeal.to_string()),
            })
        }
    };
    let sent = sent && paused.is_some();
    Ok(OwnWriting {
        mesa: mesa_link(&seen, mesa),
        paused,
        typed: typed.filter(|_| !sent).unwrap_or_default(),
        problem,
        sent,
    })
}
