//! Three mesas and their plan, with people who move at any moment and word that is passed on late, twice or in any order: in the
//! end all are where the plan is, and nothing echoes.

#![allow(clippy::unwrap_used)]

#[path = "history/mesa.rs"]
mod mesa;

use domain::decide::{decide, register};
use domain::deliberation::item::Category;
use domain::judge::Context;
use domain::project::project;
use domain::{Assignment, Audience, Command, Event, ItemKind, MesaCard, Phase, Role, Seq, ServerCommand, Standing, State, StreamId};
use domain::{conduct, deliberation, exercise};
use mesa::{card, events_before, item, overrides, person};
use proptest::prelude::*;
use uuid::Uuid;

fn stream(place: usize) -> StreamId {
    StreamId(Uuid::from_u128(0x70 + place as u128))
}

/// A stream as the log has it.
#[derive(Clone, Default)]
struct Line {
    state: State,
    seq: Seq,
    events: Vec<Event>,
}

impl Line {
    fn append(&mut self, events: Vec<Event>) {
        for event in events {
            self.state.apply(&event);
            self.seq += 1;
            self.events.push(event);
        }
    }

    fn enter(&mut self, registration: &ServerCommand) -> bool {
        let events = register(&self.state, registration).unwrap_or_default();
        let news = !events.is_empty();
        self.append(events);
        news
    }
}

/// The streams, and word on its way that somebody took from one at some moment.
struct World {
    plan: Line,
    mesas: Vec<Line>,
    to_plan: Vec<ServerCommand>,
    to_mesas: Vec<(usize, ServerCommand)>,
    now: i64,
}

impl World {
    fn new() -> Self {
        let mut plan = Line::default();
        let mut mesas = Vec::new();
        for place in 0..3 {
            plan.append(vec![Event::Exercise(exercise::Event::MesaGathered { mesa: stream(place) })]);
            let number = u16::try_from(place + 1).unwrap();
            let mut line = Line::default();
            line.append(vec![Event::Exercise(exercise::Event::MesaOpened(Box::new(MesaCard { number, ..card() })))]);
            line.append(events_before().split_off(1));
            mesas.push(line);
        }
        Self { plan, mesas, to_plan: Vec::new(), to_mesas: Vec::new(), now: 1_000 }
    }

    fn act(&mut self, place: usize, command: &Command) -> bool {
        self.now += 1_000;
        let context = Context { person: person(Role::Facilitator), seat: None, role: Role::Facilitator, now: self.now, since: &[] };
        match decide(&self.mesas[place].state, command, &context) {
            Ok(events) => {
                self.mesas[place].append(events);
                true
            }
            Err(_) => false,
        }
    }

    /// Someone goes to a phase, and lets pass what stands in the way.
    fn go(&mut self, place: usize, to: Phase) {
        for command in overrides(&self.mesas[place].state) {
            self.act(place, &command);
        }
        self.act(place, &Command::Conduct(conduct::Command::ChangePhase { to }));
    }

    /// What a server that looks at a mesa now would tell the plan.
    fn news_of(&self, place: usize) -> Vec<ServerCommand> {
        let Line { state, seq, .. } = &self.mesas[place];
        let standing = Standing::of(state, stream(place)).unwrap();
        let mut news = vec![ServerCommand::Exercise(exercise::ServerCommand::NoteStanding { standing: Box::new(standing), seq: *seq })];
        let last = state.course.last.filter(|_| state.course.moves > 0);
        news.extend(last.map(|last| {
            ServerCommand::Exercise(exercise::ServerCommand::TakeMove {
                mesa: stream(place),
                number: state.course.moves,
                to: last.phase,
                at: last.at,
                by: None,
            })
        }));
        news
    }

    /// What a server that looks at the plan now would tell a mesa.
    fn word_for(&self, place: usize) -> ServerCommand {
        let plan = &self.plan.state;
        ServerCommand::Exercise(exercise::ServerCommand::Follow {
            siblings: plan.siblings_of(stream(place)),
            seq: self.plan.seq,
            last: plan.course.plan_move(),
            taken: plan.course.taken.get(&stream(place)).copied().unwrap_or(0),
        })
    }

    /// One server passes on until there is nothing more; how many rounds had news.
    fn settle(&mut self) -> usize {
        for round in 0.. {
            let mut news = false;
            for place in 0..self.mesas.len() {
                for registration in self.news_of(place) {
                    news |= self.plan.enter(&registration);
                }
            }
            for place in 0..self.mesas.len() {
                let word = self.word_for(place);
                news |= self.mesas[place].enter(&word);
            }
            if !news {
                return round;
            }
            assert!(round < 10, "it echoes");
        }
        unreachable!()
    }

    fn assert_together(&self) {
        let plan = &self.plan.state;
        for (place, line) in self.mesas.iter().enumerate() {
            let phase = line.state.phase;
            let expected = plan.course.plan_move().map_or(phase, |last| last.leads(phase));
            assert_eq!(phase, expected, "mesa {place} is where the plan {:?} is", plan.phase);
            assert_eq!(plan.standings.iter().find(|s| s.standing.mesa == stream(place)).unwrap().standing, self.standing(place));
            let others: Vec<_> = (0..3).filter(|other| *other != place).map(|other| self.standing(other)).collect();
            assert_eq!(line.state.siblings, others);
        }
    }

    fn standing(&self, place: usize) -> Standing {
        Standing::of(&self.mesas[place].state, stream(place)).unwrap()
    }

    /// Changes of phase that people made at the mesas and that move the plan: read off the logs.
    fn moves(&self) -> usize {
        let of = |line: &Line| {
            let mut state = State::default();
            let mut moves = 0;
            for event in &line.events {
                moves += usize::from(
                    matches!(event, Event::Conduct(conduct::Event::PhaseChanged { to, .. }) if state.phase > Phase::Agreements || *to > Phase::Agreements),
                );
                state.apply(event);
            }
            moves
        };
        self.mesas.iter().map(of).sum()
    }
}

#[derive(Clone, Debug)]
enum Step {
    Go(usize, Phase),
    Commit(usize, Option<Category>),
    /// Somebody looks at a mesa and sets out to tell the plan.
    LookAtMesa(usize),
    LookAtPlan(usize),
    /// Word arrives, any that is on its way; it may be on its way twice.
    ReachPlan(prop::sample::Index, bool),
    ReachMesa(prop::sample::Index, bool),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let phase = prop_oneof![4 => 3..6_usize, 1 => 0..9_usize].prop_map(|place| Phase::ALL[place]);
    let category = prop::option::of((0..4_usize).prop_map(|place| Category::ALL[place]));
    let step = prop_oneof![
        2 => (0..3_usize, phase).prop_map(|(mesa, to)| Step::Go(mesa, to)),
        1 => (0..3_usize, category).prop_map(|(mesa, category)| Step::Commit(mesa, category)),
        3 => (0..3_usize).prop_map(Step::LookAtMesa),
        3 => (0..3_usize).prop_map(Step::LookAtPlan),
        3 => (any::<prop::sample::Index>(), any::<bool>()).prop_map(|(which, stays)| Step::ReachPlan(which, stays)),
        3 => (any::<prop::sample::Index>(), any::<bool>()).prop_map(|(which, stays)| Step::ReachMesa(which, stays)),
    ];
    proptest::collection::vec(step, 0..60)
}

fn run(steps: &[Step]) -> World {
    let mut world = World::new();
    for (number, step) in steps.iter().enumerate() {
        match step {
            Step::Go(place, to) => world.go(*place, *to),
            Step::Commit(place, category) => {
                let id = item(number as u128);
                if world
                    .act(*place, &Command::Deliberation(deliberation::Command::Add { item: id, kind: ItemKind::Commitment, parent: None }))
                {
                    world.act(
                        *place,
                        &Command::Deliberation(deliberation::Command::Assign { item: id, value: Assignment::Category(*category) }),
                    );
                }
            }
            Step::LookAtMesa(place) => world.to_plan.extend(world.news_of(*place)),
            Step::LookAtPlan(place) => world.to_mesas.push((*place, world.word_for(*place))),
            Step::ReachPlan(which, stays) if !world.to_plan.is_empty() => {
                let which = which.index(world.to_plan.len());
                let word = if *stays { world.to_plan[which].clone() } else { world.to_plan.remove(which) };
                world.plan.enter(&word);
            }
            Step::ReachMesa(which, stays) if !world.to_mesas.is_empty() => {
                let which = which.index(world.to_mesas.len());
                let (place, word) = if *stays { world.to_mesas[which].clone() } else { world.to_mesas.remove(which) };
                world.mesas[place].enter(&word);
            }
            Step::ReachPlan(..) | Step::ReachMesa(..) => {}
        }
    }
    world
}

/// A mesa that hadn't come to its agreements isn't led into a read-out that was called off meanwhile.
#[test]
fn late_word_of_a_move_that_was_taken_back_is_not_followed() {
    let mut world = World::new();
    world.settle();
    world.go(1, Phase::ReadOut);
    assert_eq!((world.mesas[1].state.phase, world.mesas[2].state.phase), (Phase::ReadOut, Phase::Preparation));
    for news in world.news_of(1) {
        world.plan.enter(&news);
    }
    let late = world.word_for(2);
    world.go(1, Phase::Preparation);
    world.settle();
    assert_eq!(world.mesas[2].state.phase, Phase::Preparation);
    world.mesas[2].enter(&late);
    world.settle();
    assert_eq!(world.mesas[2].state.phase, Phase::Preparation);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_order_all_mesas_end_where_the_plan_is(steps in steps()) {
        let mut world = run(&steps);
        world.settle();
        world.assert_together();
        prop_assert_eq!(world.settle(), 0, "what is settled stays so");
        // Late word changes nothing any more: what the plan took it doesn't take again, and older is not newer.
        let (plan, mesas) = (world.plan.state.clone(), world.mesas.iter().map(|line| line.state.phase).collect::<Vec<_>>());
        for word in std::mem::take(&mut world.to_plan) {
            if matches!(word, ServerCommand::Exercise(exercise::ServerCommand::TakeMove { .. })) {
                world.plan.enter(&word);
            }
        }
        prop_assert_eq!(&world.plan.state, &plan);
        for (place, word) in std::mem::take(&mut world.to_mesas) {
            world.mesas[place].enter(&word);
        }
        world.settle();
        world.assert_together();
        prop_assert_eq!(world.mesas.iter().map(|line| line.state.phase).collect::<Vec<_>>(), mesas);
    }

    /// Only what people do moves the plan: as many moves as they made at most, however often they are passed on.
    #[test]
    fn nothing_echoes(steps in steps()) {
        let mut world = run(&steps);
        world.settle();
        let taken = world.plan.events.iter().filter(|event| matches!(event, Event::Exercise(exercise::Event::PlanMoved { .. }))).count();
        prop_assert!(taken <= world.moves(), "{taken} moves of the plan for {} that people made", world.moves());
        for line in &world.mesas {
            let followed = line.events.iter().filter(|event| matches!(event, Event::Exercise(exercise::Event::PlanStood { .. })));
            let mut known = None;
            for event in followed {
                prop_assert!(known != Some(event), "said twice running");
                known = Some(event);
            }
        }
    }

    /// What happens between the mesas and their plan is public: every audience that follows a stream knows it.
    #[test]
    fn every_audience_follows(steps in steps()) {
        let mut world = run(&steps);
        world.settle();
        for line in world.mesas.iter().chain([&world.plan]) {
            for audience in Audience::ALL {
                let (mut state, mut seen) = (State::default(), State::default());
                for event in &line.events {
                    state.apply(event);
                    seen.apply_projected(&project(event, &state, audience));
                    prop_assert_eq!(&seen, &state.for_audience(audience));
                }
                prop_assert_eq!((&seen.siblings, &seen.standings, seen.phase), (&state.siblings, &state.standings, state.phase));
            }
        }
    }

    /// The states are what the logs say, and a log read by JSON and back is the same.
    #[test]
    fn the_logs_alone_give_the_states(steps in steps()) {
        let mut world = run(&steps);
        world.settle();
        for line in world.mesas.iter().chain([&world.plan]) {
            let mut state = State::default();
            for event in &line.events {
                let bytes = serde_json::to_vec(event).unwrap();
                state.apply(&serde_json::from_slice(&bytes).unwrap());
            }
            prop_assert_eq!(&state, &line.state);
            let kept: State = serde_json::from_slice(&serde_json::to_vec(&line.state).unwrap()).unwrap();
            prop_assert_eq!(&kept, &line.state);
        }
    }
}

#[test]
fn two_facilitators_who_move_at_once_end_where_the_plan_took_the_last() {
    let mut world = World::new();
    for place in 0..3 {
        world.go(place, Phase::Agreements);
    }
    world.settle();
    world.go(0, Phase::ReadOut);
    world.go(1, Phase::Conformity);
    let (first, second) = (world.news_of(0), world.news_of(1));
    for word in second.iter().chain(&first) {
        world.plan.enter(word);
    }
    assert_eq!(world.plan.state.phase, Phase::ReadOut, "the second came first");
    world.settle();
    assert!(world.mesas.iter().all(|line| line.state.phase == Phase::ReadOut));
    assert_eq!(world.plan.state.course.moves, 2);
}

#[test]
fn going_back_is_for_all_and_destroys_nothing() {
    let mut world = World::new();
    for place in 0..3 {
        world.go(place, Phase::Agreements);
        world.act(
            place,
            &Command::Deliberation(deliberation::Command::Add { item: item(place as u128), kind: ItemKind::Commitment, parent: None }),
        );
    }
    world.settle();
    world.go(2, Phase::ReadOut);
    world.settle();
    let items: Vec<_> = world.mesas.iter().map(|line| line.state.items.clone()).collect();
    world.go(0, Phase::Agreements);
    world.settle();
    world.assert_together();
    for (line, items) in world.mesas.iter().zip(items) {
        assert_eq!((line.state.phase, &line.state.items), (Phase::Agreements, &items));
    }
    let visits: Vec<_> = world.mesas[1].state.phases.iter().map(|start| start.phase).collect();
    assert_eq!(visits, [Phase::Agreements, Phase::ReadOut, Phase::Agreements]);
}
