//! What a plan and its mesas learn of each other: in the log for ever.

use domain::deliberation::item::Category;
use domain::*;
use store::Store;
use uuid::Uuid;

use super::assert_clean;
use crate::database::TestDatabase;
use crate::furniture::World;
use crate::world::short;

pub(super) async fn mesas_of_a_plan_know_each_other(database: &TestDatabase, store: &Store, world: &mut World) {
    let other = Standing {
        mesa: StreamId(Uuid::now_v7()),
        number: 2,
        theme: short("Movilidad"),
        phase: Phase::Agreements,
        commitments: vec![(Category::LocalProblem, 2)],
        uncategorised: 1,
    };
    let at = 1_790_000_100_000;
    // Someone at the mesa takes the plan to its signing; the plan takes it, and the mesa follows the plan further on.
    world.mesa.say(store, vec![Event::Conduct(conduct::Event::PhaseChanged { to: Phase::Signing, at })]).await;
    let made = world.mesa.head.seq;
    let standing = Standing::of(&world.mesa.state, world.mesa.stream).expect("a mesa");
    assert!(standing.total() > 0);
    world
        .plan
        .say(
            store,
            vec![
                Event::Exercise(exercise::Event::MesaStood { standing: Box::new(standing.clone()), seq: made }),
                Event::Exercise(exercise::Event::MesaStood { standing: Box::new(other.clone()), seq: 4 }),
                Event::Exercise(exercise::Event::PlanMoved {
                    mesa: world.mesa.stream,
                    number: world.mesa.state.course.moves,
                    to: Phase::Signing,
                    at,
                }),
                Event::Exercise(exercise::Event::PlanMoved { mesa: other.mesa, number: 1, to: Phase::FollowUp, at: at + 5 }),
            ],
        )
        .await;
    let (siblings, seq) = (world.plan.state.siblings_of(world.mesa.stream), world.plan.head.seq);
    assert_eq!(siblings, [other]);
    world
        .mesa
        .say(store, vec![Event::Exercise(exercise::Event::PlanStood { siblings, seq, followed: world.plan.state.course.plan_move() })])
        .await;
    assert_eq!((world.plan.state.phase, world.mesa.state.phase), (Phase::FollowUp, Phase::FollowUp));
    assert_clean(store).await;

    // Both are read from a state snapshot as from the log.
    for line in [&world.plan, &world.mesa] {
        store.write_snapshot(line.stream, line.head, &line.state).await.expect("a snapshot");
        let loaded = store.load(line.stream).await.expect("a readable log").expect("a stream");
        assert_eq!((loaded.snapshot_seq, &loaded.state), (line.head.seq, &line.state));
    }
    let beside = database.beside().await;
    beside.run("DELETE FROM state_snapshot").await.expect("a change");
    beside.run("DELETE FROM tally WHERE table_name = 'state_snapshot'").await.expect("a change");

    // The log says who made a move, as it was up to a place.
    let who = |at, until| store.who_changed_phase(world.mesa.stream, at, until);
    assert_eq!(who(at, made).await.expect("an answer"), world.mesa.person);
    assert_eq!(who(at, made - 1).await.expect("an answer"), None);
    assert_eq!(who(at + 1, made).await.expect("an answer"), None);
    world.mesa.say(store, vec![Event::Conduct(conduct::Event::PhaseChanged { to: Phase::Agreements, at: at + 9 })]).await;
}
