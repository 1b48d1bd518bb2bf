//! Personal links, on cards to be printed and cut out. A new link takes the place of the seat's
//! earlier ones.

use std::collections::BTreeMap;

use app::page::prepare::{Card, CardChoice};
use domain::people::registry::{Grant, LinkEnd};
use domain::{Actor, Exercise, MesaNumber, PersonId, Role, Seat, ServerCommand, StreamId, people};
use store::NewPerson;

use super::actors::{entered_in, person_in};
use super::{enter, zone};
use crate::announce::qr_svg;
use crate::app_state::{AppState, Unexpected};
use crate::clock;
use crate::service::entry::new_seat_link;

/// Whose cards are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Seats without a valid link, unless their person came in.
    WithoutLink,
    /// Seats whose person hasn't come in.
    NotEntered,
    /// Every seat.
    All,
}

/// The seats of the organisations that take part: those with a person, and every first one.
fn seats(seen: &Exercise) -> impl Iterator<Item = (&Actor, &Seat)> {
    seen.actors
        .iter()
        .filter(|actor| !actor.withdrawn)
        .flat_map(|actor| actor.seats.iter().map(|seat| (actor.as_ref(), seat)))
        .filter(|(_, seat)| {
            seat.kind == domain::exercise::SeatKind::Holder || person_in(seen, seat.id).is_some()
        })
}

fn concerns(seen: &Exercise, whose: Whose, seat: &Seat) -> bool {
    let entered = entered_in(seen, seat.id).is_some();
    match whose {
        Whose::All => true,
        Whose::NotEntered => !entered,
        Whose::WithoutLink => !entered && seen.registry.links_of(seat.id).next().is_none(),
    }
}

/// How many cards there would be.
pub fn choice(seen: &Exercise) -> CardChoice {
    let count = |whose| seats(seen).filter(|(_, seat)| concerns(seen, whose, seat)).count();
    CardChoice {
        without_link: count(Whose::WithoutLink),
        not_entered: count(Whose::NotEntered),
        all: count(Whose::All),
        cards: Vec::new(),
        address: String::new(),
    }
}

/// Makes new links to a mesa and the cards with them; `base` is what links begin with.
///
/// # Errors
/// [`Unexpected`].
pub async fn make(
    state: &AppState,
    stream: StreamId,
    seen: &Exercise,
    records: &BTreeMap<PersonId, NewPerson>,
    by: PersonId,
    whose: Whose,
    base: &str,
) -> Result<Vec<Card>, Unexpected> {
    // With one mesa a seat's link leads to it; with several to the first, and on to the others.
    let only: Option<MesaNumber> =
        seen.mesas.keys().next().copied().filter(|_| seen.mesas.len() == 1);
    let shown = seen.mesas.values().next().and_then(|mesa| mesa.card.as_deref());
    let at = clock::now();
    let (mut commands, mut cards) = (Vec::new(), Vec::new());
    for (actor, seat) in seats(seen).filter(|(_, seat)| concerns(seen, whose, seat)) {
        let ended = LinkEnd { at, replaced: true };
        let end = |link| people::ServerCommand::EndLink { link, ended };
        let earlier = seen.registry.links_of(seat.id);
        commands.extend(earlier.map(|(link, _)| ServerCommand::People(end(link))));
        let grant = Grant { role: Role::Actor, seat: Some(seat.id), mesa: only };
        let (issue, secret, code) = new_seat_link(grant);
        commands.push(issue);
        let url = format!("{base}{}", app::address::link(&secret.text));
        let person = person_in(seen, seat.id).and_then(|person| records.get(&person));
        cards.push(Card {
            organisation: actor.organisation.to_string(),
            kind: seat.kind,
            signs: actor.signs,
            person: person.map(|record| record.name.clone()),
            meets: shown.and_then(|card| clock::day_and_time(zone(seen), card.starts_at)),
            venue: shown.map(|card| card.venue.to_string()).unwrap_or_default(),
            qr_svg: qr_svg(&url),
            code: clock::grouped_code(&code),
            url,
        });
    }
    match enter(state, stream, by, commands, Vec::new()).await? {
        Ok(()) => Ok(cards),
        Err(rejection) => {
            tracing::warn!(%rejection, "links for seats were refused");
            Ok(Vec::new())
        }
    }
}
