//! What is kept of a person, as a file for them: their record, how they attended and what they
//! agreed to, their devices, what they wrote and did. Secrets aren't in it, and of others only what
//! the person could read: the titles of what they wrote in.

use app::text::{name, own_data as keys, value};
use domain::agreement::signing;
use domain::people::attendance::Attendee;
use domain::text::patch::Step;
use domain::{
    Assignment, Event, Exercise, ItemId, Mesa, Millis, Patch, PersonId, StreamId, TextField,
    Viewer, conduct, pack, people,
};
use domain::{agreement, deliberation, floor, priority, veil};
use serde_json::{Map, Value, json};
use store::{Petition, Record, Store, StoreError};

use crate::clock;

/// What is kept of a person in an exercise, which they see as `viewer`.
///
/// # Errors
/// [`StoreError`].
pub async fn own_data(
    store: &Store,
    stream: StreamId,
    exercise: &Exercise,
    person: PersonId,
    viewer: Viewer,
) -> Result<Value, StoreError> {
    let kept = store.people(&[person]).await?.remove(&person).ok_or(StoreError::NotFound)?;
    let records = store.records_of(stream, person).await?;
    let petitions = store.petitions(stream, Some(person)).await?;
    let zone = exercise.card.as_ref().map(|card| card.time_zone.as_str());
    let made = Made { exercise, seen: exercise.for_viewer(viewer), zone };
    let attended = exercise.mesas.values().filter_map(|mesa| {
        mesa.people.attendees.get(&person).map(|attendee| made.attended(mesa, attendee))
    });
    Ok(json!({
        (keys::EXERCISE): exercise.card.as_ref().map(|card| &card.name),
        (keys::MADE): made.moment(clock::now()),
        (keys::PERSON): {
            (keys::ID): person,
            (keys::NAME): kept.name,
            (keys::MAIL): kept.mail,
            (keys::PHONE): kept.phone,
        },
        (keys::ATTENDED): attended.collect::<Vec<_>>(),
        (keys::NOTICES): records.iter().filter_map(|record| made.accepted(record)).collect::<Vec<_>>(),
        (keys::SESSIONS): records.iter().filter_map(|record| made.session(record)).collect::<Vec<_>>(),
        (keys::PETITIONS): petitions.iter().map(|asked| made.petition(asked)).collect::<Vec<_>>(),
        (keys::DONE): records.iter().filter_map(|record| made.done(record)).collect::<Vec<_>>(),
    }))
}

/// What the file is made from.
struct Made<'a> {
    exercise: &'a Exercise,
    seen: Exercise,
    zone: Option<&'a str>,
}

impl Made<'_> {
    /// A moment by the exercise's clock (RFC 3339).
    fn moment(&self, at: Millis) -> Option<String> {
        clock::written(self.zone.unwrap_or("UTC"), at)
    }

    fn attended(&self, mesa: &Mesa, attendee: &Attendee) -> Value {
        let stays = attendee.stays.iter().map(|stay| {
            json!({
                (keys::FROM): self.moment(stay.from),
                (keys::TO): stay.to.and_then(|to| self.moment(to)),
            })
        });
        let actor = attendee.seat.and_then(|seat| self.exercise.actor_of(seat));
        json!({
            (keys::MESA): mesa.number,
            (keys::ORGANISATION): attendee.organisation,
            (keys::SEAT): actor.map(|actor| &actor.organisation),
            (keys::MODE): app::text::attendance::mode(attendee.mode),
            (keys::STAYS): stays.collect::<Vec<_>>(),
            (keys::NAME_PUBLIC): attendee.name_public,
        })
    }

    fn accepted(&self, record: &Record) -> Option<Value> {
        let Event::People(people::Event::NoticeAccepted { mesa, version, at, .. }) = &record.event
        else {
            return None;
        };
        Some(json!({
            (keys::MESA): mesa,
            (keys::VERSION): version,
            (keys::AT): self.moment(*at),
        }))
    }

    fn petition(&self, asked: &Petition) -> Value {
        json!({
            (keys::AT): self.moment(asked.at),
            (keys::TEXT): asked.text,
            (keys::SETTLED): asked.settled.and_then(|at| self.moment(at)),
        })
    }

    fn session(&self, record: &Record) -> Option<Value> {
        let Event::People(people::Event::SessionOpened { session, opened }) = &record.event else {
            return None;
        };
        let now = self.exercise.registry.sessions.get(session);
        Some(json!({
            (keys::ID): session,
            (keys::MESA): opened.grant.mesa,
            (keys::ROLE): name::role(opened.grant.role),
            (keys::FROM): self.moment(record.at),
            (keys::OPEN): now.is_some_and(|session| !session.closed),
        }))
    }

    /// Something that they wrote or did; none for what is told elsewhere in the file.
    fn done(&self, record: &Record) -> Option<Value> {
        let mut what = match &record.event {
            Event::Deliberation(event) => self.written(event),
            Event::Conduct(_, conduct::Event::CheckOverridden { reason, .. }) => {
                map(json!({ (keys::TEXT): reason }))
            }
            Event::Conduct(_, conduct::Event::NoteWritten(note)) => {
                map(json!({ (keys::TEXT): note.text }))
            }
            Event::Conduct(_, conduct::Event::Muted(mute)) => {
                map(json!({ (keys::TEXT): mute.reason }))
            }
            Event::Conduct(_, conduct::Event::Appealed { text, .. }) => {
                map(json!({ (keys::TEXT): text }))
            }
            Event::Floor(_, floor::Event::RoundClosed { reason: Some(reason), .. }) => {
                map(json!({ (keys::TEXT): reason }))
            }
            Event::Agreement(agreement::Event::Stated { version, said, .. }) => {
                map(json!({ (keys::VERSION): version, (keys::VALUE): said }))
            }
            Event::Veil(_, veil::Event::Written { problem: Some(problem), .. }) => map(
                json!({ (keys::ID): problem.item, (keys::TITLE): problem.title, (keys::TEXT): problem.statement }),
            ),
            Event::Priority(_, priority::Event::Given { share, .. }) => {
                map(json!({ (keys::VALUE): share }))
            }
            Event::Agreement(agreement::Event::Signing(signing::Event::Marked {
                mark, ..
            })) => map(json!({ (keys::VALUE): mark })),
            Event::Pack(event) => match event {
                pack::Event::Sent(file) => map(json!({ (keys::TEXT): file.name })),
                pack::Event::Withdrawn { reason, .. } => map(json!({ (keys::TEXT): reason })),
                pack::Event::Absent(absence) => map(json!({ (keys::TEXT): absence.reason })),
                pack::Event::Opened(opening) => map(json!({ (keys::VALUE): opening.file })),
                pack::Event::Counted(results) => map(json!({ (keys::VALUE): results.file })),
                pack::Event::CountDropped { results } => map(json!({ (keys::VALUE): results })),
                pack::Event::Expected { .. } => Map::new(),
            },
            Event::Conduct(..)
            | Event::Exercise(_)
            | Event::Agreement(_)
            | Event::Floor(..)
            | Event::Priority(..)
            | Event::Veil(..)
            | Event::Redacted { .. } => Map::new(),
            Event::People(people::Event::NamePublicSet { public, .. }) => {
                map(json!({ (keys::NAME_PUBLIC): public }))
            }
            Event::People(_) => return None,
        };
        what.insert(keys::WHAT.to_owned(), record.event.name().into());
        what.insert(keys::AT.to_owned(), self.moment(record.at).into());
        if let Some(actor) = record.on_behalf.and_then(|seat| self.exercise.actor_of(seat)) {
            what.insert(keys::ON_BEHALF.to_owned(), actor.organisation.as_str().into());
        }
        Some(Value::Object(what))
    }

    fn written(&self, event: &deliberation::Event) -> Map<String, Value> {
        use deliberation::Event as E;
        match event {
            E::TextPatched { item, field, patch } => self.patched(*item, *field, patch),
            E::Assigned { item, value } => self.assigned(*item, value),
            E::Contributed { target, text, .. } => {
                let mut said = target.map(|target| self.item(target)).unwrap_or_default();
                said.insert(keys::TEXT.to_owned(), text.as_str().into());
                said
            }
            E::ItemAdded { item, .. }
            | E::ItemRemoved { item }
            | E::ItemRestored { item }
            | E::ItemMoved { item, .. }
            | E::HiddenSet { item, .. } => self.item(*item),
        }
    }

    fn patched(&self, item: ItemId, field: TextField, patch: &Patch) -> Map<String, Value> {
        let mut written = self.item(item);
        let kind = self.seen.item(item).map(|item| item.kind());
        let label = kind.map(|kind| app::text::field::long(field, kind));
        let deleted = patch.steps().iter().map(|step| match step {
            Step::Delete(count) => u64::from(*count),
            Step::Retain(_) | Step::Insert(..) => 0,
        });
        written.insert(keys::FIELD.to_owned(), label.into());
        written.insert(keys::INSERTED.to_owned(), patch.insertions().collect::<Vec<_>>().into());
        written.insert(keys::DELETED.to_owned(), deleted.sum::<u64>().into());
        written
    }

    fn assigned(&self, item: ItemId, to: &Assignment) -> Map<String, Value> {
        let mut written = self.item(item);
        let mesa = self.seen.mesa_of(item);
        let shown = mesa.map(|mesa| value::assigned(mesa, to)).filter(|shown| !shown.is_empty());
        // Switches and answers aren't words.
        let shown = shown.map_or_else(|| json!(to), Value::from);
        written.insert(keys::VALUE.to_owned(), shown);
        written
    }

    /// What an item is, by its present title.
    fn item(&self, item: ItemId) -> Map<String, Value> {
        let Some(item) = self.seen.item(item) else { return Map::new() };
        map(json!({ (keys::KIND): name::kind(item.kind()), (keys::TITLE): name::title(item) }))
    }
}

fn map(value: Value) -> Map<String, Value> {
    if let Value::Object(map) = value { map } else { Map::new() }
}
