//! The people in a document, with what may be said of them in which copy.

use std::collections::BTreeMap;

use domain::{Actor, Exercise, PersonId, Seat};
use store::{NewPerson, Store, StoreError};

use crate::service::prepare::actors::person_in;

/// The records of everybody whom a document may name.
pub(super) struct People(BTreeMap<PersonId, NewPerson>);

impl People {
    pub(super) async fn of(store: &Store, exercise: &Exercise) -> Result<Self, StoreError> {
        let seats = exercise.actors.iter().flat_map(|actor| &actor.seats);
        let seated = seats.filter_map(|seat| person_in(exercise, seat.id));
        let came = exercise.mesas.values().flat_map(|mesa| mesa.people.attendees.keys().copied());
        let signed = exercise.plan.rounds.iter().flat_map(|round| round.slots.values());
        let signed = signed.filter_map(|slot| slot.mark.as_ref()?.person());
        let staff = exercise.registry.staff.keys().copied();
        let all: Vec<_> = seated.chain(came).chain(staff).chain(signed).collect();
        store.people(&all).await.map(Self)
    }

    /// The name of a person; none when it was erased.
    pub(super) fn name(&self, person: PersonId) -> Option<&str> {
        let name = self.0.get(&person)?.name.as_str();
        (!name.is_empty()).then_some(name)
    }

    /// The name of who has a seat. In a public copy only if they consented to it.
    pub(super) fn in_seat(&self, exercise: &Exercise, seat: &Seat, public: bool) -> String {
        let person = person_in(exercise, seat.id)
            .filter(|person| !public || allows_its_name(exercise, *person));
        person.and_then(|person| self.name(person)).unwrap_or_default().to_owned()
    }

    /// How to reach an organisation: the mail or phone of who acts for it.
    pub(super) fn contact(&self, exercise: &Exercise, actor: &Actor) -> Option<String> {
        let seat = actor.seats.iter().find(|seat| actor.acts_by(seat.id))?;
        let record = self.0.get(&person_in(exercise, seat.id)?)?;
        record.mail.clone().or_else(|| record.phone.clone())
    }
}

/// Whether a person consented to the publication of their name, at any mesa.
pub(super) fn allows_its_name(exercise: &Exercise, person: PersonId) -> bool {
    let attended = exercise.mesas.values().filter_map(|mesa| mesa.people.attendees.get(&person));
    attended.into_iter().any(|attendee| attendee.name_public)
}
