//! Rows of exercises, plans, mesas, actors and who was let in.

use domain::attendance::Attendee;
use domain::codes::Coded;
use domain::exercise::{Actor, Logo, LogoPlace, MesaCard, PlanCard, PrivacyNotice};
use domain::registry::{Link, Session};
use domain::{LinkId, PersonId, SessionId, Shown, State, StreamId};

use super::{json, number};
use crate::entity::{actor, attendee, device, exercise, link, logo, mesa, plan, privacy_notice, seat, session, stay};

pub(super) fn exercise(stream: StreamId, card: &PlanCard) -> exercise::Model {
    exercise::Model {
        stream_id: stream.0,
        id: card.exercise.0,
        name: card.name.to_string(),
        state: card.state.to_string(),
        municipality: card.municipality.to_string(),
        guarantor: card.guarantor.to_string(),
        reference_plan: card.reference_plan.to_string(),
        axes: json(&card.axes),
        quota: json(&card.quota),
        starts: card.starts,
        ends: card.ends,
        decision_rule: card.decision_rule.code().to_owned(),
        quorum: number(card.quorum),
        time_zone: card.time_zone.to_string(),
    }
}

pub(super) fn plan(stream: StreamId, card: &PlanCard, state: &State) -> plan::Model {
    plan::Model { stream_id: stream.0, exercise_id: card.exercise.0, mesas: json(&state.mesas), phase: state.phase.code().to_owned() }
}

pub(super) fn mesa(stream: StreamId, card: &MesaCard, state: &State) -> mesa::Model {
    let (shown, shown_item) = match &state.shown {
        Shown::Agreement => ("agreement", None),
        Shown::Blank => ("blank", None),
        Shown::Item(item) => ("item", Some(item.0)),
    };
    let code = &state.registry.join_code;
    let (met_from, met_to) = state.met();
    mesa::Model {
        stream_id: stream.0,
        exercise_id: card.exercise.0,
        plan_id: card.plan.0,
        exercise_name: card.exercise_name.to_string(),
        municipality: card.municipality.to_string(),
        number: number(card.number),
        theme: card.theme.to_string(),
        venue: card.venue.to_string(),
        mode: card.mode.code().to_owned(),
        starts_at: card.starts_at,
        ends_at: card.ends_at,
        plan_starts: card.plan_starts,
        plan_ends: card.plan_ends,
        axes: json(&card.axes),
        phase: state.phase.code().to_owned(),
        door_open: state.door_open,
        shown: shown.to_owned(),
        shown_item_id: shown_item,
        // Codes are unique; mesas without one are not in each other's way.
        join_code: (!code.is_empty()).then(|| code.to_string()),
        quota: json(&card.quota),
        agenda: json(&card.agenda),
        met_from,
        met_to,
    }
}

pub(super) fn actor(stream: StreamId, actor: &Actor) -> actor::Model {
    actor::Model {
        stream_id: stream.0,
        id: actor.id.0,
        number: number(actor.number.0),
        organisation: actor.organisation.to_string(),
        sector: actor.sector.code().to_owned(),
        signs: actor.signs,
    }
}

pub(super) fn seats(stream: StreamId, actor: &Actor) -> impl Iterator<Item = seat::Model> {
    (0..).zip(&actor.seats).map(move |(position, seat)| seat::Model {
        stream_id: stream.0,
        id: seat.id.0,
        actor_id: actor.id.0,
        kind: seat.kind.code().to_owned(),
        position,
    })
}

pub(super) fn attendee(stream: StreamId, person: PersonId, attendee: &Attendee) -> attendee::Model {
    attendee::Model {
        stream_id: stream.0,
        person_id: person.0,
        organisation: attendee.organisation.to_string(),
        seat_id: attendee.seat.map(|seat| seat.0),
        mode: attendee.mode.code().to_owned(),
        notice_version: attendee.notice.map(|accepted| number(accepted.version)),
        notice_at: attendee.notice.map(|accepted| accepted.at),
        name_public: attendee.name_public,
    }
}

pub(super) fn stays(stream: StreamId, person: PersonId, attendee: &Attendee) -> impl Iterator<Item = stay::Model> {
    (0..).zip(&attendee.stays).map(move |(position, stay)| stay::Model {
        stream_id: stream.0,
        person_id: person.0,
        position,
        from_at: stay.from,
        to_at: stay.to,
    })
}

pub(super) fn privacy_notice(stream: StreamId, notice: &PrivacyNotice) -> privacy_notice::Model {
    privacy_notice::Model {
        stream_id: stream.0,
        version: number(notice.version),
        short_text: notice.short.as_str().to_owned(),
        full_text: notice.full.as_str().to_owned(),
    }
}

pub(super) fn logo(stream: StreamId, place: LogoPlace, logo: Option<&Logo>) -> logo::Model {
    logo::Model {
        stream_id: stream.0,
        place: number(place),
        name: logo.map(|logo| logo.name.to_string()),
        image: logo.map(|logo| logo.image.bytes().to_vec()),
    }
}

pub(super) fn session(stream: StreamId, id: SessionId, opened: &Session) -> session::Model {
    session::Model {
        stream_id: stream.0,
        id: id.0,
        person_id: opened.person.0,
        token: opened.token.0.to_vec(),
        role: opened.grant.role.code().to_owned(),
        seat_id: opened.grant.seat.map(|seat| seat.0),
        closed: opened.closed,
    }
}

pub(super) fn device(stream: StreamId, id: SessionId, opened: &Session) -> device::Model {
    device::Model { stream_id: stream.0, session_id: id.0, id: opened.device.0 }
}

pub(super) fn link(stream: StreamId, id: LinkId, issued: &Link) -> link::Model {
    link::Model {
        stream_id: stream.0,
        id: id.0,
        token: issued.token.0.to_vec(),
        role: issued.grant.role.code().to_owned(),
        seat_id: issued.grant.seat.map(|seat| seat.0),
    }
}
