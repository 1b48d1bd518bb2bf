//! Several mesas of one exercise: the quota that they share, and the findings when one of them
//! isn't ready.

use domain::deliberation::choice::Category::{self, FollowTheMoney, LocalProblem, Proactive};
use domain::judge::Context;
use domain::{
    Assignment, Command, Event, Finding, ItemKind, MesaNumber, Phase, QuotaBoard, Rejection,
    Standing, conduct, decide, deliberation, deliberation::check, exercise,
};

use super::{F, agreed};
use crate::mesa::{AtMesa, HERE, NOW, act, add, card, item, mesa, person, remark};

/// Opens another mesa, in a phase and with commitments.
fn open(state: &mut AtMesa, number: u16, phase: Phase, commitments: &[(Category, u32)]) {
    let mesa = MesaNumber(number);
    state.apply(&Event::Exercise(exercise::Event::MesaDescribed { mesa, card: Box::new(card()) }));
    for (category, count) in commitments {
        for _ in 0..*count {
            commit(state, mesa, *category);
        }
    }
    state.apply(&Event::Conduct(mesa, conduct::Event::PhaseChanged { to: phase, at: NOW }));
}

fn commit(state: &mut AtMesa, mesa: MesaNumber, category: Category) {
    let new = item(0x500 + state.0.aliases.len() as u128);
    state.apply(&Event::Conduct(
        mesa,
        conduct::Event::PhaseChanged { to: Phase::Agreements, at: NOW },
    ));
    for command in [
        deliberation::Command::Add { item: new, kind: ItemKind::Commitment, parent: None },
        deliberation::Command::Assign { item: new, value: Assignment::Category(Some(category)) },
    ] {
        let context = Context { person: person(F), seat: None, role: F, now: NOW, since: &[] };
        for event in decide(&state.0, mesa, &Command::Deliberation(command), &context).unwrap() {
            state.apply(&event);
        }
    }
}

/// The tests' quota asks for one commitment that follows the money and two local ones; this mesa
/// has one local one.
fn one_local() -> AtMesa {
    let mut state = mesa(Phase::Agreements);
    add(&mut state, F, 1, ItemKind::Problem, None);
    agreed(&mut state, 10, LocalProblem, item(1));
    state
}

#[test]
fn the_quota_is_the_plan_s_and_counts_what_the_other_mesas_have() {
    let mut state = one_local();
    let short = |category, missing| Finding::QuotaShort { category, missing };
    let found = |state: &AtMesa| {
        check::findings(state).into_iter().map(|found| found.finding).collect::<Vec<_>>()
    };
    assert_eq!(found(&state), [short(FollowTheMoney, 1), short(LocalProblem, 1)]);
    open(&mut state, 2, Phase::Agreements, &[(LocalProblem, 2)]);
    open(&mut state, 3, Phase::Agreements, &[(Proactive, 1)]);
    assert_eq!(found(&state), [short(FollowTheMoney, 1)]);
    let rows = QuotaBoard::of(&state).rows;
    let numbers: Vec<_> = rows
        .iter()
        .map(|row| (row.category, row.minimum, row.have, row.here(), row.elsewhere))
        .collect();
    assert_eq!(
        numbers,
        [(FollowTheMoney, 1, 0, 0, 0), (LocalProblem, 2, 3, 1, 2), (Proactive, 0, 1, 0, 1)]
    );
    let theirs = state.0.mesa(MesaNumber(2)).unwrap().deliberation.commitments.clone();
    for item in theirs {
        state.apply(&Event::Deliberation(deliberation::Event::ItemRemoved { item }));
    }
    assert_eq!(
        found(&state),
        [short(FollowTheMoney, 1), short(LocalProblem, 1)],
        "what they take back is missing again"
    );
}

#[test]
fn the_read_out_waits_for_every_mesa_s_agreements_unless_the_facilitator_says_why_not() {
    let mut state = one_local();
    open(&mut state, 2, Phase::Analysis, &[(LocalProblem, 1), (FollowTheMoney, 1)]);
    open(&mut state, 3, Phase::Agreements, &[]);
    let finding = Finding::MesaNotReady { number: MesaNumber(2) };
    for to in [Phase::ReadOut, Phase::Signing] {
        assert_eq!(check::in_the_way_of(&state, to), [finding]);
        assert_eq!(
            act(&mut state, F, Command::Conduct(conduct::Command::ChangePhase { to })),
            Err(Rejection::Conduct(conduct::Rejection::ChecksOpen { open: 1 }))
        );
    }
    assert_eq!(check::in_the_way_of(&state, Phase::Analysis), [], "its own phases are its own");
    let other = Finding::MesaNotReady { number: MesaNumber(3) };
    let pass = |finding| {
        Command::Conduct(conduct::Command::OverrideCheck {
            finding,
            reason: remark("La mesa 2 sesiona en octubre"),
        })
    };
    assert_eq!(act(&mut state, F, pass(other)), Err(Rejection::UnknownValue), "the third is there");
    act(&mut state, F, pass(finding)).unwrap();
    assert_eq!(
        act(&mut state, F, Command::Conduct(conduct::Command::ChangePhase { to: Phase::ReadOut }))
            .unwrap()
            .len(),
        1
    );

    let mut state = one_local();
    open(&mut state, 2, Phase::Preparation, &[(LocalProblem, 1), (FollowTheMoney, 1)]);
    assert_eq!(check::open(&state), 1);
    state.apply(&Event::Conduct(
        MesaNumber(2),
        conduct::Event::PhaseChanged { to: Phase::Agreements, at: NOW },
    ));
    assert_eq!(check::open(&state), 0, "it came to its agreements");
}

#[test]
fn a_mesa_stands_with_its_phase_and_what_is_there_to_be_read() {
    let mut state = one_local();
    agreed(&mut state, 20, Proactive, item(1));
    agreed(&mut state, 30, LocalProblem, item(1));
    add(&mut state, F, 40, ItemKind::Commitment, None);
    act(&mut state, F, Command::Deliberation(deliberation::Command::Remove { item: item(20) }))
        .unwrap();
    let standing = Standing::of(&state);
    assert_eq!(
        (standing.number, standing.theme.as_str(), standing.phase),
        (HERE, "Servicios", Phase::Agreements)
    );
    assert_eq!(
        (standing.commitments.as_slice(), standing.uncategorised, standing.total()),
        (&[(LocalProblem, 2)][..], 1, 3)
    );
    assert_eq!((standing.has(LocalProblem), standing.has(Proactive)), (2, 0));
    assert!(state.siblings.is_empty(), "a mesa that is alone has no other");
}

#[test]
fn one_move_leads_all_mesas_and_going_back_leaves_each_where_it_was_before_the_read_out() {
    let mut state = one_local();
    open(&mut state, 2, Phase::Analysis, &[]);
    let phases = |state: &AtMesa| {
        state
            .0
            .mesas
            .values()
            .map(|mesa| (mesa.conduct.phase, mesa.phase_since()))
            .collect::<Vec<_>>()
    };
    let go = |state: &mut AtMesa, mesa: u16, to, at| {
        state.apply(&Event::Conduct(MesaNumber(mesa), conduct::Event::PhaseChanged { to, at }))
    };
    go(&mut state, 2, Phase::Agreements, NOW + 1);
    go(&mut state, 2, Phase::ReadOut, NOW + 2);
    assert_eq!(phases(&state), [(Phase::ReadOut, Some(NOW + 2)); 2]);
    // The other mesa's facilitation did the same: the phase began when it began for them.
    go(&mut state, 1, Phase::Signing, NOW + 3);
    assert_eq!(phases(&state), [(Phase::Signing, Some(NOW + 3)); 2]);
    go(&mut state, 1, Phase::Analysis, NOW + 4);
    assert_eq!(
        phases(&state),
        [(Phase::Analysis, Some(NOW + 4)), (Phase::Agreements, Some(NOW + 4))]
    );
    go(&mut state, 2, Phase::Introduction, NOW + 5);
    assert_eq!(
        phases(&state),
        [(Phase::Analysis, Some(NOW + 4)), (Phase::Introduction, Some(NOW + 5))],
        "its own phases are its own"
    );
}

#[test]
fn out_of_the_read_out_each_mesa_goes_back_to_where_it_was() {
    let mut state = one_local();
    open(&mut state, 2, Phase::Analysis, &[]);
    open(&mut state, 3, Phase::Agreements, &[]);
    let phases = |state: &AtMesa| {
        [1, 2, 3].map(|mesa| state.0.mesa(MesaNumber(mesa)).unwrap().conduct.phase)
    };
    let go = |state: &mut AtMesa, to| {
        state.apply(&Event::Conduct(HERE, conduct::Event::PhaseChanged { to, at: NOW }));
    };
    // The second mesa wasn't ready: that finding was overridden with a reason.
    go(&mut state, Phase::ReadOut);
    go(&mut state, Phase::Conformity);
    assert_eq!(phases(&state), [Phase::Conformity; 3]);
    // A mesa that was opened since never had a phase of its own.
    open(&mut state, 4, Phase::Conformity, &[]);
    go(&mut state, Phase::Agreements);
    assert_eq!(phases(&state), [Phase::Agreements, Phase::Analysis, Phase::Agreements]);
    assert_eq!(state.0.mesa(MesaNumber(4)).unwrap().conduct.phase, Phase::Agreements);
}

#[test]
fn a_mesa_that_never_met_is_in_preparation_again_after_a_read_out() {
    let mut state = one_local();
    let mesa = MesaNumber(2);
    state.apply(&Event::Exercise(exercise::Event::MesaDescribed { mesa, card: Box::new(card()) }));
    let phase = |state: &AtMesa| state.0.mesa(mesa).unwrap().conduct.phase;
    let go = |state: &mut AtMesa, to| {
        state.apply(&Event::Conduct(HERE, conduct::Event::PhaseChanged { to, at: NOW }));
    };
    assert_eq!(phase(&state), Phase::Preparation);
    go(&mut state, Phase::ReadOut);
    assert_eq!(phase(&state), Phase::ReadOut);
    go(&mut state, Phase::Agreements);
    assert_eq!(phase(&state), Phase::Preparation);
    assert!(check::open(&state) > 0, "it stands in the way again");
}
