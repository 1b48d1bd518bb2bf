//! Changing phases, forward and back, and the time spent in them.

use domain::decide::decide;
use domain::deliberation::choice::Category;
use domain::judge::Context;
use domain::{
    AgendaItem, Command, ContributionKind, Event, ItemKind, MesaCard, Patch, Phase, Role, TextField,
};
use domain::{conduct, deliberation, exercise};

use super::{F, agreed};
use crate::mesa::{
    AtMesa, HERE, act, add, card, item, mesa, overrides, person, remark, short, write,
};

const MINUTE: i64 = 60_000;

fn go(state: &mut AtMesa, to: Phase, now: i64) {
    let context = Context { person: person(F), seat: None, role: F, now, since: &[] };
    for event in
        decide(&state.0, HERE, &Command::Conduct(conduct::Command::ChangePhase { to }), &context)
            .unwrap()
    {
        assert_eq!(event, Event::Conduct(HERE, conduct::Event::PhaseChanged { to, at: now }));
        state.apply(&event);
    }
}

#[test]
fn going_back_destroys_nothing() {
    let mut state = mesa(Phase::Agreements);
    add(&mut state, F, 1, ItemKind::Problem, None);
    agreed(&mut state, 10, Category::FollowTheMoney, item(1));
    write(&mut state, F, item(10), TextField::Title, Patch::splice(0, 0, "Sigue tu uniforme"))
        .unwrap();
    for command in overrides(&state) {
        act(&mut state, F, command).unwrap();
    }
    go(&mut state, Phase::ReadOut, 1_000);
    let objection = Command::Deliberation(deliberation::Command::Contribute {
        item: item(20),
        target: Some(item(10)),
        kind: ContributionKind::Objection,
        text: remark("No"),
    });
    act(&mut state, Role::Participant, objection).unwrap();
    let before = state.clone();
    for (to, at) in
        [(Phase::Agreements, 2_000), (Phase::Preparation, 3_000), (Phase::Analysis, 4_000)]
    {
        go(&mut state, to, at);
        assert_eq!(
            (
                &state.deliberation.items,
                &state.conduct.overrides,
                &state.deliberation.contributions
            ),
            (
                &before.deliberation.items,
                &before.conduct.overrides,
                &before.deliberation.contributions
            )
        );
    }
    let visits: Vec<Phase> = state.conduct.phases.iter().map(|start| start.phase).collect();
    assert_eq!(
        visits,
        [Phase::Agreements, Phase::ReadOut, Phase::Agreements, Phase::Preparation, Phase::Analysis]
    );
    // What was closed for editing is open again, and can go to another read-out.
    write(&mut state, F, item(10), TextField::Title, Patch::splice(0, 5, "Seguir")).unwrap();
    go(&mut state, Phase::ReadOut, 5_000);
    assert_eq!(state.item(item(10)).unwrap().text(TextField::Title), "Seguir tu uniforme");
}

#[test]
fn the_time_of_a_phase_is_that_of_all_its_visits() {
    let mut state = mesa(Phase::Preparation);
    for (to, minute) in [
        (Phase::Introduction, 0),
        (Phase::Analysis, 10),
        (Phase::Agreements, 50),
        (Phase::Analysis, 60),
    ] {
        go(&mut state, to, minute * MINUTE);
    }
    assert_eq!(state.spent_in(Phase::Introduction, 65 * MINUTE), 10 * MINUTE);
    assert_eq!(state.spent_in(Phase::Analysis, 65 * MINUTE), 45 * MINUTE);
    assert_eq!(state.spent_in(Phase::Agreements, 65 * MINUTE), 10 * MINUTE);
    assert_eq!(state.spent_in(Phase::ReadOut, 65 * MINUTE), 0);
    assert_eq!(state.phase_since(), Some(60 * MINUTE));
    // A clock that was set back takes no time away.
    assert_eq!(state.spent_in(Phase::Analysis, 0), 40 * MINUTE);
}

#[test]
fn the_agenda_gives_each_phase_its_minutes() {
    let state = mesa(Phase::Analysis);
    assert_eq!((state.planned_for(Phase::Analysis), state.planned_for(Phase::Agreements)), (40, 0));
}

#[test]
fn how_far_behind_the_agenda_a_mesa_is_and_where_it_could_save_that() {
    let mut state = mesa(Phase::Preparation);
    let agenda = [
        (Phase::Introduction, 10),
        (Phase::Analysis, 40),
        (Phase::ReadOut, 5),
        (Phase::Agreements, 30),
    ];
    let agenda =
        agenda.map(|(phase, minutes)| AgendaItem { phase, title: short("Punto"), minutes });
    let card = MesaCard { agenda: agenda.to_vec(), ..card() };
    state.apply(&Event::Exercise(exercise::Event::MesaDescribed {
        mesa: HERE,
        card: Box::new(card),
    }));
    go(&mut state, Phase::Introduction, 0);
    assert_eq!(state.behind(9 * MINUTE), 0, "on time");
    assert_eq!(state.behind(22 * MINUTE), 12);
    assert_eq!(state.shortened(12), Some((Phase::Analysis, 28)));
    go(&mut state, Phase::Analysis, 22 * MINUTE);
    assert_eq!(state.behind(23 * MINUTE), 12, "it takes with it what came before");
    assert_eq!(state.shortened(12), Some((Phase::Agreements, 18)));
    assert_eq!(state.shortened(30), None, "nothing is long enough");
    // What the analysis saved is saved.
    go(&mut state, Phase::Agreements, 52 * MINUTE);
    assert_eq!(state.behind(52 * MINUTE), 2);
}
