//! Several mesas of one plan: the quota that they share, what stands in the way when one of them isn't there yet, and the
//! standing that the plan and the others learn.

use domain::decide::register;
use domain::deliberation::item::Category::{FollowTheMoney, LocalProblem, Proactive};
use domain::{
    Command, Event, Finding, ItemKind, Phase, PlanMove, QuotaBoard, Rejection, ServerCommand, Standing, State, StreamId,
    deliberation::check,
};
use domain::{conduct, deliberation, exercise};
use uuid::Uuid;

use super::{F, agreed};
use crate::mesa::{NOW, act, add, item, mesa, overrides, remark, short};

const HERE: StreamId = StreamId(Uuid::from_u128(0x51));
const OTHER: StreamId = StreamId(Uuid::from_u128(0x52));

fn sibling(number: u16, phase: Phase, commitments: &[(domain::deliberation::item::Category, u32)]) -> Standing {
    let mesa = StreamId(Uuid::from_u128(0x50 + u128::from(number)));
    Standing { mesa, number, theme: short("Movilidad"), phase, commitments: commitments.to_vec(), uncategorised: 0 }
}

fn told(state: &mut State, siblings: Vec<Standing>) {
    let seq = state.course.told + 1;
    state.apply(&Event::Exercise(exercise::Event::PlanStood { siblings, seq, followed: None }));
}

/// The quota of tests asks for one that follows the money and two local ones; here is one local.
fn one_local() -> State {
    let mut state = mesa(Phase::Agreements);
    add(&mut state, F, 1, ItemKind::Problem, None);
    agreed(&mut state, 10, LocalProblem, item(1));
    state
}

#[test]
fn the_quota_is_the_plan_s_and_counts_what_the_other_mesas_have() {
    let mut state = one_local();
    let short = |category, missing| Finding::QuotaShort { category, missing };
    let found = |state: &State| check::findings(state).into_iter().map(|found| found.finding).collect::<Vec<_>>();
    assert_eq!(found(&state), [short(FollowTheMoney, 1), short(LocalProblem, 1)]);
    told(&mut state, vec![sibling(2, Phase::Agreements, &[(LocalProblem, 2)]), sibling(3, Phase::Agreements, &[(Proactive, 1)])]);
    assert_eq!(found(&state), [short(FollowTheMoney, 1)]);
    let rows = QuotaBoard::of(&state).rows;
    let numbers: Vec<_> = rows.iter().map(|row| (row.category, row.minimum, row.have, row.here(), row.elsewhere)).collect();
    assert_eq!(numbers, [(FollowTheMoney, 1, 0, 0, 0), (LocalProblem, 2, 3, 1, 2), (Proactive, 0, 1, 0, 1)]);
    told(&mut state, Vec::new());
    assert_eq!(found(&state), [short(FollowTheMoney, 1), short(LocalProblem, 1)], "what they take back is missing again");
}

#[test]
fn the_read_out_waits_for_every_mesa_s_agreements_unless_the_facilitator_says_why_not() {
    let mut state = one_local();
    told(&mut state, vec![sibling(2, Phase::Analysis, &[(LocalProblem, 1), (FollowTheMoney, 1)]), sibling(3, Phase::Agreements, &[])]);
    let finding = Finding::MesaNotReady { number: 2 };
    for to in [Phase::ReadOut, Phase::Signing] {
        assert_eq!(check::in_the_way_of(&state, to), [finding]);
        assert_eq!(
            act(&mut state, F, Command::Conduct(conduct::Command::ChangePhase { to })),
            Err(Rejection::Conduct(conduct::Rejection::ChecksOpen { open: 1 }))
        );
    }
    assert_eq!(check::in_the_way_of(&state, Phase::Analysis), [], "its own phases are its own");
    let other = Finding::MesaNotReady { number: 3 };
    let pass = |finding| Command::Conduct(conduct::Command::OverrideCheck { finding, reason: remark("La mesa 2 sesiona en octubre") });
    assert_eq!(act(&mut state, F, pass(other)), Err(Rejection::UnknownValue), "the third is there");
    act(&mut state, F, pass(finding)).unwrap();
    assert_eq!(act(&mut state, F, Command::Conduct(conduct::Command::ChangePhase { to: Phase::ReadOut })).unwrap().len(), 1);

    let mut state = one_local();
    told(&mut state, vec![sibling(2, Phase::Preparation, &[(LocalProblem, 1), (FollowTheMoney, 1)])]);
    assert_eq!(check::open(&state), 1);
    told(&mut state, vec![sibling(2, Phase::Agreements, &[(LocalProblem, 1), (FollowTheMoney, 1)])]);
    assert_eq!(check::open(&state), 0, "it came to its agreements");
}

#[test]
fn a_mesa_stands_with_its_phase_and_what_is_there_to_be_read() {
    let mut state = one_local();
    agreed(&mut state, 20, Proactive, item(1));
    agreed(&mut state, 30, LocalProblem, item(1));
    add(&mut state, F, 40, ItemKind::Commitment, None);
    act(&mut state, F, Command::Deliberation(deliberation::Command::Remove { item: item(20) })).unwrap();
    let standing = Standing::of(&state, HERE).unwrap();
    assert_eq!((standing.mesa, standing.number, standing.theme.as_str(), standing.phase), (HERE, 1, "Servicios", Phase::Agreements));
    assert_eq!((standing.commitments.as_slice(), standing.uncategorised, standing.total()), (&[(LocalProblem, 2)][..], 1, 3));
    assert_eq!((standing.has(LocalProblem), standing.has(Proactive)), (2, 0));
    assert_eq!(Standing::of(&State::default(), HERE), None);
}

fn plan_of(mesas: &[StreamId]) -> State {
    let mut plan = State::default();
    mesas.iter().for_each(|mesa| plan.apply(&Event::Exercise(exercise::Event::MesaGathered { mesa: *mesa })));
    plan
}

fn enter(state: &mut State, registration: ServerCommand) -> Vec<Event> {
    let events = register(state, &registration).unwrap();
    events.iter().for_each(|event| state.apply(event));
    events
}

#[test]
fn the_plan_notes_what_is_news_once_and_never_something_older() {
    let mut plan = plan_of(&[HERE]);
    let stands =
        |phase, seq| ServerCommand::Exercise(exercise::ServerCommand::NoteStanding { standing: Box::new(sibling(1, phase, &[])), seq });
    assert_eq!(enter(&mut plan, stands(Phase::Analysis, 5)).len(), 1);
    assert_eq!(enter(&mut plan, stands(Phase::Analysis, 5)), [], "said again");
    assert_eq!(enter(&mut plan, stands(Phase::Analysis, 9)), [], "nothing differs");
    assert_eq!(enter(&mut plan, stands(Phase::Preparation, 4)), [], "older");
    assert_eq!(enter(&mut plan, stands(Phase::Agreements, 10)).len(), 1);
    assert_eq!(plan.standings.len(), 1);
    let stranger =
        ServerCommand::Exercise(exercise::ServerCommand::NoteStanding { standing: Box::new(sibling(2, Phase::Analysis, &[])), seq: 1 });
    assert_eq!(enter(&mut plan, stranger), [], "no mesa of the plan");
}

#[test]
fn the_plan_takes_each_move_once_and_keeps_when_it_was_made() {
    let mut plan = plan_of(&[HERE, OTHER]);
    let made = |mesa, number, to, at| ServerCommand::Exercise(exercise::ServerCommand::TakeMove { mesa, number, to, at, by: None });
    assert_eq!(enter(&mut plan, made(HERE, 1, Phase::ReadOut, NOW)).len(), 1);
    assert_eq!(enter(&mut plan, made(HERE, 1, Phase::ReadOut, NOW)), []);
    assert_eq!((plan.phase, plan.phase_since()), (Phase::ReadOut, Some(NOW)));
    // The other mesa's people had the same thought: it counts as theirs, and the phase began when it began.
    assert_eq!(enter(&mut plan, made(OTHER, 1, Phase::ReadOut, NOW + 9)).len(), 1);
    assert_eq!((plan.phase_since(), plan.course.moves), (Some(NOW), 2));
    assert_eq!(enter(&mut plan, made(HERE, 3, Phase::Analysis, NOW + 20)).len(), 1, "it missed the second");
    assert_eq!(plan.phase, Phase::Agreements, "before the read-out the plan has no phase but to be agreed on");
    assert_eq!(enter(&mut plan, made(HERE, 2, Phase::Signing, NOW + 10)), [], "older");
    assert_eq!(enter(&mut plan, made(StreamId(Uuid::from_u128(9)), 1, Phase::ReadOut, NOW)), [], "no mesa of the plan");
}

#[test]
fn a_mesa_follows_the_plan_and_that_is_no_move_of_its_own() {
    let mut state = mesa(Phase::Analysis);
    let others = vec![sibling(2, Phase::ReadOut, &[])];
    let follow = |number, to, taken, seq| {
        ServerCommand::Exercise(exercise::ServerCommand::Follow {
            siblings: others.clone(),
            seq,
            last: Some(PlanMove { number, to, at: NOW }),
            taken,
        })
    };
    assert_eq!(enter(&mut state, follow(1, Phase::ReadOut, 0, 3)).len(), 1);
    assert_eq!((state.phase, state.phase_since(), state.course.moves), (Phase::ReadOut, Some(NOW), 0));
    assert_eq!(enter(&mut state, follow(1, Phase::ReadOut, 0, 4)), []);
    assert_eq!(enter(&mut state, follow(2, Phase::Agreements, 0, 5)).len(), 1);
    assert_eq!(state.phase, Phase::Agreements);
    assert_eq!(enter(&mut state, follow(1, Phase::ReadOut, 0, 4)), [], "an older move leads nowhere");
    act(&mut state, F, Command::Conduct(conduct::Command::ChangePhase { to: Phase::Analysis })).unwrap();
    assert_eq!(enter(&mut state, follow(3, Phase::Agreements, 0, 6)).len(), 1);
    assert_eq!(state.phase, Phase::Analysis, "before the read-out its phase is its own");
    assert_eq!(enter(&mut state, follow(3, Phase::Agreements, 0, 6)), [], "once");

    // What its own people did goes before what the plan says without knowing of it.
    for command in overrides(&state) {
        act(&mut state, F, command).unwrap();
    }
    act(&mut state, F, Command::Conduct(conduct::Command::ChangePhase { to: Phase::Conformity })).unwrap();
    assert_eq!(enter(&mut state, follow(4, Phase::ReadOut, 0, 7)), []);
    assert_eq!(state.phase, Phase::Conformity);
    enter(&mut state, follow(6, Phase::Signing, 1, 9));
    assert_eq!(state.phase, Phase::Signing);
}

#[test]
fn a_mesa_that_is_alone_gets_nothing() {
    let mut state = mesa(Phase::Agreements);
    let last = Some(PlanMove { number: 4, to: Phase::ReadOut, at: NOW });
    assert_eq!(
        enter(&mut state, ServerCommand::Exercise(exercise::ServerCommand::Follow { siblings: Vec::new(), seq: 8, last, taken: 0 })),
        []
    );
}

#[test]
fn what_is_known_of_the_others_is_not_replaced_by_something_older() {
    let mut state = mesa(Phase::Analysis);
    let follow = |phase, seq| {
        ServerCommand::Exercise(exercise::ServerCommand::Follow { siblings: vec![sibling(2, phase, &[])], seq, last: None, taken: 0 })
    };
    assert_eq!(enter(&mut state, follow(Phase::Agreements, 7)).len(), 1);
    assert_eq!(enter(&mut state, follow(Phase::Agreements, 8)), [], "said again");
    assert_eq!(enter(&mut state, follow(Phase::Analysis, 6)), [], "older");
    assert_eq!(state.siblings[0].phase, Phase::Agreements);
}
