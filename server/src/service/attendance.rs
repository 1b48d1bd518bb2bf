//! How someone attends and what they consent to: asked at the door, changed by themselves later.

use std::sync::Arc;

use app::page::plain::{Choices, DoorProblem, MesaLink, OwnAttendance};
use domain::exercise::{MeetingMode, NoticeVersion, PrivacyNotice};
use domain::people::attendance::{AttendanceMode, Attendee, Consent};
use domain::people::quorum::Quorum;
use domain::permission::{Scope, permitted};
use domain::{Action, Exercise, Mesa, MesaId, PersonId, Phase, ServerCommand, ShortText, people};
use store::NewPerson;

use crate::app_state::{AppState, Unexpected};
use crate::clock;
use crate::composed::composed;
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
    let one = here.people.one(person);
    let Some(known) = here.people.attendees.get(&one) else { return Ok(None) };
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
        has_seat: known.seat.is_some(),
        leads: leads(seen, mesa, person).then(|| (Quorum::of(here), seen.card.clone())),
        saved,
        problem: None,
    }))
}

/// Whether somebody leads a mesa.
fn leads(seen: &Exercise, mesa: MesaId, person: PersonId) -> bool {
    let mut sessions = seen.registry.sessions.values();
    sessions.any(|session| {
        let role = session.grant.role_at(mesa.number);
        session.person == person
            && !session.closed
            && permitted(Action::Conduct, Phase::Closed, role) != Scope::Nothing
    })
}

/// What someone says their name and organisation are.
#[derive(Clone, Debug)]
pub struct Corrected {
    /// Their name.
    pub name: String,
    /// Their organisation; of no account for whoever has a seat.
    pub organisation: String,
}

/// Corrects a person's name and, at a mesa, their organisation; what can't be shown changes nothing.
/// None when they never came in.
///
/// # Errors
/// [`Unexpected`].
pub async fn correct(
    state: &AppState,
    mesa: MesaId,
    seen: &Exercise,
    person: PersonId,
    said: Corrected,
) -> Result<Option<OwnAttendance>, Unexpected> {
    let Some(mut own) = own(state, mesa, seen, person, None).await? else { return Ok(None) };
    let Some(kept) = state.store.people(&[person]).await?.remove(&person) else { return Ok(None) };
    let (typed_name, typed_organisation) = (composed(&said.name), composed(&said.organisation));
    let (name, organisation) =
        match (ShortText::parse(&typed_name), ShortText::parse(&typed_organisation)) {
            (Ok(name), Ok(_)) if name.is_empty() => {
                own.problem = Some(DoorProblem::NameMissing);
                return Ok(Some(own));
            }
            (Ok(name), Ok(organisation)) => (name, organisation),
            _ => {
                own.problem = Some(DoorProblem::NotPlain);
                (own.name, own.organisation) = (typed_name, typed_organisation);
                return Ok(Some(own));
            }
        };
    let record = NewPerson {
        id: person,
        salt: clock::salt(),
        name: name.into(),
        mail: kept.mail,
        phone: kept.phone,
        passphrase: kept.passphrase,
    };
    let people: Vec<_> = (record.name != kept.name).then_some(record).into_iter().collect();
    let correct = ServerCommand::People(people::ServerCommand::Correct {
        mesa: mesa.number,
        person,
        record: people.first().map(NewPerson::record_digest),
        organisation: organisation.clone(),
        at: clock::now(),
    });
    if let Some(record) = people.first() {
        record.name.clone_into(&mut own.name);
    }
    let room = state.rooms.get(mesa.exercise).await?;
    let corrected = room
        .ask(|reply| Request::Enter { commands: vec![correct], people, by: None, reply })
        .await?;
    if let Err(rejection) = corrected {
        tracing::warn!(%rejection, "a correction was refused");
        return Ok(None);
    }
    if !own.has_seat {
        own.organisation = organisation.into();
    }
    own.saved = true;
    Ok(Some(own))
}
