//! A person's record: corrected by themselves, and erased for good.

use super::attendance::Attendee;
use super::decide::remove;
use super::{Event, Rejection};
use crate::exercise::Exercise;
use crate::mesa::Mesa;
use crate::permission::{Action, Phase, Role, Scope, permitted};
use crate::{Digest, MesaNumber, Millis, PersonId, ShortText};

/// Whether somebody who leads a mesa may anonymise people there: once the plan is signed, for until
/// then it has to be known who answers for what. The operator may at any time.
pub fn may_anonymise(mesa: &Mesa, role: Role) -> bool {
    let phase = mesa.conduct.phase;
    phase >= Phase::FollowUp && permitted(Action::Conduct, phase, role) != Scope::Nothing
}

/// Erases a person's record; `record` is the digest of what is left of it. Whoever they were has no
/// role, link or device any more, and their name isn't published.
pub(crate) fn anonymise(
    exercise: &Exercise,
    person: PersonId,
    record: Digest,
    at: Millis,
) -> Result<Vec<Event>, crate::Rejection> {
    let known = exercise.registry.people.get(&person).ok_or(Rejection::UnknownGrant)?;
    if *known == record {
        return Ok(Vec::new());
    }
    let public = exercise.mesas.values().filter(|mesa| {
        mesa.people.attendees.get(&person).is_some_and(|attendee| attendee.name_public)
    });
    let private =
        public.map(|mesa| Event::NamePublicSet { mesa: mesa.number, person, public: false });
    Ok(std::iter::once(Event::PersonAnonymised { person, record })
        .chain(remove(exercise, person, at))
        .chain(private)
        .collect())
}

/// Corrects a person's record, and at a mesa the organisation of whoever has no seat: that of a seat
/// is its actor's.
pub(crate) fn correct(
    exercise: &Exercise,
    mesa: MesaNumber,
    person: PersonId,
    record: Option<Digest>,
    organisation: &ShortText,
    at: Millis,
) -> Result<Vec<Event>, crate::Rejection> {
    let known = exercise.mesa(mesa).and_then(|mesa| mesa.people.attendees.get(&person));
    let known = known.ok_or(Rejection::UnknownGrant)?;
    let corrected = record
        .filter(|record| exercise.registry.people.get(&person) != Some(record))
        .map(|record| Event::PersonEnrolled { person, record });
    let Attendee { seat, mode, .. } = *known;
    let moved = (seat.is_none() && known.organisation != *organisation).then(|| Event::Arrived {
        mesa,
        person,
        organisation: organisation.clone(),
        seat,
        mode,
        at,
    });
    Ok(corrected.into_iter().chain(moved).collect())
}
