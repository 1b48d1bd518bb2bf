//! What people are called at the table, and that they are writing. No two people who are here share
//! a short name; only the facilitation sees full names.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::people::name::{Guest, short_names};
use domain::{ItemId, MesaNumber, PersonId, TextField, Viewer};
use sync::wire::{ServerFrame, Writing};
use tokio::time::Instant;

use super::Room;

/// The pause between two notifications that someone is writing.
const WRITING_EVERY: Duration = Duration::from_secs(1);
/// How long after that they may still be writing; devices repeat it every three seconds.
const WRITES_ON: Duration = Duration::from_secs(3);

/// The last notification of someone's writing.
pub(super) struct Wrote {
    at: Instant,
    writing: Writing,
}

impl Room {
    /// Who is here at a mesa: who came in and hasn't left, and whoever is connected without that.
    fn guests(&self, number: MesaNumber) -> Vec<Guest<'_, PersonId>> {
        let presence = self.here.get(&number).map(|here| &here.presence);
        let is_connected = |person| presence.is_some_and(|presence| presence.is_connected(person));
        let people = self.state.mesa(number).map(|mesa| &mesa.people);
        let is_here = |person: PersonId| {
            people.is_some_and(|people| {
                people.is_there(person) || people.entries_of(person).any(is_connected)
            })
        };
        let here = people.into_iter().flat_map(|people| people.counted());
        let here = here.filter(|(person, _)| is_here(*person));
        let name = |person| self.names.get(&person).map_or("", String::as_str);
        here.map(|(person, attendee)| Guest {
            who: person,
            name: name(person),
            organisation: attendee.organisation.as_str(),
        })
        .collect()
    }

    /// Who somebody is counted as at a mesa.
    fn one(&self, mesa: MesaNumber, person: PersonId) -> PersonId {
        self.state.mesa(mesa).map_or(person, |mesa| mesa.people.one(person))
    }

    /// What someone is called now, or would be with this name if they came in.
    pub(super) fn would_be_called(
        &self,
        mesa: MesaNumber,
        person: PersonId,
        name: &str,
        organisation: &str,
    ) -> String {
        let mut guests = self.guests(mesa);
        let person = self.one(mesa, person);
        if guests.iter().all(|guest| guest.who != person) {
            let name = self.names.get(&person).map_or(name, String::as_str);
            guests.push(Guest { who: person, name, organisation });
        }
        short_names(&guests).remove(&person).unwrap_or_default()
    }

    fn called(&mut self, mesa: MesaNumber) -> BTreeMap<PersonId, String> {
        let known = self.here.get_mut(&mesa).and_then(|here| here.called.take());
        let called = known.unwrap_or_else(|| short_names(&self.guests(mesa)));
        self.here.entry(mesa).or_default().called = Some(called.clone());
        called
    }

    /// Tells the people at the table that someone is writing; nothing is kept.
    pub(super) fn tell_writing(&mut self, person: PersonId, item: ItemId, field: TextField) {
        let now = Instant::now();
        let Some(mesa) = self.state.mesa_of(item) else { return };
        let known = mesa.item(item).is_some_and(|item| TextField::of(item.kind()).contains(&field));
        let mesa = mesa.number;
        let wrote = self.here.get(&mesa).and_then(|here| here.wrote.get(&person));
        let lately = wrote.is_some_and(|wrote| now.duration_since(wrote.at) < WRITING_EVERY);
        if lately || !known {
            return;
        }
        let one = self.one(mesa, person);
        let Some(name) = self.called(mesa).remove(&one) else { return };
        let wrote = Wrote { at: now, writing: Writing { person, name, item, field } };
        self.tell_mesa(mesa, &wrote.writing);
        self.here.entry(mesa).or_default().wrote.insert(person, wrote);
    }

    /// When who is here has changed, tells the new names of those who are writing.
    pub(super) fn call_anew(&mut self) {
        let now = Instant::now();
        let changed = self.here.iter().filter(|(_, here)| here.called.is_none());
        let changed: Vec<MesaNumber> = changed.map(|(mesa, _)| *mesa).collect();
        for mesa in changed {
            let Some(here) = self.here.get_mut(&mesa) else { continue };
            here.wrote.retain(|_, wrote| now.duration_since(wrote.at) < WRITES_ON);
            if here.wrote.is_empty() {
                continue;
            }
            let mut wrote = std::mem::take(&mut here.wrote);
            let called = self.called(mesa);
            for (person, wrote) in &mut wrote {
                let one = self.one(mesa, *person);
                if let Some(name) = called.get(&one).filter(|name| **name != wrote.writing.name) {
                    name.clone_into(&mut wrote.writing.name);
                    self.tell_mesa(mesa, &wrote.writing);
                }
            }
            self.here.entry(mesa).or_default().wrote = wrote;
        }
    }

    fn tell_mesa(&mut self, mesa: MesaNumber, writing: &Writing) {
        let frame = ServerFrame::Writing(writing.clone());
        for viewer in [Viewer::Facilitation(mesa), Viewer::Seat(mesa)] {
            self.outgoing.aside(viewer, &frame);
        }
    }
}
