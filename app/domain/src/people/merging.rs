//! One person who came in twice: merged, and parted again. Who wrote what stays as it was.

use std::cmp::Reverse;

use super::attendance::Attendee;
use super::{Event, Rejection};
use crate::mesa::Mesa;
use crate::{Millis, PersonId, deliberation};

/// Whom two entries are counted as: whoever has the seat, or else came first. Which of them was
/// named first makes no difference.
fn rank(person: PersonId, attendee: &Attendee) -> (Reverse<bool>, Option<Millis>, PersonId) {
    let came = attendee.stays.first().map(|stay| stay.from);
    (Reverse(attendee.seat.is_some()), came, person)
}

/// Two people are one. Those of two seats aren't: a seat is one answer.
pub(crate) fn merge(
    mesa: &Mesa,
    person: PersonId,
    with: PersonId,
) -> Result<Vec<Event>, crate::Rejection> {
    let people = &mesa.people;
    let known = |id: PersonId| {
        let one = people.one(id);
        let attendee = people.attendees.get(&one).ok_or(deliberation::Rejection::UnknownItem)?;
        Ok::<_, crate::Rejection>((one, attendee))
    };
    let ((one, first), (other, second)) = (known(person)?, known(with)?);
    if one == other {
        return Ok(Vec::new());
    }
    if first.seat.zip(second.seat).is_some_and(|(seat, another)| seat != another) {
        return Err(Rejection::TwoSeats.into());
    }
    let (into, person) =
        if rank(one, first) <= rank(other, second) { (one, other) } else { (other, one) };
    Ok(vec![Event::EntriesMerged { mesa: mesa.number, person, into }])
}

/// They are two after all.
pub(crate) fn part(mesa: &Mesa, person: PersonId) -> Result<Vec<Event>, crate::Rejection> {
    let people = &mesa.people;
    if !people.attendees.contains_key(&person) {
        return Err(deliberation::Rejection::UnknownItem.into());
    }
    let merged = people.one(person) != person;
    Ok(crate::judge::when(merged, Event::EntriesParted { mesa: mesa.number, person }))
}
