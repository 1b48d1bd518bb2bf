//! What is there, what is missing, and what each date allows.

use app::page::form::Field;
use app::page::prepare::{MesaStep, Overview, PackStep, SeatsStep};
use domain::exercise::DecisionRule;
use domain::{Exercise, Mesa, MesaNumber, Millis, Phase};
use std::collections::BTreeMap;
use store::NewPerson;

use super::actors::{entered_in, person_in};
use super::{sections, zone};
use crate::clock;
use crate::service::{pack, template};

/// Milliseconds of a day.
const DAY: Millis = 24 * 60 * 60 * 1_000;

/// The overview at a moment, ms since the epoch; `people` are the records of those with a seat.
pub fn overview(
    seen: &Exercise,
    people: &BTreeMap<domain::PersonId, NewPerson>,
    now: Millis,
) -> Overview {
    let zone = zone(seen);
    let today = clock::day_and_time(zone, now).map_or_else(clock::today, |(day, _)| day);
    let card = seen.card.as_deref();
    let mesas: Vec<MesaStep> =
        seen.mesas.iter().map(|(number, mesa)| step(seen, *number, mesa)).collect();
    let pack = mesas
        .iter()
        .filter(|mesa| mesa.phase == Phase::Preparation)
        .filter_map(|mesa| Some((pack::due(seen, mesa.number)?, mesa.number)))
        .min()
        .and_then(|(due, number)| pack_step(seen, number, due, now));
    Overview {
        today,
        pack,
        period: card.map_or((today, today), |card| (card.starts, card.ends)),
        quota: card.map(|card| card.quota.clone()).unwrap_or_default(),
        rule: card.map_or(DecisionRule::Consensus, |card| card.decision_rule),
        quorum: card.map_or(0, |card| card.quorum),
        mesas,
        seats: seats(seen, people),
        notice: seen.notices.last().map(|notice| {
            let blank = template::has_blanks(&notice.short) || template::has_blanks(&notice.full);
            (notice.version, blank)
        }),
        sections: sections::said(&seen.sections).map(|(field, _)| field).collect(),
        logos: seen.logos.values().flatten().count(),
        staff: seen.registry.staff.values().flatten().count(),
        followers: !seen.registry.closed_to_followers,
        petitions: 0,
    }
}

/// How the pack of a mesa stands that is due at a moment.
fn pack_step(seen: &Exercise, number: MesaNumber, due: Millis, now: Millis) -> Option<PackStep> {
    let notice = seen.mesa(number)?.conduct.notice?;
    Some(PackStep {
        mesa: number,
        due: clock::day_and_time(zone(seen), due)?,
        rule: seen.card.as_deref()?.notice?,
        left: (now < due).then(|| (due - now) / DAY),
        missing: notice.missing,
        late: notice.late,
    })
}

fn step(seen: &Exercise, number: MesaNumber, mesa: &Mesa) -> MesaStep {
    let zone = zone(seen);
    let card = mesa.card.as_deref();
    let meets = card.and_then(|card| {
        let (day, from) = clock::day_and_time(zone, card.starts_at)?;
        let (_, to) = clock::day_and_time(zone, card.ends_at)?;
        Some((day, from, to))
    });
    let missing = [
        (Field::Theme, card.is_none_or(|card| card.theme.is_empty())),
        (Field::Venue, card.is_none_or(|card| card.venue.is_empty())),
        (Field::AgendaTitle(1), card.is_none_or(|card| card.agenda.is_empty())),
    ];
    let leads = |role| !seen.people_as(number, role).is_empty();
    let named = seen
        .registry
        .staff
        .values()
        .flatten()
        .any(|grant| grant.role == domain::Role::Facilitator && grant.is_for(number));
    MesaStep {
        number,
        theme: card.map(|card| card.theme.to_string()).unwrap_or_default(),
        phase: mesa.conduct.phase,
        meets,
        missing: missing.into_iter().filter(|(_, is)| *is).map(|(field, _)| field).collect(),
        led: named || leads(domain::Role::Facilitator),
    }
}

fn seats(seen: &Exercise, people: &BTreeMap<domain::PersonId, NewPerson>) -> SeatsStep {
    let mut counts = SeatsStep::default();
    for actor in seen.actors.iter().filter(|actor| !actor.withdrawn) {
        counts.actors += 1;
        counts.signing += usize::from(actor.signs);
        for kind in [domain::exercise::SeatKind::Holder, domain::exercise::SeatKind::Alternate] {
            let seat = actor.seats.iter().find(|seat| seat.kind == kind);
            let person = seat.and_then(|seat| person_in(seen, seat.id));
            match (kind, person) {
                (domain::exercise::SeatKind::Holder, None) => counts.without_holder += 1,
                (domain::exercise::SeatKind::Alternate, None) => counts.without_alternate += 1,
                (_, Some(person)) => {
                    counts.people += 1;
                    let record = people.get(&person);
                    counts.without_mail +=
                        usize::from(record.is_none_or(|record| record.mail.is_none()));
                }
            }
            let Some(seat) = seat else { continue };
            let entered = entered_in(seen, seat.id).is_some();
            counts.entered += usize::from(entered);
            counts.linked +=
                usize::from(entered || seen.registry.links_of(seat.id).next().is_some());
        }
    }
    counts
}
