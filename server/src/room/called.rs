//! What people are called at the table, and that they are writing. Nobody is called by a name that could be someone else's who
//! is here; the whole names stay with the facilitation.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::people::attendance::Attendee;
use domain::people::name::{Guest, short_names};
use domain::{Audience, ItemId, PersonId, TextField};
use sync::wire::{ServerFrame, Writing};
use tokio::time::Instant;

use super::{Room, index_of};

/// How often at most the others are told that someone is writing.
const WRITING_EVERY: Duration = Duration::from_secs(1);
/// How long after that they may still be writing; devices say it again every three seconds.
const WRITES_ON: Duration = Duration::from_secs(3);

/// What was last told of someone's writing.
pub(super) struct Wrote {
    at: Instant,
    writing: Writing,
}

impl Room {
    /// Who is here: who came and hasn't left, and whoever is connected all the same.
    fn guests(&self) -> Vec<Guest<'_, PersonId>> {
        let attendees = self.state.attendees.iter();
        let here = attendees.filter(|(person, attendee)| Attendee::is_there(attendee) || self.presence.is_connected(**person));
        let name = |person| self.names.get(person).map_or("", String::as_str);
        here.map(|(person, attendee)| Guest { who: *person, name: name(person), organisation: attendee.organisation.as_str() }).collect()
    }

    /// What someone is called now, or would be with this name if they came in.
    pub(super) fn would_be_called(&self, person: PersonId, name: &str, organisation: &str) -> String {
        let mut guests = self.guests();
        if guests.iter().all(|guest| guest.who != person) {
            let name = self.names.get(&person).map_or(name, String::as_str);
            guests.push(Guest { who: person, name, organisation });
        }
        short_names(&guests).remove(&person).unwrap_or_default()
    }

    fn called(&mut self) -> &BTreeMap<PersonId, String> {
        let called = self.called.take().unwrap_or_else(|| short_names(&self.guests()));
        self.called.insert(called)
    }

    /// Tells the people at the table that someone is writing; nothing of it is kept.
    pub(super) fn tell_writing(&mut self, person: PersonId, item: ItemId, field: TextField) {
        let now = Instant::now();
        let lately = self.wrote.get(&person).is_some_and(|wrote| now.duration_since(wrote.at) < WRITING_EVERY);
        let known = self.state.item(item).is_some_and(|item| TextField::of(item.kind()).contains(&field));
        if lately || !known {
            return;
        }
        let Some(name) = self.called().get(&person).cloned() else { return };
        let wrote = Wrote { at: now, writing: Writing { person, name, item, field } };
        self.tell_table(&wrote.writing);
        self.wrote.insert(person, wrote);
    }

    /// Where who is here changed, those who are writing are called by what they are called from now on.
    pub(super) fn call_anew(&mut self) {
        if self.called.is_some() {
            return;
        }
        let now = Instant::now();
        self.wrote.retain(|_, wrote| now.duration_since(wrote.at) < WRITES_ON);
        if self.wrote.is_empty() {
            return;
        }
        let called = self.called().clone();
        let mut wrote = std::mem::take(&mut self.wrote);
        for (person, wrote) in &mut wrote {
            if let Some(name) = called.get(person).filter(|name| **name != wrote.writing.name) {
                name.clone_into(&mut wrote.writing.name);
                self.tell_table(&wrote.writing);
            }
        }
        self.wrote = wrote;
    }

    fn tell_table(&mut self, writing: &Writing) {
        let frame = ServerFrame::Writing(writing.clone());
        for audience in [Audience::Facilitation, Audience::Seats] {
            self.outgoing.aside(index_of(audience), &frame);
        }
    }
}
