//! Sending the plan to everybody who takes part: a letter for a version and a person, asked for by
//! who prepares the exercise as a whole.

use std::collections::{BTreeMap, BTreeSet};

use app::page::dispatch::{AtDesk, Dispatch, Done, Recipient};
use app::page::mail::Delivery;
use domain::agreement::VersionNumber;
use domain::{Exercise, MesaId, Millis, PersonId, ServerCommand, StreamId};
use store::{JobStatus, NewJob, NewPerson, StoreError};

use super::account::amend;
use super::document::folio;
use super::prepare::actors::person_in;
use super::prepare::enter;
use crate::app_state::{AppState, Unexpected};
use crate::clock;
use crate::mail::{self, PLAN, PlanJob, plan_key};

/// Somebody who gets the plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Takes {
    /// The organisations for which they take part, in order.
    pub organisations: Vec<String>,
    /// Whether they have a seat of an organisation that signs, and get the copy with everything.
    pub full: bool,
}

/// Who gets the plan: whoever has a seat, once, however many seats they have; and who attended
/// without one.
pub fn recipients(seen: &Exercise) -> BTreeMap<PersonId, Takes> {
    let mut found: BTreeMap<PersonId, Takes> = BTreeMap::new();
    for actor in seen.actors.iter().filter(|actor| !actor.withdrawn) {
        for seat in &actor.seats {
            let Some(person) = person_in(seen, seat.id) else { continue };
            let takes = found.entry(person).or_default();
            takes.full |= actor.signs;
            let organisation = actor.organisation.to_string();
            if !takes.organisations.contains(&organisation) {
                takes.organisations.push(organisation);
            }
        }
    }
    for mesa in seen.mesas.values() {
        for (person, attendee) in &mesa.people.attendees {
            let counted_as = mesa.people.one(*person);
            if attendee.seat.is_some() || counted_as != *person || found.contains_key(person) {
                continue;
            }
            let organisation = attendee.organisation.to_string();
            let organisations = Some(organisation).filter(|text| !text.is_empty());
            let organisations = organisations.into_iter().collect();
            found.insert(*person, Takes { organisations, full: false });
        }
    }
    found
}

/// Whether a version is signed: then that one is sent, also to whom it was sent before.
pub fn is_signed(seen: &Exercise, version: VersionNumber) -> bool {
    seen.plan.round_of(version).is_some_and(|round| round.seal.is_some())
}

/// What the desk says of it. `may_send`: whether the page that sends is open to who reads.
///
/// # Errors
/// [`StoreError`].
pub async fn at_desk(
    state: &AppState,
    mesa: MesaId,
    seen: &Exercise,
    may_send: bool,
) -> Result<AtDesk, StoreError> {
    let page = page(state, mesa, seen, "", None).await?;
    Ok(app::text::dispatch::at_desk(&page, may_send))
}

/// The page of a mesa's desk.
///
/// # Errors
/// [`StoreError`].
pub async fn page(
    state: &AppState,
    mesa: MesaId,
    seen: &Exercise,
    base: &str,
    done: Option<Done>,
) -> Result<Dispatch, StoreError> {
    let stream = mesa.exercise;
    let card = seen.card.as_deref();
    let zone = card.map_or("UTC", |card| card.time_zone.as_str());
    let version = seen.plan.version();
    let key = version.map(|version| (version.number, is_signed(seen, version.number)));
    let seal = version.and_then(|version| seen.plan.round_of(version.number)?.seal);
    let asked = state.store.jobs(stream, PLAN).await?;
    let records = records(state, seen).await?;
    let row = |(person, takes): (PersonId, Takes)| {
        let record = records.get(&person)?;
        let job = key.and_then(|(version, signed)| asked.get(&plan_key(version, signed, person)));
        let mail = record.mail.clone().unwrap_or_default();
        let delivery = job.map(|job| mail::delivery(job, zone));
        // Of who came without a seat an address isn't expected.
        let concerns = in_seat(seen, person) || !mail.is_empty() || delivery.is_some();
        concerns.then(|| Recipient {
            person,
            name: record.name.clone(),
            organisations: takes.organisations,
            mail,
            full: takes.full,
            delivery,
        })
    };
    let mut people: Vec<Recipient> = recipients(seen).into_iter().filter_map(row).collect();
    let place = |one: &Recipient| {
        let of = one.organisations.first().map(|name| domain::text::alphabet::folded(name));
        (of.is_none(), of, domain::text::alphabet::folded(&one.name))
    };
    people.sort_by_cached_key(place);
    Ok(Dispatch {
        mesa,
        name: card.map(|card| card.name.to_string()).unwrap_or_default(),
        folio: folio(seen, stream),
        version: version.map(|it| (it.number, clock::day_and_time(zone, it.at))),
        signed: seal.map(|seal| clock::day_and_time(zone, seal.at)),
        post: state.mail.post(&state.store, stream, zone).await?,
        people,
        address: format!("{base}{}", app::address::plan(stream)),
        public: !seen.registry.closed_to_followers,
        done,
    })
}

fn in_seat(seen: &Exercise, person: PersonId) -> bool {
    let taking_part = seen.actors.iter().filter(|actor| !actor.withdrawn);
    let mut seats = taking_part.flat_map(|actor| &actor.seats);
    seats.any(|seat| person_in(seen, seat.id) == Some(person))
}

async fn records(
    state: &AppState,
    seen: &Exercise,
) -> Result<BTreeMap<PersonId, NewPerson>, StoreError> {
    let people: Vec<_> = recipients(seen).into_keys().collect();
    state.store.people(&people).await
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// To everybody who has an address and wasn't sent it.
    Everybody,
    /// Again to those to whom it was refused.
    Refused,
    /// Again to somebody of whom it isn't known whether it arrived.
    Again(PersonId),
    /// To somebody at a corrected address.
    At(PersonId, String),
}

/// Asks for letters with a version. `by` is who asks.
///
/// # Errors
/// [`Unexpected`].
pub async fn ask(
    state: &AppState,
    stream: StreamId,
    seen: &Exercise,
    by: PersonId,
    version: VersionNumber,
    asked: Asked,
) -> Result<Done, Unexpected> {
    if seen.plan.version().is_none_or(|last| last.number != version) {
        return Ok(Done::OtherVersion);
    }
    if state.mail.of(&state.store, stream).await?.is_none() {
        return Ok(Done::Asked(0));
    }
    let signed = is_signed(seen, version);
    let plan = Plan { state, stream, version, signed, by, at: clock::now() };
    let jobs = state.store.jobs(stream, PLAN).await?;
    let records = records(state, seen).await?;
    let count = match asked {
        Asked::Everybody => {
            let unasked = records
                .values()
                .filter(|record| record.mail.is_some() && !jobs.contains_key(&plan.key(record.id)));
            plan.begin(&unasked.map(|record| record.id).collect()).await?
        }
        Asked::Refused => {
            let refused = |key: &String| jobs.get(key).is_some_and(is_refused);
            let keys = records.keys().map(|person| plan.key(*person));
            plan.again(keys.filter(refused)).await?
        }
        Asked::Again(person) if records.contains_key(&person) => {
            plan.again([plan.key(person)].into_iter()).await?
        }
        Asked::Again(_) => 0,
        Asked::At(person, typed) => {
            let Some(record) = records.get(&person) else { return Ok(Done::Asked(0)) };
            let Some(mail) = corrected(&typed) else {
                return Ok(Done::NotAnAddress(person, typed));
            };
            if record.mail.as_deref() != Some(mail.as_str()) {
                let record = NewPerson { mail: Some(mail), ..record.clone() };
                let amended: Vec<ServerCommand> = vec![amend(&record)];
                if let Err(rejection) = enter(state, stream, by, amended, vec![record]).await? {
                    // Their record went meanwhile.
                    tracing::warn!(%rejection, "an address was refused");
                    return Ok(Done::Asked(0));
                }
            }
            if jobs.contains_key(&plan.key(person)) {
                plan.again([plan.key(person)].into_iter()).await?
            } else {
                plan.begin(&[person].into()).await?
            }
        }
    };
    state.mail.wake();
    Ok(Done::Asked(count))
}

fn is_refused(job: &JobStatus) -> bool {
    matches!(mail::delivery(job, "UTC"), Delivery::Refused(_))
}

/// What was typed as an address, in small letters.
fn corrected(typed: &str) -> Option<String> {
    let address = mail::judged(&crate::composed::composed(typed))?;
    Some(address.address.to_string().to_lowercase())
}

/// Letters with one version, before it was signed or since.
struct Plan<'a> {
    state: &'a AppState,
    stream: StreamId,
    version: VersionNumber,
    signed: bool,
    by: PersonId,
    at: Millis,
}

impl Plan<'_> {
    fn key(&self, person: PersonId) -> String {
        plan_key(self.version, self.signed, person)
    }

    /// Asks for the first letter to each.
    async fn begin(&self, people: &BTreeSet<PersonId>) -> Result<usize, StoreError> {
        let job = |person: &PersonId| {
            let (version, signed, by) = (self.version, self.signed, self.by);
            let data = PlanJob { version, signed, person: *person, by };
            NewJob {
                id: clock::new_id(),
                key: self.key(*person),
                kind: PLAN.to_owned(),
                payload: serde_json::to_vec(&data).expect("ids always serialise"),
                due_at: self.at,
            }
        };
        let jobs: Vec<NewJob> = people.iter().map(job).collect();
        self.state.store.enqueue_jobs(self.stream, &jobs).await?;
        Ok(jobs.len())
    }

    /// Asks for letters once more.
    async fn again(&self, keys: impl Iterator<Item = String>) -> Result<usize, StoreError> {
        let mut count = 0;
        for key in keys {
            let asked = self.state.store.ask_job_again(self.stream, &key, self.at).await?;
            count += usize::from(asked);
        }
        Ok(count)
    }
}
