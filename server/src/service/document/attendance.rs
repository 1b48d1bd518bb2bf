//! The list of attendance of a mesa, from the record.

use app::text::{attendance as words, form};
use document::{AttendanceList, Attendee, Request};
use domain::{MesaNumber, text::alphabet};

use super::people::People;
use super::{Source, day};
use crate::clock;

impl Source<'_> {
    /// Who attended a mesa, by organisation; none when there is no such mesa.
    pub(super) fn attendance(&self, number: MesaNumber, people: &People) -> Option<Request> {
        let mesa = self.exercise.mesa(number)?;
        let card = mesa.card.as_deref()?;
        let mut attendees: Vec<Attendee> = mesa
            .people
            .attendees
            .iter()
            .map(|(person, attendee)| {
                let actor = attendee.seat.and_then(|seat| mesa.actor_of(seat));
                let seat = actor.and_then(|actor| {
                    actor.seats.iter().find(|seat| attendee.seat == Some(seat.id))
                });
                let left = attendee.stays.last().and_then(|stay| stay.to);
                Attendee {
                    person: people.name(*person).unwrap_or_default().to_owned(),
                    organisation: actor.map_or_else(
                        || attendee.organisation.to_string(),
                        |actor| actor.organisation.to_string(),
                    ),
                    sector: self.sector(actor.map(|actor| actor.sector)),
                    capacity: seat
                        .map(|seat| form::seat(seat.kind).to_lowercase())
                        .unwrap_or_default(),
                    mode: words::mode(attendee.mode).to_lowercase(),
                    arrived: attendee.stays.first().map(|stay| self.moment(stay.from)),
                    left: left.map(|at| self.moment(at)),
                }
            })
            .collect();
        attendees.sort_by_cached_key(|attendee| {
            (alphabet::place(&attendee.organisation), alphabet::place(&attendee.person))
        });
        Some(Request::AttendanceList(Box::new(AttendanceList {
            seal: self.seal(),
            exercise: self.exercise()?,
            logo: None,
            number: number.0.into(),
            theme: card.theme.to_string(),
            place: card.venue.to_string(),
            date: clock::day_and_time(self.zone(), card.starts_at).map(|(on, _)| day(on))?,
            to_sign: false,
            attendees,
        })))
    }
}
