//! What the mesas of an exercise do together: in one log, in one order.

use domain::*;
use store::Store;

use super::assert_clean;
use crate::database::TestDatabase;
use crate::furniture::World;
use crate::world::FIRST;

pub(super) async fn mesas_of_an_exercise_go_together(
    database: &TestDatabase,
    store: &Store,
    world: &mut World,
) {
    let (second, at) = (MesaNumber(2), 1_790_000_100_000);
    let to = |mesa, to, at| vec![Event::Conduct(mesa, conduct::Event::PhaseChanged { to, at })];
    world.exercise.say(store, to(second, Phase::Agreements, at)).await;
    world.exercise.say(store, to(FIRST, Phase::Signing, at + 1)).await;
    let phases = |exercise: &Exercise| {
        exercise.mesas.values().map(|mesa| mesa.conduct.phase).collect::<Vec<_>>()
    };
    assert_eq!(phases(&world.exercise.state), [Phase::Signing; 2]);
    assert_clean(store).await;

    // A snapshot and the log give the same state, including what the mesas know of each other.
    let line = &world.exercise;
    store.write_snapshot(line.stream, line.head, &line.state).await.expect("a snapshot");
    let loaded = store.load(line.stream).await.expect("a readable log").expect("a stream");
    assert_eq!((loaded.snapshot_seq, &loaded.state), (line.head.seq, &line.state));
    assert_eq!(loaded.state.mesa(FIRST).expect("a mesa").siblings.len(), 1);
    let beside = database.beside().await;
    beside.run("DELETE FROM state_snapshot").await.expect("a change");
    beside.run("DELETE FROM tally WHERE table_name = 'state_snapshot'").await.expect("a change");

    world.exercise.say(store, to(second, Phase::Agreements, at + 2)).await;
    assert_eq!(phases(&world.exercise.state), [Phase::Agreements; 2]);
}
