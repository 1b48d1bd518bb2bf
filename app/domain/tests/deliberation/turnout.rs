//! Who is missing, and what waits for an answer.

use std::sync::Arc;

use domain::conduct::turnout::{Missed, missed, unanswered};
use domain::{
    ActorNumber, Assignment, Command, ContributionKind, ItemId, Phase, Response, ResponseStatus,
    Role,
};
use domain::{deliberation, people};

use super::F;
use crate::mesa::{AtMesa, HERE, act, item, mesa, person, remark};

fn ask(state: &mut AtMesa, number: u128, role: Role) -> ItemId {
    let (target, kind, text) = (None, ContributionKind::Question, remark("¿Desde cuándo?"));
    act(
        state,
        role,
        Command::Deliberation(deliberation::Command::Contribute {
            item: item(number),
            target,
            kind,
            text,
        }),
    )
    .unwrap();
    item(number)
}

fn first(state: &AtMesa, here: bool) -> Option<Missed> {
    missed(state, |_| here)
        .into_iter()
        .find(|(actor, _)| actor.number == ActorNumber(1))
        .map(|(_, why)| why)
}

#[test]
fn an_organisation_is_missed_until_it_came_is_here_and_was_heard() {
    let mut state = mesa(Phase::Analysis);
    Arc::make_mut(&mut state.people).attendees.clear();
    assert_eq!(first(&state, true), Some(Missed::NotArrived));
    let seat = state.actors[0].seats[0].id;
    let (organisation, mode) =
        (domain::ShortText::default(), domain::people::attendance::AttendanceMode::InRoom);
    state.apply(&domain::Event::People(people::Event::Arrived {
        mesa: HERE,
        person: person(Role::Actor),
        organisation,
        seat: Some(seat),
        mode,
        at: 0,
    }));
    assert_eq!(first(&state, false), Some(Missed::NotConnected));
    assert_eq!(first(&state, true), Some(Missed::NotHeard));
    Arc::make_mut(&mut state.conduct).phase = Phase::Agreements;
    assert_eq!(first(&state, true), None, "only in the analysis each is asked to contribute");
    Arc::make_mut(&mut state.conduct).phase = Phase::Analysis;
    ask(&mut state, 2, Role::Actor);
    assert_eq!(first(&state, true), None);
}

#[test]
fn what_was_said_waits_until_it_is_answered_or_hidden() {
    let mut state = mesa(Phase::Analysis);
    let (one, two) = (ask(&mut state, 1, Role::Actor), ask(&mut state, 2, Role::Participant));
    let waiting = |state: &AtMesa| unanswered(state).map(|item| item.id).collect::<Vec<_>>();
    assert_eq!(waiting(&state), [one, two]);
    let response = Response {
        status: ResponseStatus::Adopted,
        reason: Some(remark("Se agregó")),
        change: None,
    };
    act(
        &mut state,
        F,
        Command::Deliberation(deliberation::Command::Assign {
            item: one,
            value: Assignment::Response(response),
        }),
    )
    .unwrap();
    assert_eq!(waiting(&state), [two]);
    act(
        &mut state,
        F,
        Command::Deliberation(deliberation::Command::Hide { item: two, hidden: true }),
    )
    .unwrap();
    assert_eq!(waiting(&state), []);
}
