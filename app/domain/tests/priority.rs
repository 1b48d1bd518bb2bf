//! Which problems come first: points are divided in secret, counted once, and told when it is closed.

#![allow(clippy::unwrap_used)]

#[path = "history/mesa.rs"]
mod mesa;

use domain::decide::{decide, decide_for};
use domain::deliberation::choice::ProblemState;
use domain::judge::Context;
use domain::priority::{
    CLOSED_LIMIT, Command as Priority, Event as Happened, Outcome, Rejection as Refused, Share,
};
use domain::project::project;
use domain::{
    ActorNumber, Assignment, Command, Event, ItemId, ItemKind, Phase, Projected, Rejection, Role,
    SeatId, Shown, TextField, Viewer, conduct, deliberation,
};
use mesa::{
    AtMesa, HERE, NOW, OTHER, OTHER_SEAT, SEAT, act, act_in, add, assign, item, person, short,
};
use std::sync::Arc;

const F: Role = Role::Facilitator;
const ONE: ActorNumber = ActorNumber(1);
const TWO: ActorNumber = ActorNumber(2);
const VIEWERS: [Viewer; 5] = [
    Viewer::Facilitation(HERE),
    Viewer::Facilitation(OTHER),
    Viewer::Seat(HERE),
    Viewer::Seat(OTHER),
    Viewer::Public,
];

/// A mesa in its analysis with problems 1, 2 and 3.
fn analysis() -> AtMesa {
    let mut state = mesa::mesa(Phase::Analysis);
    (1..=3).for_each(|number| {
        add(&mut state, F, number, ItemKind::Problem, None);
    });
    state
}

/// The same with five points each to divide.
fn open() -> AtMesa {
    let mut state = analysis();
    act(&mut state, F, Command::Priority(Priority::Open { points: 5 })).unwrap();
    state
}

fn share(parts: &[(u128, u8)]) -> Share {
    parts.iter().map(|(number, points)| (item(*number), *points)).collect()
}

fn give(state: &mut AtMesa, seat: SeatId, parts: &[(u128, u8)]) -> Result<Vec<Event>, Rejection> {
    let share = share(parts);
    act_in(state, Role::Actor, Some(seat), Command::Priority(Priority::Give { number: 1, share }))
}

fn close(state: &mut AtMesa) -> Result<Vec<Event>, Rejection> {
    act(state, F, Command::Priority(Priority::Close { number: 1 }))
}

fn sums(state: &AtMesa) -> Vec<(ItemId, u32)> {
    state.priority.closed.last().unwrap().sums.clone()
}

fn refused(reason: Refused) -> Result<Vec<Event>, Rejection> {
    Err(Rejection::Priority(reason))
}

#[test]
fn points_are_divided_changed_and_counted_once_for_each_organisation() {
    let mut state = open();
    let open = state.priority.open.clone().unwrap();
    assert_eq!((open.number, open.points, open.at), (1, 5, NOW));
    assert_eq!(open.problems, [1, 2, 3].map(item));
    give(&mut state, SEAT, &[(1, 5)]).unwrap();
    give(&mut state, SEAT, &[(2, 3), (3, 1)]).unwrap();
    assert_eq!(give(&mut state, SEAT, &[(2, 3), (3, 1)]), Ok(Vec::new()), "nothing else");
    assert_eq!(state.not_prioritised(), [TWO]);
    give(&mut state, OTHER_SEAT, &[(3, 5)]).unwrap();
    assert_eq!(state.priority.open.as_ref().unwrap().count(), 2);
    let own = state.own_share(SEAT).unwrap();
    assert_eq!((own.number, own.times, own.share), (1, 2, share(&[(2, 3), (3, 1)])));
    assert_eq!(state.conduct.shown, Shown::Priority, "the wall shows how many divided theirs");
    let blank = conduct::Command::Show { shown: Shown::Blank };
    act(&mut state, F, Command::Conduct(blank)).unwrap();
    assert_eq!(close(&mut state).unwrap().len(), 2);
    assert_eq!(state.conduct.shown, Shown::Priority, "and what it came to");
    assert_eq!(sums(&state), [(item(3), 6), (item(2), 3), (item(1), 0)]);
    let Outcome { gave, missing, at, .. } = state.priority.closed[0].clone();
    assert_eq!((gave, missing, at), (vec![ONE, TWO], Vec::new(), NOW));
    assert!(state.priority.open.is_none() && state.own_share(SEAT).is_none());
    assert_eq!(close(&mut state), Ok(Vec::new()), "it is closed");
}

#[test]
fn nobody_gives_more_than_they_have_nor_what_cannot_be_chosen() {
    let mut state = open();
    let later = add(&mut state, F, 4, ItemKind::Problem, None);
    assert_eq!(later, item(4));
    let wrong = || refused(Refused::WrongPoints { points: 5 });
    for (parts, expected) in [
        (&[(1, 3), (2, 3)][..], wrong()),
        (&[(1, 255), (2, 255)][..], wrong()),
        (&[][..], wrong()),
        (&[(1, 0)][..], refused(Refused::NotChoosable)),
        (&[(1, 1), (1, 1)][..], refused(Refused::NotChoosable)),
        (&[(4, 1)][..], refused(Refused::NotChoosable)),
        (&[(99, 1)][..], refused(Refused::NotChoosable)),
    ] {
        assert_eq!(give(&mut state, SEAT, parts), expected, "{parts:?}");
    }
    // Not all have to be given.
    give(&mut state, SEAT, &[(1, 1)]).unwrap();
    for (role, seat) in [
        (Role::Actor, None),
        (Role::Participant, Some(SEAT)),
        (Role::Rapporteur, None),
        (Role::Projector, None),
        (F, Some(SEAT)),
    ] {
        let command = Priority::Give { number: 1, share: share(&[(1, 1)]) };
        let outcome = act_in(&mut state, role, seat, Command::Priority(command));
        assert_eq!(outcome, Err(Rejection::NotAllowed { role, phase: Phase::Analysis }));
    }
}

#[test]
fn only_who_leads_opens_closes_and_cancels() {
    for role in [Role::Administrator, Role::Rapporteur, Role::Actor, Role::Participant] {
        let not_allowed = Err(Rejection::NotAllowed { role, phase: Phase::Analysis });
        let mut state = analysis();
        let open = Command::Priority(Priority::Open { points: 5 });
        assert_eq!(act(&mut state, role, open.clone()), not_allowed);
        act(&mut state, Role::CoFacilitator, open).unwrap();
        give(&mut state, SEAT, &[(1, 5)]).unwrap();
        for command in [Priority::Close { number: 1 }, Priority::Cancel { number: 1 }] {
            assert_eq!(act(&mut state, role, Command::Priority(command)), not_allowed);
        }
    }
}

#[test]
fn it_opens_with_something_to_choose_from_and_one_at_a_time() {
    let mut state = mesa::mesa(Phase::Analysis);
    let open = |points| Command::Priority(Priority::Open { points });
    add(&mut state, F, 1, ItemKind::Problem, None);
    assert_eq!(act(&mut state, F, open(5)), refused(Refused::TooFewProblems));
    add(&mut state, F, 2, ItemKind::Problem, None);
    add(&mut state, F, 3, ItemKind::Problem, None);
    let discarded = Assignment::ProblemState(ProblemState::Discarded(short("Es de otro orden")));
    assign(&mut state, F, item(3), discarded).unwrap();
    for points in [0, 21] {
        assert_eq!(act(&mut state, F, open(points)), refused(Refused::WrongPoints { points: 20 }));
    }
    act(&mut state, F, open(20)).unwrap();
    assert_eq!(state.priority.open.as_ref().unwrap().problems, [1, 2].map(item));
    assert_eq!(act(&mut state, F, open(5)), refused(Refused::AlreadyOpen));
    assert_eq!(close(&mut state), refused(Refused::NobodyGave));
    for number in 1..=CLOSED_LIMIT {
        act(&mut state, F, Command::Priority(Priority::Cancel { number })).unwrap();
        let again = act(&mut state, F, open(5));
        let full = Err(Rejection::TooMany { limit: CLOSED_LIMIT.into() });
        assert_eq!(again.is_ok(), number < CLOSED_LIMIT, "{number}");
        assert!(again.is_ok() || again == full);
    }
    for phase in [Phase::Preparation, Phase::ReadOut, Phase::FollowUp] {
        let mut state = analysis();
        Arc::make_mut(&mut state.conduct).phase = phase;
        assert_eq!(act(&mut state, F, open(5)), Err(Rejection::NotAllowed { role: F, phase }));
    }
}

#[test]
fn what_comes_late_counts_neither_for_the_next_one_nor_after_the_phase() {
    let mut state = open();
    act(&mut state, F, Command::Priority(Priority::Cancel { number: 1 })).unwrap();
    assert_eq!(give(&mut state, SEAT, &[(1, 1)]), refused(Refused::NotOpen));
    act(&mut state, F, Command::Priority(Priority::Open { points: 5 })).unwrap();
    assert_eq!(state.priority.open.as_ref().unwrap().number, 2);
    assert_eq!(give(&mut state, SEAT, &[(1, 1)]), refused(Refused::NotOpen));
    assert_eq!(close(&mut state), Ok(Vec::new()), "the first one is over");
    // One that is still open when the texts are read out can be closed, and nothing else.
    let mut state = open();
    give(&mut state, SEAT, &[(1, 1)]).unwrap();
    Arc::make_mut(&mut state.conduct).phase = Phase::ReadOut;
    let not_allowed = Err(Rejection::NotAllowed { role: Role::Actor, phase: Phase::ReadOut });
    assert_eq!(give(&mut state, OTHER_SEAT, &[(1, 1)]), not_allowed);
    close(&mut state).unwrap();
    assert_eq!(state.priority.closed[0].missing, [TWO]);
}

#[test]
fn a_merged_problem_counts_for_the_other_and_one_that_is_gone_for_none() {
    let mut state = open();
    let late = add(&mut state, F, 4, ItemKind::Problem, None);
    give(&mut state, SEAT, &[(1, 2), (2, 3)]).unwrap();
    give(&mut state, OTHER_SEAT, &[(3, 5)]).unwrap();
    let merged = Assignment::ProblemState(ProblemState::MergedInto(late));
    assign(&mut state, F, item(1), merged).unwrap();
    let remove = deliberation::Command::Remove { item: item(3) };
    act(&mut state, F, Command::Deliberation(remove)).unwrap();
    // Somebody who doesn't know yet may still choose them.
    give(&mut state, SEAT, &[(1, 1), (2, 3), (3, 1)]).unwrap();
    close(&mut state).unwrap();
    assert_eq!(sums(&state), [(item(2), 3), (late, 1)]);
}

#[test]
fn a_helper_divides_for_a_seat_that_may() {
    let mut state = open();
    let context = |role| Context { person: person(role), seat: None, role, now: NOW, since: &[] };
    let command = Command::Priority(Priority::Give { number: 1, share: share(&[(2, 5)]) });
    let with = |role, seat| decide_for(&state.0, HERE, &command, &context(role), Some(seat));
    assert_eq!(with(Role::Participant, SEAT), Err(Rejection::NotOnBehalf));
    let events = with(Role::Rapporteur, SEAT).unwrap();
    let given = Happened::Given { actor: ONE, share: Some(share(&[(2, 5)])) };
    assert_eq!(events, [Event::Priority(HERE, given)]);
    state.apply(&events[0]);
    assert_eq!(state.not_prioritised(), [TWO]);
}

#[test]
fn neither_the_desk_nor_anybody_else_is_sent_how_points_were_divided() {
    let mut state = open();
    let mut seen = VIEWERS.map(|viewer| state.for_viewer(viewer));
    for (seat, parts) in [(SEAT, &[(1, 4), (3, 1)]), (OTHER_SEAT, &[(2, 3), (3, 2)])] {
        for event in give(&mut state, seat, parts).unwrap() {
            for (viewer, seen) in VIEWERS.into_iter().zip(&mut seen) {
                let projected = project(&event, &state.0, viewer);
                let Projected::Event(Event::Priority(HERE, Happened::Given { share, .. })) =
                    &projected
                else {
                    panic!("{projected:?}")
                };
                assert_eq!(*share, None, "{viewer:?}");
                seen.apply_projected(&projected);
            }
        }
    }
    for (viewer, seen) in VIEWERS.into_iter().zip(&seen) {
        assert_eq!(*seen, state.for_viewer(viewer));
        let open = seen.priority.open.as_ref().unwrap();
        assert!(open.count() == 2 && open.given.values().all(|given| given.share.is_none()));
    }
    // A device that doesn't know the sums doesn't show wrong ones while its command waits.
    let (lead, close) = (&seen[0].0, Command::Priority(Priority::Close { number: 1 }));
    let context = Context { person: person(F), seat: None, role: F, now: NOW, since: &[] };
    assert_eq!(decide(lead, HERE, &close, &context), Ok(Vec::new()));
    let closed = act(&mut state, F, close).unwrap();
    for (viewer, seen) in VIEWERS.into_iter().zip(&mut seen) {
        for event in &closed {
            seen.apply_projected(&project(event, &state.0, viewer));
        }
        assert_eq!(*seen, state.for_viewer(viewer));
        assert_eq!(seen.priority.closed, state.priority.closed, "everybody gets the sums");
    }
}

#[test]
fn what_can_be_chosen_has_a_title_or_not() {
    let mut state = open();
    mesa::write(&mut state, F, item(1), TextField::Title, domain::Patch::splice(0, 0, "Agua"))
        .unwrap();
    assert!([1, 2, 3].map(item).into_iter().all(|problem| state.is_choosable(problem)));
    assert!(!state.is_choosable(item(99)));
}
