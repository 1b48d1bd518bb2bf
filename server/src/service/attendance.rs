//! How someone attends and what they consent to: asked at the door, changed by themselves later.

use std::sync::Arc;

use app::page::plain::{Choices, MesaLink, OwnAttendance};
use domain::exercise::{MeetingMode, NoticeVersion, PrivacyNotice};
use domain::people::attendance::{AttendanceMode, Attendee, Consent};
use domain::{Exercise, Mesa, MesaId, PersonId, ServerCommand, people};

use crate::app_state::{AppState, Unexpected};
use crate::clock;
use crate::room::Request;

/// What someone chose.
#[derive(Clone, Copy, Debug, Default)]
pub struct Chosen {
    /// How they attend; none: as before.
    pub mode: Option<AttendanceMode>,
    /// Whether their name may be published.
    pub name_public: bool,
    /// The version of the notice that they were shown.
    pub notice: Option<NoticeVersion>,
}

impl Chosen {
    /// Fills the choices in. A mode of attendance that the mesa doesn't offer is ignored.
    pub fn put_into(&self, choices: &mut Choices) {
        choices.mode =
            self.mode.filter(|mode| choices.modes.contains(mode)).unwrap_or(choices.mode);
        choices.name_public = self.name_public;
    }

    /// The consent. Only a notice that they were shown is accepted: another may have been published
    /// meanwhile.
    pub fn consent(&self, choices: &Choices) -> Consent {
        let notice = choices
            .notice
            .as_ref()
            .map(|notice| notice.version)
            .filter(|version| self.notice == Some(*version));
        Consent { notice, name_public: self.name_public }
    }
}

/// The choices at a mesa, for someone who came already or is new.
pub fn choices(
    mesa: &Mesa,
    notice: Option<Arc<PrivacyNotice>>,
    known: Option<&Attendee>,
) -> Choices {
    use AttendanceMode::{Assisted, InRoom, Remote};
    let modes = match mesa.card.as_ref().map_or(MeetingMode::InPerson, |card| card.mode) {
        MeetingMode::InPerson => vec![InRoom, Assisted],
        MeetingMode::Remote => vec![Remote, Assisted],
        MeetingMode::Hybrid => vec![InRoom, Remote, Assisted],
    };
    let mode = known.map_or(modes[0], |known| known.mode);
    Choices { modes, mode, name_public: known.is_some_and(|known| known.name_public), notice }
}

/// A mesa's number, theme and exercise, for headings.
pub fn mesa_link(seen: &Exercise, mesa: MesaId) -> MesaLink {
    let card = seen.mesa(mesa.number).and_then(|mesa| mesa.card.as_ref());
    MesaLink {
        mesa,
        theme: card.map(|card| card.theme.to_string()).unwrap_or_default(),
        exercise: seen.card.as_ref().map(|card| card.name.to_string()).unwrap_or_default(),
    }
}

/// A person's own attendance at a mesa, changed to `chosen` if given. None when they never came in.
///
/// # Errors
/// [`Unexpected`].
pub async fn own(
    state: &AppState,
    mesa: MesaId,
    seen: &Exercise,
    person: PersonId,
    chosen: Option<Chosen>,
) -> Result<Option<OwnAttendance>, Unexpected> {
    let Some(here) = seen.mesa(mesa.number) else { return Ok(None) };
    let Some(known) = here.people.attendees.get(&person) else { return Ok(None) };
    let mut choices = choices(here, seen.notices.last().cloned(), Some(known));
    let mut accepted = known.notice.map(|accepted| accepted.version);
    if let Some(chosen) = chosen {
        chosen.put_into(&mut choices);
        let consent = chosen.consent(&choices);
        accepted = consent.notice.or(accepted);
        let (mode, at) = (choices.mode, clock::now());
        let declare = ServerCommand::People(people::ServerCommand::Declare {
            mesa: mesa.number,
            person,
            mode,
            consent,
            at,
        });
        let room = state.rooms.get(mesa.exercise).await?;
        let declared = room
            .ask(|reply| Request::Enter {
                commands: vec![declare],
                people: Vec::new(),
                by: None,
                reply,
            })
            .await?;
        if let Err(rejection) = declared {
            tracing::warn!(%rejection, "what someone said of their attendance was refused");
            return Ok(None);
        }
    }
    let name = state.store.names(&[person]).await?.remove(&person).unwrap_or_default();
    let organisation = known.organisation.to_string();
    let saved = chosen.is_some();
    Ok(Some(OwnAttendance {
        mesa: mesa_link(seen, mesa),
        name,
        organisation,
        choices,
        accepted,
        saved,
    }))
}
