//! Any history of freezing, going back, answering and closing: what each viewer was sent gives what
//! they may see, and what is secret is in nobody's bytes before it is told.

use std::collections::BTreeMap;

use domain::agreement::{Command, Given, Stance};
use domain::project::project;
use domain::{Exercise, MesaNumber, Phase, Role, Viewer};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::table::{ACTORS, Table, reason, suplente, titular};

#[derive(Clone, Debug)]
enum Turn {
    Go(usize),
    Write(usize),
    State { actor: u16, suplente: bool, helper: bool, older: bool, said: Vec<(usize, u8)> },
    Lead(u8),
    Secret(bool),
    Replace(u16),
    Sign { actor: u16, what: u8 },
    Serve(u16),
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let actor = 1..=ACTORS + 1;
    let said = proptest::collection::vec((0..3_usize, 0..4_u8), 1..4);
    let flag = || prop::bool::weighted(0.2);
    let turn = prop_oneof![
        2 => (0..5_usize).prop_map(Turn::Go),
        1 => (0..3_usize).prop_map(Turn::Write),
        6 => (actor.clone(), flag(), flag(), flag(), said).prop_map(
            |(actor, suplente, helper, older, said)| Turn::State { actor, suplente, helper, older, said }
        ),
        2 => (0..6_u8).prop_map(Turn::Lead),
        1 => any::<bool>().prop_map(Turn::Secret),
        1 => actor.clone().prop_map(Turn::Replace),
        8 => (actor, 0..9_u8).prop_map(|(actor, what)| Turn::Sign { actor, what }),
        3 => (0..4_u16).prop_map(Turn::Serve),
    ];
    proptest::collection::vec(turn, 0..60)
}

/// What was refused changes nothing: most turns fit only at some moments.
fn take(table: &mut Table, number: usize, turn: &Turn) {
    let words = format!("«{number}»");
    let stance = |what| match what {
        0 => Stance::Agree,
        1 => Stance::AgreeWithReservation(reason(&words)),
        2 => Stance::Disagree(reason(&words)),
        _ => Stance::Abstain,
    };
    match turn {
        Turn::Go(to) => {
            let phases = [Phase::Agreements, Phase::ReadOut, Phase::Conformity, Phase::Signing];
            table.go(*phases.get(*to).unwrap_or(&Phase::Signing));
        }
        Turn::Write(commitment) => table.try_to_write(*commitment, &words),
        Turn::State { actor, suplente: other, helper, older, said } => {
            let seat = if *other { suplente(*actor) } else { titular(*actor) };
            let said: Vec<_> = said.iter().map(|(at, what)| (*at, stance(*what))).collect();
            let version = table.exercise.plan.version().map_or(1, |version| version.number);
            let version = version.saturating_sub(u16::from(*older)).max(1);
            let _ = if *helper {
                table.state_for(Role::Rapporteur, seat, &said)
            } else {
                table.state_of(version, seat, &said)
            };
        }
        Turn::Lead(what) => {
            let command = match what {
                0 => Command::Remind,
                1 | 2 => Command::Close { reason: Some(crate::mesa::remark(&words)) },
                3 => Command::NameMissing { named: number.is_multiple_of(2) },
                4 => Command::ReadOut { commitment: Some(table.commitments[number % 3]) },
                _ => Command::ReadOut { commitment: None },
            };
            let _ = table.ask(Role::Facilitator, command);
        }
        Turn::Secret(secret) => {
            let secret = *secret;
            table.try_to_amend(|card| card.secret_conformity = secret);
        }
        Turn::Replace(actor) => table.replace(*actor),
        Turn::Sign { actor, what } => crate::signing::turn(table, *actor, *what),
        Turn::Serve(what) => crate::signing::serve(table, *what),
    }
}

const VIEWERS: [Viewer; 3] =
    [Viewer::Facilitation(MesaNumber(1)), Viewer::Seat(MesaNumber(1)), Viewer::Public];

/// Every event with the state that it led to.
fn history(turns: &[Turn]) -> Vec<(domain::Event, Exercise)> {
    let mut table = Table::new();
    turns.iter().enumerate().for_each(|(number, turn)| take(&mut table, number, turn));
    let mut state = Exercise::default();
    let after = |event: &domain::Event| {
        state.apply(event);
        (event.clone(), state.clone())
    };
    table.log.iter().map(after).collect()
}

fn given(state: &Exercise) -> impl Iterator<Item = &Given> {
    state.plan.answers.values().flat_map(|answers| answers.values())
}

#[test]
fn the_histories_have_everything_in_them() {
    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeMap<&'static str, usize> = BTreeMap::new();
    for _ in 0..3_000 {
        let turns = turns().new_tree(&mut runner).unwrap().current();
        for (event, after) in history(&turns) {
            *seen.entry(event.name()).or_default() += 1;
            let mut note = |what, holds| *seen.entry(what).or_default() += usize::from(holds);
            note("secret and answered", given(&after).any(|given| given.secret && !given.told));
            note("told", given(&after).any(|given| given.told));
            note("assisted", given(&after).any(|given| given.assisted));
            note("told before", !after.plan.told.is_empty());
            note("frozen again", after.plan.versions.len() > 1);
            let again = after.plan.answers.iter().any(|(actor, answers)| {
                answers.keys().any(|item| after.plan.must_reconfirm(*actor, *item))
            });
            note("to be confirmed again", again);
        }
    }
    for what in [
        "plan_frozen",
        "commitment_read_out",
        "conformity_asked",
        "conformity_stated",
        "conformity_closed",
        "conformity_reminded",
        "missing_named",
        "secret and answered",
        "told",
        "assisted",
        "frozen again",
        "told before",
        "signing_opened",
        "signing_pages_set",
        "signature_marked",
        "signature_consented",
        "signature_mark_taken",
        "signing_closed",
        "plan_sealed",
        "to be confirmed again",
    ] {
        assert!(seen.get(what).is_some_and(|times| *times >= 20), "{what}: {seen:#?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn folding_what_a_viewer_got_gives_what_they_may_see(turns in turns()) {
        let history = history(&turns);
        for viewer in VIEWERS {
            let mut seen = Exercise::default();
            for (event, after) in &history {
                seen.apply_projected(&project(event, after, viewer));
                prop_assert_eq!(&seen, &after.for_viewer(viewer));
            }
        }
    }

    #[test]
    fn what_is_not_told_yet_is_in_nobody_s_bytes(turns in turns()) {
        for (event, after) in &history(&turns) {
            for viewer in VIEWERS {
                let withheld = |given: &&Given| {
                    !given.told && (given.secret || viewer == Viewer::Public)
                };
                let mut sent = serde_json::to_string(&project(event, after, viewer)).unwrap();
                sent.push_str(&serde_json::to_string(&after.for_viewer(viewer)).unwrap());
                for reason in given(after).filter(withheld).filter_map(|given| given.stance.as_ref()?.reason()) {
                    prop_assert!(!sent.contains(reason.as_str()), "{viewer:?} gets {reason}");
                }
            }
        }
    }

    #[test]
    fn nobody_answers_twice_and_only_who_was_asked_counts(turns in turns()) {
        for (_, after) in &history(&turns) {
            let Some(question) = &after.plan.question else { continue };
            for commitment in after.plan.version().into_iter().flat_map(|version| &version.commitments) {
                let tally = after.plan.tally(commitment.item);
                let all = tally.answered() + tally.missing;
                prop_assert_eq!(all as usize, question.entitled.len());
            }
        }
    }
}
