//! Coming to a mesa, changing how one attends, and being noted as present or gone.

use super::attendance::{AttendanceMode, Attendee, Consent};
use super::{Event, Rejection, SignIn};
use crate::mesa::Mesa;
use crate::{Millis, PersonId, deliberation};

/// A device is let in to a mesa. A person with two devices is one attendee.
pub(crate) fn come_in(state: &Mesa, sign_in: &SignIn) -> Vec<Event> {
    let person = sign_in.opened.person;
    let known = state.people.attendees.get(&person);
    let mut events = Vec::new();
    let grant = sign_in.opened.grant;
    // Who came by the join code may turn out to have a seat.
    let sits_there =
        |known: &Attendee| known.is_there() && (known.seat == grant.seat || grant.seat.is_none());
    if !known.is_some_and(sits_there) {
        let (organisation, seat) = (sign_in.organisation.clone(), grant.seat);
        events.push(Event::Arrived {
            mesa: state.number,
            person,
            organisation,
            seat,
            mode: sign_in.mode,
            at: sign_in.at,
        });
    }
    // A second device doesn't withdraw a consent given on the first.
    let name_public = sign_in.consent.name_public || known.is_some_and(|known| known.name_public);
    events.extend(consent(state, person, Consent { name_public, ..sign_in.consent }, sign_in.at));
    events
}

/// The events of a consent.
pub(crate) fn consent(state: &Mesa, person: PersonId, consent: Consent, at: Millis) -> Vec<Event> {
    let known = state.people.attendees.get(&person);
    let (before, public) = known.map_or((None, false), |known| (known.notice, known.name_public));
    let accepted =
        consent.notice.filter(|version| before.is_none_or(|before| before.version != *version));
    let accepted =
        accepted.map(|version| Event::NoticeAccepted { mesa: state.number, person, version, at });
    let publish = (consent.name_public != public).then_some(Event::NamePublicSet {
        mesa: state.number,
        person,
        public: consent.name_public,
    });
    accepted.into_iter().chain(publish).collect()
}

/// Someone changes how they attend.
pub(crate) fn declare(
    state: &Mesa,
    person: PersonId,
    mode: AttendanceMode,
    allowed: Consent,
    at: Millis,
) -> Result<Vec<Event>, crate::Rejection> {
    // Under whatever id they came in on this device.
    let person = state.people.one(person);
    let known = state.people.attendees.get(&person).ok_or(Rejection::UnknownGrant)?;
    let mut events = Vec::new();
    if known.mode != mode || !known.is_there() {
        events.push(Event::Arrived {
            mesa: state.number,
            person,
            organisation: known.organisation.clone(),
            seat: known.seat,
            mode,
            at,
        });
    }
    events.extend(consent(state, person, allowed, at));
    Ok(events)
}

/// The facilitation notes that someone is present, or left.
pub(crate) fn note(
    state: &Mesa,
    person: PersonId,
    there: bool,
    at: Millis,
) -> Result<Vec<Event>, crate::Rejection> {
    let known = state.people.attendees.get(&person).ok_or(deliberation::Rejection::UnknownItem)?;
    Ok(match (state.people.is_there(person), there) {
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
        // Under whatever id they came in.
        (true, false) => {
            let theirs = state
                .people
                .entries_of(person)
                .filter(|entry| state.people.attendees.get(entry).is_some_and(Attendee::is_there));
            theirs.map(|person| Event::Left { mesa: state.number, person, at }).collect()
        }
        (true, true) | (false, false) => Vec::new(),
    })
}
