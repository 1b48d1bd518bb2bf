//! The people of a mesa: state folded from its events.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::attendance::Attendee;
use crate::PersonId;

/// The people of a mesa.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// Who came in, each with their own id: one person may have come in twice.
    pub attendees: BTreeMap<PersonId, Attendee>,
    /// Who of them is counted as another, in the order in which that was said.
    pub merged: Vec<(PersonId, PersonId)>,
}

impl State {
    /// Who somebody is counted as: themselves, unless the facilitation said that they are another.
    pub fn one(&self, person: PersonId) -> PersonId {
        let mut one = person;
        while let Some((_, into)) = self.merged.iter().find(|(own, _)| *own == one) {
            one = *into;
        }
        one
    }

    /// Whether two are the same person.
    pub fn are_one(&self, person: PersonId, other: PersonId) -> bool {
        self.one(person) == self.one(other)
    }

    /// The ids under which a person came in.
    pub fn entries_of(&self, person: PersonId) -> impl Iterator<Item = PersonId> {
        let one = self.one(person);
        self.attendees.keys().copied().filter(move |other| self.one(*other) == one)
    }

    /// The people who came in, each once.
    pub fn counted(&self) -> impl Iterator<Item = (PersonId, &Attendee)> {
        let attendees = self.attendees.iter().map(|(person, attendee)| (*person, attendee));
        attendees.filter(|(person, _)| self.one(*person) == *person)
    }

    /// Whether a person came in, under any of their ids, and hasn't left.
    pub fn is_there(&self, person: PersonId) -> bool {
        self.entries_of(person)
            .any(|entry| self.attendees.get(&entry).is_some_and(Attendee::is_there))
    }
}
