//! The organisations, their seats and the people in them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use app::page::form::{Field, Form, Problem};
use app::page::prepare::{ActorRow, Consequence, EditedActor, Editing, Invitation, SeatRow};
use domain::codes::Coded;
use domain::deliberation::choice::Party;
use domain::deliberation::item::Details;
use domain::exercise::SeatKind;
use domain::text::alphabet::folded;
use domain::{
    Actor, ActorId, ActorNumber, Exercise, PersonId, Seat, SeatId, ServerCommand, SessionId,
    ShortText, StreamId, exercise, people,
};
use store::NewPerson;

use super::editing::Outcome;
use super::invitations::{Queued, mailing};
use super::{enter, made_at, zone};
use crate::app_state::{AppState, Unexpected};
use crate::clock;
use crate::service::account::amend;
use crate::service::form::Reading;

/// Most organisations of an exercise.
const MOST: usize = 200;
/// Names at least this alike (normalised Levenshtein distance) are one person's, corrected.
const ALIKE: f64 = 0.75;

/// Who has a seat: who was invited to it, or else who came last by one of its links.
pub fn person_in(seen: &Exercise, seat: SeatId) -> Option<PersonId> {
    let invited = seen.registry.invited.get(&seat).copied();
    let sessions = || {
        let mut of_seat = seen.registry.sessions.iter();
        of_seat.rfind(|(_, session)| session.grant.seat == Some(seat)).map(|(_, s)| s.person)
    };
    invited.or_else(sessions)
}

/// The first session in a seat of who has it.
pub fn entered_in(seen: &Exercise, seat: SeatId) -> Option<SessionId> {
    let person = person_in(seen, seat)?;
    let mut sessions = seen.registry.sessions.iter();
    let theirs = sessions.find(|(_, s)| s.grant.seat == Some(seat) && s.person == person);
    theirs.map(|(id, _)| *id)
}

/// The records of everybody with a seat or a role in the preparation.
///
/// # Errors
/// [`store::StoreError`].
pub async fn records(
    state: &AppState,
    seen: &Exercise,
) -> Result<BTreeMap<PersonId, NewPerson>, store::StoreError> {
    let seats = seen.actors.iter().flat_map(|actor| &actor.seats);
    let seated = seats.filter_map(|seat| person_in(seen, seat.id));
    let people: Vec<_> = seated.chain(seen.registry.staff.keys().copied()).collect();
    state.store.people(&people).await
}

/// The list.
pub fn rows(
    seen: &Exercise,
    people: &BTreeMap<PersonId, NewPerson>,
    queued: &Queued,
) -> Vec<ActorRow> {
    let zone = zone(seen);
    let seat = |seat: &Seat| {
        let person = person_in(seen, seat.id);
        let record = person.and_then(|person| people.get(&person));
        let invitation = match (entered_in(seen, seat.id), seen.registry.links_of(seat.id).last()) {
            (Some(session), _) => Invitation::Entered(made_at(zone, session.0)),
            (None, Some((link, _))) => Invitation::Linked(made_at(zone, link.0)),
            (None, None) if person.is_none() => Invitation::Nobody,
            (None, None) => Invitation::NoLink,
        };
        let sessions = person.into_iter().flat_map(|person| seen.registry.sessions_of(person));
        SeatRow {
            seat: seat.id,
            kind: seat.kind,
            person: person.map(|person| {
                (person, record.map(|record| record.name.clone()).unwrap_or_default())
            }),
            mail: record.and_then(|record| record.mail.clone()),
            invitation,
            mailing: mailing(seen, people, queued, seat.id),
            sessions: sessions.map(|(id, _)| (id, made_at(zone, id.0))).collect(),
        }
    };
    let row = |actor: &Arc<Actor>| ActorRow {
        number: actor.number,
        organisation: actor.organisation.to_string(),
        sector: actor.sector,
        signs: actor.signs,
        withdrawn: actor.withdrawn,
        acting: actor.seats.iter().map(|seat| seat.id).find(|seat| actor.acts_by(*seat)),
        seats: actor.seats.iter().map(seat).collect(),
    };
    // Those that an import made and its undoing took away leave no trace in the list.
    let shows = |actor: &&Arc<Actor>| {
        !actor.withdrawn || actor.seats.iter().any(|seat| person_in(seen, seat.id).is_some())
    };
    seen.actors.iter().filter(shows).map(row).collect()
}

/// The fields of a seat.
const HOLDER: [Field; 3] = [Field::Holder, Field::HolderMail, Field::HolderPhone];
const ALTERNATE: [Field; 3] = [Field::Alternate, Field::AlternateMail, Field::AlternatePhone];

fn fields_of(kind: SeatKind) -> [Field; 3] {
    match kind {
        SeatKind::Holder => HOLDER,
        SeatKind::Alternate => ALTERNATE,
    }
}

/// The form of an organisation; none: a new one, or no such one.
pub fn form(
    seen: &Exercise,
    people: &BTreeMap<PersonId, NewPerson>,
    number: Option<ActorNumber>,
) -> EditedActor {
    let actor = seen.actors.iter().find(|actor| Some(actor.number) == number);
    let mut typed = BTreeMap::new();
    match actor {
        None => {
            typed.insert(Field::Signs, "si".to_owned());
        }
        Some(actor) => {
            typed.insert(Field::Organisation, actor.organisation.to_string());
            typed.insert(Field::Sector, actor.sector.code().to_owned());
            if actor.signs {
                typed.insert(Field::Signs, "si".to_owned());
            }
            for seat in &actor.seats {
                let record = person_in(seen, seat.id).and_then(|person| people.get(&person));
                let Some(record) = record else { continue };
                let [name, mail, phone] = fields_of(seat.kind);
                typed.insert(name, record.name.clone());
                typed.insert(mail, record.mail.clone().unwrap_or_default());
                typed.insert(phone, record.phone.clone().unwrap_or_default());
            }
        }
    }
    EditedActor {
        number: actor.map(|actor| actor.number),
        editing: Editing { form: Form { typed, ..Form::default() }, consequences: Vec::new() },
        withdrawn: actor.is_some_and(|actor| actor.withdrawn),
        withdrawal: None,
    }
}

/// What a form says of the person in a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Their name; none: nobody.
    pub name: Option<ShortText>,
    /// Their mail address.
    pub mail: Option<String>,
    /// Their phone.
    pub phone: Option<String>,
}

/// Changes an organisation and who has its seats, or adds one.
///
/// # Errors
/// [`Unexpected`].
pub async fn save(
    state: &AppState,
    stream: StreamId,
    seen: &Exercise,
    by: PersonId,
    number: Option<ActorNumber>,
    typed: BTreeMap<Field, String>,
    confirmed: bool,
) -> Result<Outcome, Unexpected> {
    let records = records(state, seen).await?;
    let mut reading = Reading::new(typed);
    let organisation = reading.line(Field::Organisation);
    let sector = reading.choice(Field::Sector);
    let has = |sector| seen.card.as_ref().is_some_and(|card| card.sector_name(sector).is_some());
    if sector.is_some_and(|sector| !has(sector)) {
        reading.note(Field::Sector, Problem::NotAChoice);
    }
    let signs = !reading.form.text(Field::Signs).is_empty();
    let named = [SeatKind::Holder, SeatKind::Alternate]
        .map(|kind| (kind, named(&mut reading, fields_of(kind))));
    let same = |other: &&Arc<Actor>| {
        Some(other.number) != number
            && folded(other.organisation.as_str()) == folded(organisation.as_str())
    };
    if seen.actors.iter().any(|actor| same(&actor)) {
        reading.note(Field::Organisation, Problem::Taken);
    }
    if number.is_none() && seen.actors.len() >= MOST {
        reading.note(Field::Organisation, Problem::Full);
    }
    let (Some(sector), true) = (sector, reading.is_fine()) else {
        let form = reading.form;
        return Ok(Outcome::Back(Editing { form, consequences: Vec::new() }));
    };
    let before = seen.actors.iter().find(|actor| Some(actor.number) == number);
    let actor = Actor { organisation, sector, signs, ..with_seats(seen, before) };
    let mut change = Change::default();
    change.actor(before.map(AsRef::as_ref), actor.clone());
    for (kind, named) in named {
        let Some(seat) = actor.seats.iter().find(|seat| seat.kind == kind) else { continue };
        change.seat(seen, &records, seat.id, named);
    }
    if !change.consequences.is_empty() && !confirmed {
        let consequences = change.consequences;
        return Ok(Outcome::Back(Editing { form: reading.form, consequences }));
    }
    let entered = enter(state, stream, by, change.commands, change.people).await?;
    Ok(entered.map_or_else(|r| super::editing::refused(reading.form, &r), |()| Outcome::Saved))
}

fn named(reading: &mut Reading, [name, mail, phone]: [Field; 3]) -> Named {
    let named = reading.optional(name);
    let mail_address = reading.mail(mail);
    let number = reading.optional(phone);
    // An address or a phone without a name isn't dropped silently.
    if named.is_empty() && (mail_address.is_some() || !number.is_empty()) {
        reading.note(name, Problem::Missing);
    }
    Named {
        name: Some(named).filter(|name| !name.is_empty()),
        mail: mail_address,
        phone: Some(number.to_string()).filter(|phone| !phone.is_empty()),
    }
}

/// An actor with both its seats: the one there is, or a new one with the next number.
pub fn with_seats(seen: &Exercise, before: Option<&Arc<Actor>>) -> Actor {
    let mut actor = match before {
        Some(actor) => actor.as_ref().clone(),
        None => Actor {
            id: ActorId(clock::new_id()),
            number: ActorNumber(
                seen.actors.iter().map(|actor| actor.number.0).max().unwrap_or(0) + 1,
            ),
            organisation: ShortText::default(),
            sector: domain::exercise::Sector::CivilSociety,
            signs: true,
            seats: Vec::new(),
            acting: None,
            withdrawn: false,
        },
    };
    for kind in [SeatKind::Holder, SeatKind::Alternate] {
        if !actor.seats.iter().any(|seat| seat.kind == kind) {
            actor.seats.push(Seat { id: SeatId(clock::new_id()), kind });
        }
    }
    actor
}

/// Commands that change organisations and seats, with what they do.
#[derive(Debug, Default)]
pub struct Change {
    /// The commands, in order.
    pub commands: Vec<ServerCommand>,
    /// Records of the people whom they enrol or change.
    pub people: Vec<NewPerson>,
    /// What they do besides.
    pub consequences: Vec<Consequence>,
}

impl Change {
    /// Adds an organisation, or changes it.
    pub fn actor(&mut self, before: Option<&Actor>, after: Actor) {
        if before == Some(&after) {
            return;
        }
        let after = Box::new(after);
        self.commands.push(ServerCommand::Exercise(match before {
            Some(_) => exercise::ServerCommand::AmendActor(after),
            None => exercise::ServerCommand::SeatActor(after),
        }));
    }

    /// Names who has a seat: nobody, the same person with another record, or somebody else.
    pub fn seat(
        &mut self,
        seen: &Exercise,
        records: &BTreeMap<PersonId, NewPerson>,
        seat: SeatId,
        named: Named,
    ) {
        self.person(seen, records, seat, named, None);
    }

    /// The same where it is known whether it is the same person; otherwise the names tell.
    pub fn person(
        &mut self,
        seen: &Exercise,
        records: &BTreeMap<PersonId, NewPerson>,
        seat: SeatId,
        named: Named,
        same: Option<bool>,
    ) {
        let at = clock::now();
        let before = person_in(seen, seat);
        let record = before.and_then(|person| records.get(&person));
        let Some(name) = named.name else {
            if before.is_some() && seen.registry.invited.contains_key(&seat) {
                let name = record.map(|record| record.name.clone()).unwrap_or_default();
                self.consequences.push(Consequence::SeatChanges { before: name });
                self.invite(seat, None, None, at);
            }
            return;
        };
        let (mail, phone) = (named.mail, named.phone);
        let name = String::from(name);
        let is_same = |known: &NewPerson| same.unwrap_or_else(|| is_one(&known.name, &name));
        if let Some((person, record)) = before.zip(record).filter(|(_, known)| is_same(known)) {
            let after = NewPerson { name, mail, phone, ..record.clone() };
            if after != *record {
                self.commands.push(amend(&after));
                self.people.push(after);
            }
            if seen.registry.invited.get(&seat) != Some(&person) {
                self.invite(seat, Some(person), None, at);
            }
            return;
        }
        if let Some(record) = record {
            self.consequences.push(Consequence::SeatChanges { before: record.name.clone() });
        }
        let record = NewPerson {
            id: PersonId(clock::new_id()),
            salt: clock::salt(),
            name,
            mail,
            phone,
            passphrase: None,
        };
        self.invite(seat, Some(record.id), Some(record.record_digest()), at);
        self.people.push(record);
    }

    /// A person goes from one seat to another.
    pub fn moved(&mut self, from: SeatId, to: SeatId, person: PersonId) {
        let at = clock::now();
        self.invite(from, None, None, at);
        self.invite(to, Some(person), None, at);
    }

    /// Names who is invited to a seat.
    pub fn invite(
        &mut self,
        seat: SeatId,
        person: Option<PersonId>,
        enrols: Option<domain::Digest>,
        at: domain::Millis,
    ) {
        let invite = people::ServerCommand::Invite { seat, person, enrols, at };
        self.commands.push(ServerCommand::People(invite));
    }
}

/// Whether two names are one person's: the same but for accents and capitals, or a correction.
pub fn is_one(one: &str, other: &str) -> bool {
    let (one, other) = (folded(one), folded(other));
    let words = |name: &str| name.split_whitespace().map(str::to_owned).collect::<BTreeSet<_>>();
    let (few, many) = (words(&one), words(&other));
    let (few, many) = if few.len() <= many.len() { (few, many) } else { (many, few) };
    // A surname more or less: "Ana Ríos" is "Ana Ríos López".
    (few.len() > 1 && few.is_subset(&many))
        || one == other
        || strsim::normalized_levenshtein(&one, &other) >= ALIKE
}

/// Lets a seat of an organisation act for it; whether there is such a seat.
///
/// # Errors
/// [`Unexpected`].
pub async fn let_act(
    state: &AppState,
    stream: StreamId,
    seen: &Exercise,
    by: PersonId,
    number: ActorNumber,
    seat: SeatId,
) -> Result<bool, Unexpected> {
    let Some(before) = seen.actors.iter().find(|actor| actor.number == number) else {
        return Ok(false);
    };
    let mut change = Change::default();
    change.actor(Some(before), Actor { acting: Some(seat), ..before.as_ref().clone() });
    // Refused when the actor has no such seat.
    Ok(enter(state, stream, by, change.commands, Vec::new()).await?.is_ok())
}

/// What it does when an organisation no longer takes part.
pub fn withdrawal(seen: &Exercise, actor: &Actor) -> Consequence {
    let people = actor.seats.iter().filter_map(|seat| person_in(seen, seat.id)).count();
    let names = |party: &Party| matches!(party, Party::Actor(number) if *number == actor.number);
    let items = seen
        .mesas
        .values()
        .flat_map(|mesa| mesa.deliberation.items.values().filter(|item| mesa.is_visible(item)));
    let named = items.filter(|item| match &item.details {
        Details::Commitment(it) => names(&it.lead),
        Details::Activity(it) => names(&it.lead),
        _ => false,
    });
    Consequence::Withdrawn { people, named: named.count() }
}

/// An organisation no longer takes part, or does again. Its people are signed out and its links end;
/// what it said and led stays.
///
/// # Errors
/// [`Unexpected`].
pub async fn withdraw(
    state: &AppState,
    stream: StreamId,
    seen: &Exercise,
    by: PersonId,
    number: ActorNumber,
    withdrawn: bool,
) -> Result<(), Unexpected> {
    let Some(before) = seen.actors.iter().find(|actor| actor.number == number) else {
        return Ok(());
    };
    let mut change = Change::default();
    change.actor(Some(before), Actor { withdrawn, ..before.as_ref().clone() });
    if withdrawn {
        let at = clock::now();
        let vacate = |seat: &Seat| people::ServerCommand::Vacate { seat: seat.id, at };
        change.commands.extend(before.seats.iter().map(vacate).map(ServerCommand::People));
    }
    let _ = enter(state, stream, by, change.commands, Vec::new()).await?;
    Ok(())
}

/// Ends a session of who has a seat: the device is signed out. The result is whether there is such
/// a session.
///
/// # Errors
/// [`Unexpected`].
pub async fn end_session(
    state: &AppState,
    stream: StreamId,
    by: PersonId,
    session: SessionId,
) -> Result<bool, Unexpected> {
    let out = people::ServerCommand::SignOut { session, at: clock::now() };
    let entered = enter(state, stream, by, vec![ServerCommand::People(out)], Vec::new()).await?;
    Ok(entered.is_ok())
}
