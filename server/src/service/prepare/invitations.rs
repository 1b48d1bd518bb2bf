//! Invitations by mail: a row of the queue for each person with an address, and what the letter
//! says. The link is made when the letter is sent, so that no secret waits in the queue.

use std::collections::BTreeMap;

use app::address;
use app::page::mail::{Delivery, Undelivered};
use app::page::prepare::{Invitations, Letter, LetterMesa, Mailing};
use domain::exercise::SeatKind;
use domain::people::registry::{Grant, LinkEnd};
use domain::{
    Actor, Exercise, Mesa, MesaId, MesaNumber, PersonId, Role, Seat, SeatId, ServerCommand,
    StreamId, people,
};
use store::{JobStatus, NewPerson};

use super::actors::entered_in;
use super::{enter, zone};
use crate::app_state::{AppState, Unexpected};
use crate::clock;
use crate::mail;
use crate::room::{INVITATION, Request, invitation_key};
use crate::service::entry::new_seat_link;

/// The invitations that are in the queue or were sent, by their keys.
pub type Queued = BTreeMap<String, JobStatus>;

/// Reads them.
///
/// # Errors
/// [`store::StoreError`].
pub async fn queued(state: &AppState, stream: StreamId) -> Result<Queued, store::StoreError> {
    state.store.jobs(stream, INVITATION).await
}

/// What becomes of the invitation to a seat.
pub fn mailing(
    seen: &Exercise,
    records: &BTreeMap<PersonId, NewPerson>,
    queued: &Queued,
    seat: SeatId,
) -> Mailing {
    let invited = seen.registry.invited.get(&seat);
    let record = invited.and_then(|person| records.get(person));
    let Some(record) = record.filter(|_| entered_in(seen, seat).is_none()) else {
        return Mailing::Needless;
    };
    if record.mail.is_none() {
        return Mailing::NoMail;
    }
    match queued.get(&invitation_key(seat, record.record_digest())) {
        None => Mailing::Unasked,
        Some(job) => match mail::delivery(job, zone(seen)) {
            Delivery::Waiting(None) | Delivery::Sending => Mailing::Queued,
            Delivery::Waiting(Some(fault)) => Mailing::Failed(fault),
            Delivery::Sent(at) => Mailing::Sent(at),
            Delivery::Refused(fault) => Mailing::Refused(fault),
            Delivery::Uncertain => Mailing::Uncertain,
        },
    }
}

/// The seats of the organisations that take part.
pub fn seats(seen: &Exercise) -> impl Iterator<Item = (&Actor, &Seat)> {
    let actors = seen.actors.iter().filter(|actor| !actor.withdrawn);
    actors.flat_map(|actor| actor.seats.iter().map(|seat| (actor.as_ref(), seat)))
}

/// The page; `base` is what links begin with.
///
/// # Errors
/// [`store::StoreError`].
pub async fn page(
    state: &AppState,
    stream: StreamId,
    seen: &Exercise,
    records: &BTreeMap<PersonId, NewPerson>,
    queued: &Queued,
    base: &str,
) -> Result<Invitations, store::StoreError> {
    let (mut unasked, mut waiting, mut sent, mut without_mail) = (0, 0, 0, 0);
    let mut undelivered = Vec::new();
    for (_, seat) in seats(seen) {
        let mailing = mailing(seen, records, queued, seat.id);
        match mailing {
            Mailing::Needless => {}
            Mailing::NoMail => without_mail += 1,
            Mailing::Unasked => unasked += 1,
            Mailing::Queued | Mailing::Failed(_) => waiting += 1,
            Mailing::Sent(_) => sent += 1,
            Mailing::Refused(fault) => {
                undelivered.extend(self::undelivered(
                    seen,
                    records,
                    seat,
                    Delivery::Refused(fault),
                ));
            }
            Mailing::Uncertain => {
                undelivered.extend(self::undelivered(seen, records, seat, Delivery::Uncertain));
            }
        }
    }
    let named = |(actor, seat): (&Actor, &Seat)| {
        let person = records.get(seen.registry.invited.get(&seat.id)?)?;
        let ways = Ways {
            link: format!("{base}{}", address::link("…")),
            code: "····-····".to_owned(),
        };
        Some(letter(stream, seen, base, (actor, seat.kind), person, ways))
    };
    let letter = seats(seen).find_map(named).map(Box::new);
    let post = state.mail.post(&state.store, stream, zone(seen)).await?;
    Ok(Invitations { unasked, queued: waiting, sent, without_mail, post, undelivered, letter })
}

/// An invitation for which somebody has to do something.
fn undelivered(
    seen: &Exercise,
    records: &BTreeMap<PersonId, NewPerson>,
    seat: &Seat,
    delivery: Delivery,
) -> Option<Undelivered> {
    let record = records.get(seen.registry.invited.get(&seat.id)?)?;
    Some(Undelivered {
        seat: seat.id,
        person: record.id,
        name: record.name.clone(),
        mail: record.mail.clone().unwrap_or_default(),
        delivery,
    })
}

/// Makes a new link to a seat, which takes the place of its earlier ones; none: the seat is gone.
///
/// # Errors
/// [`Unexpected`].
pub async fn new_ways(
    state: &AppState,
    stream: StreamId,
    seen: &Exercise,
    seat: SeatId,
    base: &str,
) -> Result<Option<Ways>, Unexpected> {
    // With one mesa a seat's link leads to it; with several to the first, and on to the others.
    let only: Option<MesaNumber> =
        seen.mesas.keys().next().copied().filter(|_| seen.mesas.len() == 1);
    let ended = LinkEnd { at: clock::now(), replaced: true };
    let end = |link| ServerCommand::People(people::ServerCommand::EndLink { link, ended });
    let mut commands: Vec<_> = seen.registry.links_of(seat).map(|(link, _)| end(link)).collect();
    let (issue, secret, code) =
        new_seat_link(Grant { role: Role::Actor, seat: Some(seat), mesa: only });
    commands.push(issue);
    let room = state.rooms.get(stream).await?;
    let entered =
        room.ask(|reply| Request::Enter { commands, people: Vec::new(), by: None, reply }).await?;
    Ok(entered.is_ok().then(|| Ways {
        link: format!("{base}{}", address::link(&secret.text)),
        code: clock::grouped_code(&code),
    }))
}

/// How somebody gets to their seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ways {
    /// The personal link.
    pub link: String,
    /// The code, as people read it.
    pub code: String,
}

/// The letter to who is invited to a seat; `base` is what links begin with.
pub fn letter(
    stream: StreamId,
    seen: &Exercise,
    base: &str,
    (actor, kind): (&Actor, SeatKind),
    person: &NewPerson,
    ways: Ways,
) -> Letter {
    let card = seen.card.as_deref();
    let text = |text: Option<&domain::ShortText>| text.map(ToString::to_string).unwrap_or_default();
    let mesa = |mesa: &Mesa| {
        let card = mesa.card.as_deref()?;
        Some(LetterMesa {
            theme: card.theme.to_string(),
            meets: clock::day_and_time(zone(seen), card.starts_at),
            venue: card.venue.to_string(),
            mode: card.mode,
        })
    };
    let first = seen.mesas.keys().next().filter(|_| !seen.notices.is_empty());
    let notice = first.map(|number| {
        let mesa = MesaId { exercise: stream, number: *number };
        format!("{base}{}", address::privacy(mesa))
    });
    Letter {
        exercise: text(card.map(|card| &card.name)),
        municipality: text(card.map(|card| &card.municipality)),
        guarantor: text(card.map(|card| &card.guarantor)),
        person: person.name.clone(),
        organisation: actor.organisation.to_string(),
        kind,
        signs: actor.signs,
        mesas: seen.mesas.values().filter_map(|seen| mesa(seen)).collect(),
        link: ways.link,
        enter: format!("{base}{}", address::ENTER),
        code: ways.code,
        notice,
    }
}

/// Asks for an invitation once more that was refused, or of which it isn't known whether it arrived.
///
/// # Errors
/// [`Unexpected`].
pub async fn again(
    state: &AppState,
    stream: StreamId,
    seen: &Exercise,
    records: &BTreeMap<PersonId, NewPerson>,
    seat: SeatId,
) -> Result<(), Unexpected> {
    let record = seen.registry.invited.get(&seat).and_then(|person| records.get(person));
    if let Some(record) = record {
        let key = invitation_key(seat, record.record_digest());
        state.store.ask_job_again(stream, &key, clock::now()).await?;
        state.mail.wake();
    }
    Ok(())
}

/// Asks for the invitations that weren't asked for.
///
/// # Errors
/// [`Unexpected`].
pub async fn ask(
    state: &AppState,
    stream: StreamId,
    seen: &Exercise,
    records: &BTreeMap<PersonId, NewPerson>,
    by: PersonId,
) -> Result<(), Unexpected> {
    let queued = queued(state, stream).await?;
    let at = clock::now();
    let unasked = seats(seen)
        .filter(|(_, seat)| mailing(seen, records, &queued, seat.id) == Mailing::Unasked)
        .map(|(_, seat)| people::ServerCommand::AskInvitation { seat: seat.id, at });
    let commands = unasked.map(ServerCommand::People).collect();
    if let Err(rejection) = enter(state, stream, by, commands, Vec::new()).await? {
        // Somebody else changed the seats meanwhile: the page shows how they are.
        tracing::warn!(%rejection, "invitations were refused");
    }
    state.mail.wake();
    Ok(())
}
