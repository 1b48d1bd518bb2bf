//! How someone attends and what they allow: asked at the door, and changed by themselves afterwards; and the privacy notice.

use domain::people;
use std::sync::Arc;

use app::page::{Choices, Content, Notice, OwnAttendance};
use app::pages::attendance::code;
use axum::Form;
use axum::extract::{Path, Request, State};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::exercise::{MeetingMode, PrivacyNotice};
use domain::people::attendance::AttendanceMode;
use domain::people::attendance::{Attendee, Consent};
use domain::{Mesa, MesaId, MesaNumber, ServerCommand};
use serde::Deserialize;

use super::pages::{failed, respond};
use super::{session, surround};
use crate::app_state::{AppState, Unexpected};
use crate::clock;
use crate::room::Request as RoomRequest;

/// A mesa as addresses name it.
#[derive(Deserialize)]
pub(super) struct InPath {
    exercise: String,
    number: String,
}

impl InPath {
    /// The mesa; none when it is none.
    pub(super) fn id(&self) -> Option<MesaId> {
        Some(MesaId { exercise: self.exercise.parse().ok()?, number: MesaNumber::read(&self.number)? })
    }
}

/// What a form says of it. What isn't understood stays as it was.
#[derive(Clone, Default, Deserialize)]
pub(super) struct Chosen {
    #[serde(default)]
    modo: String,
    #[serde(default)]
    publico: String,
    #[serde(default)]
    aviso: String,
}

impl Chosen {
    /// Brings the form up to what was chosen in it.
    pub(super) fn put_into(&self, choices: &mut Choices) {
        choices.mode = choices.modes.iter().copied().find(|mode| code(*mode) == self.modo).unwrap_or(choices.mode);
        choices.name_public = !self.publico.is_empty();
    }

    /// What is allowed by it. Only a notice that was on the form is accepted: another one may have been published meanwhile.
    pub(super) fn consent(&self, choices: &Choices) -> Consent {
        let shown = self.aviso.parse().ok();
        let notice = choices.notice.as_ref().map(|notice| notice.version).filter(|version| shown == Some(*version));
        Consent { notice, name_public: !self.publico.is_empty() }
    }
}

/// What there is to choose at a mesa, for someone who came already or is new.
pub(super) fn choices(mesa: &Mesa, notice: Option<Arc<PrivacyNotice>>, known: Option<&Attendee>) -> Choices {
    use AttendanceMode::{Assisted, InRoom, Remote};
    let modes = match mesa.card.as_ref().map_or(MeetingMode::InPerson, |card| card.mode) {
        MeetingMode::InPerson => vec![InRoom, Assisted],
        MeetingMode::Remote => vec![Remote, Assisted],
        MeetingMode::Hybrid => vec![InRoom, Remote, Assisted],
    };
    let mode = known.map_or(modes[0], |known| known.mode);
    Choices { modes, mode, name_public: known.is_some_and(|known| known.name_public), notice }
}

/// `GET /ejercicio/{exercise}/mesa/{number}/asistencia`.
pub(super) async fn own(State(state): State<AppState>, Path(mesa): Path<InPath>, request: Request) -> Response {
    let headers = request.headers().clone();
    let content = change(&state, mesa, &headers, None).await.unwrap_or_else(|error| failed(&error));
    respond(&state, content, request).await
}

/// `POST` to the same address.
pub(super) async fn own_posted(
    State(state): State<AppState>,
    Path(mesa): Path<InPath>,
    headers: HeaderMap,
    Form(chosen): Form<Chosen>,
) -> Response {
    let content = change(&state, mesa, &headers, Some(chosen)).await.unwrap_or_else(|error| failed(&error));
    respond(&state, content, Request::default()).await
}

async fn change(state: &AppState, mesa: InPath, headers: &HeaderMap, chosen: Option<Chosen>) -> Result<Content, Unexpected> {
    let Some(mesa) = mesa.id() else { return Ok(Content::Notice(Notice::NotFound)) };
    let Some(signed_in) = session::signed_in_at(state, headers, mesa).await? else {
        return Ok(Content::Notice(Notice::SignInFirst));
    };
    let person = signed_in.person;
    let room = state.rooms.get(mesa.exercise).await?;
    let (seen, _) = room.ask(|reply| RoomRequest::Look { reply }).await?;
    let Some(here) = seen.mesa(mesa.number) else { return Ok(Content::Notice(Notice::NotFound)) };
    let Some(known) = here.attendees.get(&person) else { return Ok(Content::Notice(Notice::SignInFirst)) };
    let mut choices = choices(here, seen.notices.last().cloned(), Some(known));
    let mut accepted = known.notice.map(|accepted| accepted.version);
    let saved = chosen.is_some();
    if let Some(chosen) = chosen {
        chosen.put_into(&mut choices);
        let consent = chosen.consent(&choices);
        accepted = consent.notice.or(accepted);
        let registrations = vec![ServerCommand::People(people::ServerCommand::Declare {
            mesa: mesa.number,
            person,
            mode: choices.mode,
            consent,
            at: clock::now(),
        })];
        if let Err(rejection) = room.ask(|reply| RoomRequest::Register { registrations, people: Vec::new(), reply }).await? {
            tracing::warn!(%rejection, "what someone said of their attendance was refused");
            return Ok(Content::Notice(Notice::SignInFirst));
        }
    }
    let name = state.store.names(&[person]).await?.remove(&person).unwrap_or_default();
    let organisation = known.organisation.to_string();
    Ok(Content::Attendance(OwnAttendance { mesa: surround::mesa_link(&seen, mesa), name, organisation, choices, accepted, saved }))
}

/// `GET /aviso/{exercise}/mesa/{number}`.
pub(super) async fn privacy(State(state): State<AppState>, Path(mesa): Path<InPath>, request: Request) -> Response {
    let content = whole_notice(&state, mesa).await.unwrap_or_else(|error| failed(&error));
    respond(&state, content, request).await
}

async fn whole_notice(state: &AppState, mesa: InPath) -> Result<Content, Unexpected> {
    let Some(mesa) = mesa.id() else { return Ok(Content::Notice(Notice::NotFound)) };
    let found = state.rooms.look(mesa.exercise).await?.filter(|(seen, _)| seen.mesa(mesa.number).is_some());
    let Some((seen, _)) = found else { return Ok(Content::Notice(Notice::NotFound)) };
    Ok(Content::Privacy { mesa: surround::mesa_link(&seen, mesa), notice: seen.notices.last().cloned() })
}
