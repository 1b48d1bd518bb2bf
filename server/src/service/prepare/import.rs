//! Seats from a spreadsheet: the list is looked at, questions are answered, and what is ready
//! becomes organisations, seats and people in one step, which one step takes back.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::page::paste::{Looked, Paste, Taken};
use app::text::paste::COLUMN_CHOICES;
use domain::exercise::{SeatKind, SectorName};
use domain::text::alphabet::folded;
use domain::{
    Actor, ActorNumber, Exercise, PersonId, Seat, SeatId, ServerCommand, ShortText, StreamId,
};
use roster::{
    Answer, Answers, Asked, Change as Changed, Columns, Entry, Table, entries, preview, read,
    read_pasted,
};
use serde::{Deserialize, Serialize};
use store::NewPerson;

use super::actors::{Change, Named, person_in, records, with_seats};
use super::enter;
use crate::app_state::{AppState, Unexpected};
use crate::clock;
use crate::composed::composed;
use crate::service::account::amend;
use crate::service::form::is_mail;

/// Most organisations of an exercise.
const MOST: usize = 200;

/// The seats that there are, as the list is compared with them, and which they are.
fn known(
    seen: &Exercise,
    records: &BTreeMap<PersonId, NewPerson>,
) -> (Vec<roster::Seat>, Vec<SeatId>) {
    let actors = seen.actors.iter().filter(|actor| !actor.withdrawn);
    let seats = actors.flat_map(|actor| actor.seats.iter().map(move |seat| (actor, seat)));
    seats
        .map(|(actor, seat)| {
            let record = person_in(seen, seat.id).and_then(|person| records.get(&person));
            let text =
                |of: fn(&NewPerson) -> Option<String>| record.and_then(of).unwrap_or_default();
            let known = roster::Seat {
                organisation: actor.organisation.to_string(),
                sector: actor.sector,
                kind: seat.kind,
                person: text(|record| Some(record.name.clone())),
                mail: text(|record| record.mail.clone()),
                phone: text(|record| record.phone.clone()),
                signs: actor.signs,
            };
            (known, seat.id)
        })
        .unzip()
}

/// What was posted of the page.
#[derive(Clone, Debug, Default)]
pub struct Posted {
    /// The list.
    pub text: String,
    /// What the columns hold, by their places among [`COLUMN_CHOICES`]; none: they are guessed.
    pub columns: Option<Columns>,
    /// What was answered.
    pub answers: Answers,
    /// Whether what is ready is to be taken.
    pub takes: bool,
}

impl Posted {
    /// Reads the page's form.
    pub fn of(posted: &std::collections::HashMap<String, String>) -> Self {
        let text = |name: &str| posted.get(name).map(String::as_str).unwrap_or_default();
        let mut answers: Answers = serde_json::from_str(text("respuestas")).unwrap_or_default();
        let given: Option<(Asked, Answer)> = serde_json::from_str(text("responde")).ok();
        let written = serde_json::from_str::<Asked>(text("escribe")).ok().map(|asked| {
            let typed = text(&format!("texto-{}", text("escribe"))).trim().to_owned();
            (asked, Answer::Take(typed))
        });
        for (asked, answer) in given.into_iter().chain(written) {
            answers.give(asked, answer);
        }
        let held = |at: usize| {
            let place = posted.get(&format!("columna-{at}"))?;
            Some(place.parse().ok().and_then(|at: usize| COLUMN_CHOICES.get(at).copied()))
        };
        let columns: Vec<_> = (0..roster::MOST_COLUMNS).map_while(held).collect();
        Self {
            text: text("lista").to_owned(),
            columns: (!columns.is_empty()).then_some(Columns(columns)),
            answers,
            takes: posted.contains_key("agrega"),
        }
    }
}

/// Looks at a list, or takes what is ready of it.
///
/// # Errors
/// [`Unexpected`].
pub async fn paste(
    state: &AppState,
    stream: StreamId,
    seen: &Exercise,
    by: PersonId,
    posted: Posted,
) -> Result<Paste, Unexpected> {
    let records = records(state, seen).await?;
    let (seats, ids) = known(seen, &records);
    let Posted { text, columns, answers, takes } = posted;
    let looking = {
        let (text, seats) = (text.clone(), seats.clone());
        let sectors = seen.card.as_ref().map(|card| card.sectors.clone()).unwrap_or_default();
        move || look(&read_pasted(&text)?, columns, answers, &seats, &sectors)
    };
    // It may take seconds, and nobody else waits for it.
    let looked = tokio::task::spawn_blocking(looking).await.expect("looking doesn't panic");
    let looked = match looked {
        Ok(looked) => looked,
        Err(problem) => return Ok(Paste { text, problem: Some(problem), ..Paste::default() }),
    };
    if !takes {
        return Ok(Paste { text, looked: Some(looked), ..Paste::default() });
    }
    let (change, undo) = changes(seen, &records, &ids, &looked);
    let counts = looked.preview.counts;
    match enter(state, stream, by, change.commands, change.people).await? {
        Ok(()) => {
            let undo = serde_json::to_string(&undo).expect("plain data always serialises");
            let taken = Taken { new: counts.new, changed: counts.changed, undo, undone: false };
            Ok(Paste { taken: Some(taken), ..Paste::default() })
        }
        Err(rejection) => {
            // Somebody else changed the seats meanwhile: it is looked at again.
            tracing::warn!(%rejection, "a list of seats was refused");
            Ok(Paste { text, looked: Some(looked), ..Paste::default() })
        }
    }
}

/// Reads a file as text that can be pasted; its rows keep their numbers.
///
/// # Errors
/// [`roster::ReadError`].
pub async fn text_of(bytes: Vec<u8>) -> Result<String, roster::ReadError> {
    let reading = move || read(&bytes).map(|table| text_of_table(&table));
    tokio::task::spawn_blocking(reading).await.expect("reading doesn't panic")
}

fn text_of_table(table: &Table) -> String {
    let mut rows: Vec<_> = table.above.iter().chain(&table.header).chain(&table.rows).collect();
    rows.sort_by_key(|row| row.number);
    let mut text = String::new();
    let mut next = 1;
    for row in rows {
        while next < row.number && next <= u32::try_from(roster::MOST_ROWS).unwrap_or(u32::MAX) {
            text.push('\n');
            next += 1;
        }
        let cells: Vec<_> = row.cells.iter().map(|cell| cell_of(cell)).collect();
        text.push_str(&cells.join("\t"));
        text.push('\n');
        next = row.number.saturating_add(1);
    }
    text
}

/// A cell that stays one when its row is read again.
fn cell_of(cell: &str) -> String {
    if cell.contains(['\t', '\n', '\r', '"']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

fn look(
    table: &Table,
    columns: Option<Columns>,
    answers: Answers,
    seats: &[roster::Seat],
    sectors: &[SectorName],
) -> Result<Looked, roster::ReadError> {
    let columns = columns.unwrap_or_else(|| Columns::guess(table));
    let first = table.header.as_ref().or(table.rows.first());
    let cell = |at: usize| first.and_then(|row| row.cells.get(at)).cloned().unwrap_or_default();
    let headings = (0..table.width()).map(|at| cell(at).chars().take(40).collect()).collect();
    let preview = preview(table, &columns, seats, &answers, sectors);
    let mut organisations: Vec<_> = seats.iter().map(|seat| seat.organisation.clone()).collect();
    organisations.dedup();
    let found = table.found.clone();
    Ok(Looked { found, columns, headings, answers, preview, organisations })
}

/// What takes an import back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Undo {
    /// Organisations that it made.
    made: Vec<ActorNumber>,
    /// Organisations that it changed, as they were.
    actors: Vec<Actor>,
    /// Who had its seats.
    seats: Vec<(SeatId, Option<PersonId>)>,
    /// Records that it changed, as they were: person, name, mail, phone.
    people: Vec<(PersonId, String, Option<String>, Option<String>)>,
}

/// What the ready rows do. Of one organisation's rows the first sets its name, sector and whether it
/// signs; the list was settled so that they agree.
fn changes(
    seen: &Exercise,
    records: &BTreeMap<PersonId, NewPerson>,
    ids: &[SeatId],
    looked: &Looked,
) -> (Change, Undo) {
    let mut importing = Importing {
        seen,
        records,
        ids,
        actors: seen.actors.clone(),
        filled: Vec::new(),
        change: Change::default(),
        undo: Undo::default(),
    };
    for entry in entries(&looked.preview) {
        importing.take(&entry);
    }
    let Importing { actors, mut change, undo, .. } = importing;
    // Organisations come first, so that their seats are there.
    let mut first = Change::default();
    for actor in actors {
        let before = seen.actors.iter().find(|before| before.number == actor.number);
        first.actor(before.map(AsRef::as_ref), actor.as_ref().clone());
    }
    first.commands.append(&mut change.commands);
    first.people = change.people;
    (first, undo)
}

struct Importing<'a> {
    seen: &'a Exercise,
    records: &'a BTreeMap<PersonId, NewPerson>,
    ids: &'a [SeatId],
    /// The organisations as they will be.
    actors: Vec<Arc<Actor>>,
    /// Seats that a row of this list filled.
    filled: Vec<SeatId>,
    change: Change,
    undo: Undo,
}

impl Importing<'_> {
    fn take(&mut self, entry: &Entry<'_>) {
        let Ok(organisation) = ShortText::parse(&composed(&entry.seat.organisation)) else {
            return;
        };
        let Some(at) = self.actor(&organisation, entry.seat) else { return };
        let known = entry.known.and_then(|known| self.ids.get(known)).copied();
        let moves = entry.what.contains(&Changed::Kind);
        let seat = match known.filter(|_| !moves) {
            Some(seat) => seat,
            None => self.free_seat(at, entry.seat.kind),
        };
        self.filled.push(seat);
        self.undo.seats.push((seat, person_in(self.seen, seat)));
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let named = Named {
            name: ShortText::parse(&composed(&entry.seat.person)).ok().filter(|n| !n.is_empty()),
            mail: text(&entry.seat.mail),
            phone: text(&entry.seat.phone),
        };
        if let Some(old) = known.filter(|_| moves)
            && let Some(person) = person_in(self.seen, old)
        {
            self.undo.seats.push((old, Some(person)));
            self.change.moved(old, seat, person);
            return;
        }
        let same = !entry.what.contains(&Changed::Person);
        if let Some(record) =
            person_in(self.seen, seat).and_then(|person| self.records.get(&person)).filter(|_| same)
        {
            let NewPerson { id, name, mail, phone, .. } = record.clone();
            self.undo.people.push((id, name, mail, phone));
        }
        if named.name.is_some() {
            self.change.person(self.seen, self.records, seat, named, Some(same));
        }
    }

    /// The organisation with this name, as it will be; none: there are too many.
    fn actor(&mut self, organisation: &ShortText, seat: &roster::Seat) -> Option<usize> {
        let same = |actor: &Arc<Actor>| {
            !actor.withdrawn && folded(actor.organisation.as_str()) == folded(organisation.as_str())
        };
        if let Some(at) = self.actors.iter().position(same) {
            let before = Arc::clone(&self.actors[at]);
            if (before.sector, before.signs) != (seat.sector, seat.signs) {
                if self.seen.actors.iter().any(|known| known.number == before.number) {
                    self.undo.actors.push(before.as_ref().clone());
                }
                let actor = Arc::make_mut(&mut self.actors[at]);
                (actor.sector, actor.signs) = (seat.sector, seat.signs);
            }
            return Some(at);
        }
        if self.actors.len() >= MOST {
            return None;
        }
        let last = self.actors.iter().map(|actor| actor.number.0).max().unwrap_or(0);
        let made = Actor {
            number: ActorNumber(last + 1),
            organisation: organisation.clone(),
            sector: seat.sector,
            signs: seat.signs,
            ..with_seats(self.seen, None)
        };
        self.undo.made.push(made.number);
        self.actors.push(Arc::new(made));
        Some(self.actors.len() - 1)
    }

    /// A seat of that kind that nobody has; one is added where there is none.
    fn free_seat(&mut self, at: usize, kind: SeatKind) -> SeatId {
        let free = |seat: &&Seat| {
            seat.kind == kind
                && person_in(self.seen, seat.id).is_none()
                && !self.filled.contains(&seat.id)
        };
        if let Some(seat) = self.actors[at].seats.iter().find(free) {
            return seat.id;
        }
        let seat = Seat { id: SeatId(clock::new_id()), kind };
        let id = seat.id;
        Arc::make_mut(&mut self.actors[at]).seats.push(seat);
        id
    }
}

/// Takes an import back: its organisations no longer take part, seats and records are as they were.
/// The result is whether it was one of this exercise.
///
/// # Errors
/// [`Unexpected`].
pub async fn undo(
    state: &AppState,
    stream: StreamId,
    seen: &Exercise,
    by: PersonId,
    undo: &str,
) -> Result<bool, Unexpected> {
    let Ok(undo) = serde_json::from_str::<Undo>(undo) else { return Ok(false) };
    let records = records(state, seen).await?;
    let mut change = Change::default();
    for (seat, person) in undo.seats.into_iter().rev() {
        let known = person.is_none_or(|person| seen.registry.people.contains_key(&person));
        if seen.actor_of(seat).is_some() && known {
            change.invite(seat, person, None, clock::now());
        }
    }
    for (person, name, mail, phone) in undo.people {
        let Some(record) = records.get(&person) else { continue };
        // Only people in seats, whose mail nobody signs in with, and only what a form would take.
        let possible = !seen.registry.staff.contains_key(&person)
            && ShortText::parse(&composed(&name)).is_ok_and(|name| !name.is_empty())
            && mail.as_deref().is_none_or(is_mail)
            && phone.as_deref().is_none_or(|phone| ShortText::parse(phone).is_ok());
        if !possible {
            continue;
        }
        let before = NewPerson { name, mail, phone, ..record.clone() };
        if before != *record {
            change.commands.push(amend(&before));
            change.people.push(before);
        }
    }
    for actor in &seen.actors {
        let before = undo.actors.iter().find(|before| before.number == actor.number);
        let after = match before {
            Some(before) => {
                Actor { sector: before.sector, signs: before.signs, ..actor.as_ref().clone() }
            }
            None if undo.made.contains(&actor.number) => {
                Actor { withdrawn: true, ..actor.as_ref().clone() }
            }
            None => continue,
        };
        change.actor(Some(actor), after);
    }
    let commands: Vec<ServerCommand> = change.commands;
    if commands.is_empty() {
        return Ok(false);
    }
    Ok(enter(state, stream, by, commands, change.people).await?.is_ok())
}
