//! Three mesas of one exercise whose people act at any moment: in the order of their one stream all
//! of them agree on the plan's phase.

#![allow(clippy::unwrap_used)]

#[path = "history/mesa.rs"]
mod mesa;

use domain::deliberation::choice::Category;
use domain::judge::Context;
use domain::project::project;
use domain::{
    Assignment, Command, ContributionKind, Event, Exercise, ItemKind, Mesa, MesaNumber, Patch,
    Phase, Role, ServerCommand, Shown, TextField, Viewer, conduct, decide, decide_server,
    deliberation, exercise,
};
use mesa::{card, events_before, item, overrides, person, remark};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Turn {
    Go(u16, usize),
    Commit(u16, usize),
    Remove(u16, usize),
    /// Open another mesa, perhaps while the plan is in its read-out.
    Open(u16),
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let mesa = 1..=4_u16;
    let turn = prop_oneof![
        (mesa.clone(), 0..Phase::ALL.len()).prop_map(|(mesa, to)| Turn::Go(mesa, to)),
        (mesa.clone(), 0..4_usize).prop_map(|(mesa, category)| Turn::Commit(mesa, category)),
        (mesa.clone(), any::<usize>()).prop_map(|(mesa, which)| Turn::Remove(mesa, which)),
        mesa.prop_map(Turn::Open),
    ];
    proptest::collection::vec(turn, 0..40)
}

/// Viewers of two of the mesas, and of none.
const VIEWERS: [Viewer; 4] = [
    Viewer::Facilitation(MesaNumber(1)),
    Viewer::Seat(MesaNumber(2)),
    Viewer::Facilitation(MesaNumber(3)),
    Viewer::Public,
];

struct World {
    exercise: Exercise,
    log: Vec<Event>,
    /// What each of [`VIEWERS`] was sent, folded.
    seen: [Exercise; VIEWERS.len()],
    now: i64,
}

impl World {
    fn new() -> Self {
        let mut world = Self {
            exercise: Exercise::default(),
            log: Vec::new(),
            seen: Default::default(),
            now: 1_000,
        };
        world.enter(events_before());
        for mesa in [2, 3].map(MesaNumber) {
            world.enter(vec![Event::Exercise(exercise::Event::MesaDescribed {
                mesa,
                card: Box::new(card()),
            })]);
        }
        world
    }

    fn enter(&mut self, events: Vec<Event>) {
        for event in events {
            self.exercise.apply(&event);
            self.log.push(event.clone());
            for (viewer, seen) in VIEWERS.into_iter().zip(&mut self.seen) {
                seen.apply_projected(&project(&event, &self.exercise, viewer));
            }
        }
    }

    fn act(&mut self, mesa: MesaNumber, command: &Command) -> bool {
        self.now += 1_000;
        let context = Context {
            person: person(Role::Facilitator),
            seat: None,
            role: Role::Facilitator,
            now: self.now,
            since: &[],
        };
        match decide(&self.exercise, mesa, command, &context) {
            Ok(events) => {
                self.enter(events);
                true
            }
            Err(_) => false,
        }
    }

    fn take(&mut self, turn: &Turn) {
        let (Turn::Go(at, _) | Turn::Commit(at, _) | Turn::Remove(at, _) | Turn::Open(at)) = *turn;
        if self.exercise.mesa(MesaNumber(at)).is_none() && !matches!(turn, Turn::Open(_)) {
            return;
        }
        match *turn {
            Turn::Open(mesa) => {
                let open = exercise::ServerCommand::OpenMesa {
                    mesa: MesaNumber(mesa),
                    card: Box::new(card()),
                };
                self.enter(
                    decide_server(&self.exercise, &ServerCommand::Exercise(open))
                        .unwrap_or_default(),
                );
            }
            Turn::Go(mesa, to) => {
                let (mesa, to) = (MesaNumber(mesa), Phase::ALL[to]);
                for command in overrides(self.exercise.mesa(mesa).unwrap()) {
                    self.act(mesa, &command);
                }
                self.act(mesa, &Command::Conduct(conduct::Command::ChangePhase { to }));
            }
            Turn::Commit(mesa, category) => {
                let (mesa, new) = (MesaNumber(mesa), item(self.exercise.aliases.len() as u128));
                let add = deliberation::Command::Add {
                    item: new,
                    kind: ItemKind::Commitment,
                    parent: None,
                };
                let value = Assignment::Category(Some(Category::ALL[category]));
                if self.act(mesa, &Command::Deliberation(add)) {
                    self.act(
                        mesa,
                        &Command::Deliberation(deliberation::Command::Assign { item: new, value }),
                    );
                }
            }
            Turn::Remove(mesa, which) => {
                let mesa = MesaNumber(mesa);
                let list = &self.exercise.mesa(mesa).unwrap().deliberation.commitments;
                if let Some(item) = list.get(which % list.len().max(1)).copied() {
                    self.act(mesa, &Command::Deliberation(deliberation::Command::Remove { item }));
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_mesas_are_where_the_plan_is_and_know_of_each_other(turns in turns()) {
        let mut world = World::new();
        for turn in &turns {
            let before: Vec<_> = world.exercise.mesas.values().cloned().collect();
            world.take(turn);
            if matches!(turn, Turn::Go(..)) {
                let what = |mesa: &Mesa| (mesa.deliberation.items.clone(), mesa.deliberation.commitments.clone());
                prop_assert!(world.exercise.mesas.values().map(|mesa| what(mesa)).eq(before.iter().map(|mesa| what(mesa))), "it destroys nothing");
            }
            let phases: Vec<Phase> = world.exercise.mesas.values().map(|mesa| mesa.conduct.phase).collect();
            if phases.iter().any(|phase| phase.is_of_the_plan()) {
                prop_assert!(phases.iter().all(|phase| *phase == phases[0]), "{phases:?}");
            }
            for mesa in world.exercise.mesas.values() {
                let others = world.exercise.mesas.values().filter(|other| other.number != mesa.number);
                prop_assert!(mesa.siblings.iter().cloned().eq(others.map(|other| domain::Standing::of(other))));
                prop_assert_eq!(mesa.conduct.phases.last().map_or(Phase::Preparation, |start| start.phase), mesa.conduct.phase);
            }
            for (viewer, seen) in VIEWERS.into_iter().zip(&world.seen) {
                prop_assert!(*seen == world.exercise.for_viewer(viewer), "{viewer:?}");
            }
            let written = serde_json::to_string(&world.exercise).unwrap();
            prop_assert!(serde_json::from_str::<Exercise>(&written).unwrap() == world.exercise, "it is read as it was written");
        }
        let mut told = Exercise::default();
        for event in &world.log {
            told.apply(&serde_json::from_slice(&serde_json::to_vec(event).unwrap()).unwrap());
        }
        prop_assert!(told == world.exercise, "the log alone gives the state");
    }
}

#[test]
fn a_command_at_one_mesa_does_not_reach_what_another_one_wrote() {
    let mut world = World::new();
    let [one, two] = [1, 2].map(MesaNumber);
    for mesa in [one, two] {
        world.act(mesa, &Command::Conduct(conduct::Command::ChangePhase { to: Phase::Agreements }));
    }
    let new = |number| deliberation::Command::Add {
        item: item(number),
        kind: ItemKind::Commitment,
        parent: None,
    };
    for (mesa, number) in [(one, 1), (two, 2)] {
        assert!(world.act(mesa, &Command::Deliberation(new(number))));
    }
    let (theirs, own) = (item(1), item(2));
    let said = |target| {
        let (kind, text) = (ContributionKind::Question, remark("¿Cuándo?"));
        deliberation::Command::Contribute { item: item(3), target, kind, text }
    };
    let (field, patch) = (TextField::Title, Patch::splice(0, 0, "x"));
    let of_theirs = [
        deliberation::Command::Assign {
            item: theirs,
            value: Assignment::Category(Some(Category::Proactive)),
        },
        deliberation::Command::Assign {
            item: own,
            value: Assignment::Problem { problem: theirs, linked: true },
        },
        deliberation::Command::Patch { item: theirs, field, base: 0, patch },
        deliberation::Command::Recover {
            item: theirs,
            field,
            full_text: "x".to_owned(),
            ancestors: Vec::new(),
        },
        deliberation::Command::Add {
            item: item(4),
            kind: ItemKind::Activity,
            parent: Some(theirs),
        },
        deliberation::Command::Remove { item: theirs },
        deliberation::Command::Move { item: theirs, after: None },
        deliberation::Command::Move { item: own, after: Some(theirs) },
        deliberation::Command::Hide { item: theirs, hidden: true },
        said(Some(theirs)),
    ];
    let of_theirs = of_theirs.map(Command::Deliberation).into_iter();
    for command in
        of_theirs.chain([Command::Conduct(conduct::Command::Show { shown: Shown::Item(theirs) })])
    {
        assert!(!world.act(two, &command), "{command:?}");
    }
    // Nor is an id given twice.
    assert!(!world.act(two, &Command::Deliberation(new(1))));
    assert!(world.act(two, &Command::Deliberation(said(Some(own)))));
    let context = Context {
        person: person(Role::Facilitator),
        seat: None,
        role: Role::Facilitator,
        now: 0,
        since: &[],
    };
    let nowhere = decide(
        &world.exercise,
        MesaNumber(9),
        &Command::Conduct(conduct::Command::AskLate),
        &context,
    );
    assert_eq!(nowhere, Err(domain::Rejection::UnknownMesa));
}
