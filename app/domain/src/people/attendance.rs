//! Who came, when and how, and what they allowed (section 4: attendee): for the list of attendance and the minutes. A name is
//! never here: it is in the person's record.

use crate::deliberation;
use serde::{Deserialize, Serialize};

use super::{Event, Rejection, SignIn};
use crate::exercise::NoticeVersion;
use crate::mesa::Mesa;
use crate::{Millis, PersonId, SeatId, ShortText};

/// How a person attends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AttendanceMode {
    /// En sala.
    InRoom,
    /// A distancia.
    Remote,
    /// Con ayuda de otra persona.
    Assisted,
}

/// A while that someone was at the mesa.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stay {
    /// When they came, by the server's clock, ms since the epoch.
    pub from: Millis,
    /// When they left; none while they are there.
    pub to: Option<Millis>,
}

/// A privacy notice that someone accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// Its version.
    pub version: NoticeVersion,
    /// When, by the server's clock, ms since the epoch.
    pub at: Millis,
}

/// Someone who came. Only the facilitation sees who did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendee {
    /// For which organisation.
    pub organisation: ShortText,
    /// In which seat.
    pub seat: Option<SeatId>,
    /// How.
    pub mode: AttendanceMode,
    /// Arrivals and departures, oldest first; never empty.
    pub stays: Vec<Stay>,
    /// The privacy notice that they accepted last.
    pub notice: Option<Accepted>,
    /// Whether their name may be published.
    pub name_public: bool,
}

impl Attendee {
    /// Whether they came and haven't left.
    pub fn is_there(&self) -> bool {
        self.stays.last().is_some_and(|stay| stay.to.is_none())
    }
}

/// What someone says of their own attendance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Consent {
    /// The privacy notice that they were shown and accept.
    pub notice: Option<NoticeVersion>,
    /// Whether their name may be published.
    pub name_public: bool,
}

impl Mesa {
    pub(crate) fn arrive(&mut self, person: PersonId, organisation: &ShortText, seat: Option<SeatId>, mode: AttendanceMode, at: Millis) {
        let known = self.attendees.entry(person).or_insert_with(|| Attendee {
            organisation: ShortText::default(),
            seat,
            mode,
            stays: Vec::new(),
            notice: None,
            name_public: false,
        });
        organisation.clone_into(&mut known.organisation);
        (known.seat, known.mode) = (seat, mode);
        if !known.is_there() {
            known.stays.push(Stay { from: at, to: None });
        }
    }

    pub(crate) fn leave(&mut self, person: PersonId, at: Millis) {
        let stay = self.attendees.get_mut(&person).and_then(|attendee| attendee.stays.last_mut());
        if let Some(stay) = stay.filter(|stay| stay.to.is_none()) {
            stay.to = Some(at);
        }
    }

    pub(crate) fn allow(&mut self, person: PersonId, allow: impl FnOnce(&mut Attendee)) {
        if let Some(attendee) = self.attendees.get_mut(&person) {
            allow(attendee);
        }
    }
}

/// A device that is let in to a mesa: a person on two devices is one attendance.
pub(crate) fn come_in(state: &Mesa, sign_in: &SignIn) -> Vec<Event> {
    let person = sign_in.opened.person;
    let known = state.attendees.get(&person);
    let mut events = Vec::new();
    if !known.is_some_and(Attendee::is_there) {
        let (organisation, seat) = (sign_in.organisation.clone(), sign_in.opened.grant.seat);
        events.push(Event::Arrived { mesa: state.number, person, organisation, seat, mode: sign_in.mode, at: sign_in.at });
    }
    // A second device doesn't take back what the first one allowed.
    let name_public = sign_in.consent.name_public || known.is_some_and(|known| known.name_public);
    events.extend(consent(state, person, Consent { name_public, ..sign_in.consent }, sign_in.at));
    events
}

/// What changes when someone allows this.
pub(crate) fn consent(state: &Mesa, person: PersonId, consent: Consent, at: Millis) -> Vec<Event> {
    let known = state.attendees.get(&person);
    let (before, public) = known.map_or((None, false), |known| (known.notice, known.name_public));
    let accepted = consent.notice.filter(|version| before.is_none_or(|before| before.version != *version));
    let accepted = accepted.map(|version| Event::NoticeAccepted { mesa: state.number, person, version, at });
    let publish =
        (consent.name_public != public).then_some(Event::NamePublicSet { mesa: state.number, person, public: consent.name_public });
    accepted.into_iter().chain(publish).collect()
}

/// Someone changes what they said of their own attendance.
pub(crate) fn declare(
    state: &Mesa,
    person: PersonId,
    mode: AttendanceMode,
    allowed: Consent,
    at: Millis,
) -> Result<Vec<Event>, crate::Rejection> {
    let known = state.attendees.get(&person).ok_or(Rejection::UnknownGrant)?;
    let mut events = Vec::new();
    if known.mode != mode || !known.is_there() {
        events.push(Event::Arrived { mesa: state.number, person, organisation: known.organisation.clone(), seat: known.seat, mode, at });
    }
    events.extend(consent(state, person, allowed, at));
    Ok(events)
}

/// The facilitation notes that someone is there, or left.
pub(crate) fn note(state: &Mesa, person: PersonId, there: bool, at: Millis) -> Result<Vec<Event>, crate::Rejection> {
    let known = state.attendees.get(&person).ok_or(deliberation::Rejection::UnknownItem)?;
    Ok(match (known.is_there(), there) {
        (false, true) => {
            vec![Event::Arrived {
                mesa: state.number,
                person,
                organisation: known.organisation.clone(),
                seat: known.seat,
                mode: known.mode,
                at,
            }]
        }
        (true, false) => vec![Event::Left { mesa: state.number, person, at }],
        (true, true) | (false, false) => Vec::new(),
    })
}
