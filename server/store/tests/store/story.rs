//! A mesa's use of its store, from the first event to the next morning.

mod mesas;
mod people;
mod turns;

use domain::*;
use store::{Damage, Head, Store, StoreError};
use uuid::Uuid;

use crate::database::TestDatabase;
use crate::furniture::{World, furnish};
use crate::world::digest;
use mesas::mesas_of_an_exercise_go_together;
use people::people_come_in_by_link_code_and_cookie;
use turns::{a_command_is_taken_once, refusals_are_bounded_per_session, two_programs_take_turns};

#[tokio::test]
async fn the_story_of_a_mesa_on_sqlite() {
    let database = TestDatabase::sqlite();
    story(&database).await;
    database.end().await;
}

#[tokio::test]
async fn the_story_of_a_mesa_on_postgres() {
    let Some(database) = TestDatabase::postgres().await else { return };
    story(&database).await;
    database.end().await;
}

#[tokio::test]
async fn programs_that_start_at_once_on_a_new_sqlite_make_it_together() {
    // Creating one file twice at the same moment sometimes conflicts.
    for _ in 0..50 {
        let database = TestDatabase::sqlite();
        start_at_once(&database).await;
        database.end().await;
    }
}

#[tokio::test]
async fn programs_that_start_at_once_on_a_new_postgres_make_it_together() {
    let Some(database) = TestDatabase::postgres().await else { return };
    start_at_once(&database).await;
    database.end().await;
}

async fn start_at_once(database: &TestDatabase) {
    let (one, two, three) = tokio::join!(database.store(), database.store(), database.store());
    for store in [one, two, three] {
        assert_clean(&store).await;
        store.close().await;
    }
}

#[tokio::test]
async fn a_store_whose_list_of_migrations_was_changed_is_not_migrated_but_can_be_checked() {
    for change in
        ["DELETE FROM seaql_migrations", "UPDATE seaql_migrations SET version = version || 'x'"]
    {
        let database = TestDatabase::sqlite();
        let absent = Store::open_existing(&database.location).await;
        assert!(matches!(absent, Err(StoreError::NotFound)), "{absent:?}");
        database.store().await.close().await;
        database.beside().await.run(change).await.expect("a change");
        let refused = Store::open(&database.location).await;
        assert!(matches!(refused, Err(StoreError::Damaged(Damage::Migrations))), "{refused:?}");
        let store = Store::open_existing(&database.location).await.expect("a store");
        assert!(!store.verify().await.expect("a report").differences.is_empty());
        store.close().await;
        database.end().await;
    }
}

#[tokio::test]
async fn a_store_without_its_tables_is_not_checked() {
    let database = TestDatabase::sqlite();
    let store::Location::Sqlite(directory) = &database.location else { panic!("a folder") };
    std::fs::write(directory.join("mesa.sqlite"), b"").expect("a file");
    let store = Store::open_existing(&database.location).await.expect("a store");
    let refused = store.verify().await;
    assert!(matches!(refused, Err(StoreError::Outdated)), "{refused:?}");
    store.close().await;
    database.end().await;
}

async fn story(database: &TestDatabase) {
    let store = database.store().await;
    assert!(store.is_empty().await.expect("an answer"));
    assert_clean(&store).await;
    let mut world = furnish(&store, "Valle Verde").await;
    let other = furnish(&store, "Río Hondo").await;
    assert!(!store.is_empty().await.expect("an answer"));
    reads_back(&store, &world).await;
    people_come_in_by_link_code_and_cookie(&store, &mut world, &other).await;
    items_move_and_come_back(&store, &mut world).await;
    a_command_is_taken_once(&store, &mut world).await;
    refusals_are_bounded_per_session(&store, &mut world).await;
    mesas_of_an_exercise_go_together(database, &store, &mut world).await;
    late_patches_are_found(&store, &mut world).await;
    two_programs_take_turns(database, &store, &mut world).await;
    snapshots_are_a_shortcut(database, &store, &mut world).await;
    assert_clean(&store).await;
    store.close().await;
    let store = database.store().await;
    reads_back(&store, &world).await;
    reads_back(&store, &other).await;
    assert_clean(&store).await;
    store.close().await;
}

pub async fn assert_clean(store: &Store) {
    let report = store.verify().await.expect("a report");
    assert!(report.differences.is_empty(), "{:#?}", report.differences);
}

async fn reads_back(store: &Store, world: &World) {
    for line in [&world.exercise] {
        let loaded = store.load(line.stream).await.expect("a readable log").expect("a stream");
        assert_eq!(loaded.head, line.head);
        assert_eq!(loaded.state, line.state);
        assert_eq!(store.head(line.stream).await.expect("a head"), Some(line.head));
        let records = store.records(line.stream, 0, u64::MAX >> 1).await.expect("records");
        assert!(records.iter().map(|record| &record.event).eq(&line.events));
        assert!(records.iter().map(|record| record.seq).eq(1..=line.head.seq));
        assert_eq!(
            store.records(line.stream, 1, 2).await.expect("records"),
            records[1..records.len().min(3)]
        );
        assert_eq!(
            store.hash_at(line.stream, 0).await.expect("a hash"),
            Some(Head::start(line.stream).hash)
        );
        assert_eq!(store.hash_at(line.stream, 2).await.expect("a hash"), Some(records[1].hash));
        assert_eq!(
            store.hash_at(line.stream, line.head.seq).await.expect("a hash"),
            Some(line.head.hash)
        );
        assert_eq!(store.hash_at(line.stream, line.head.seq + 1).await.expect("no hash"), None);
    }
    let unknown = StreamId(Uuid::now_v7());
    assert!(store.load(unknown).await.expect("an answer").is_none());
    assert_eq!(store.head(unknown).await.expect("an answer"), None);
}

async fn items_move_and_come_back(store: &Store, world: &mut World) {
    let (first, second) = (world.problems[0], world.problems[1]);
    world
        .exercise
        .say(
            store,
            vec![Event::Deliberation(deliberation::Event::ItemMoved { item: second, after: None })],
        )
        .await;
    world
        .exercise
        .say(store, vec![Event::Deliberation(deliberation::Event::ItemRemoved { item: first })])
        .await;
    assert_clean(store).await;
    world
        .exercise
        .say(
            store,
            vec![
                Event::Deliberation(deliberation::Event::ItemRestored { item: first }),
                Event::Deliberation(deliberation::Event::ItemMoved {
                    item: second,
                    after: Some(first),
                }),
            ],
        )
        .await;
    assert_clean(store).await;
}

async fn late_patches_are_found(store: &Store, world: &mut World) {
    let item = world.problems[0];
    let since = world.exercise.head.seq;
    let one = world.exercise.write(store, item, TextField::Statement, " uno").await;
    world.exercise.write(store, item, TextField::Causes, " otra cosa").await;
    world.exercise.write(store, world.problems[1], TextField::Statement, " otro problema").await;
    let two = world.exercise.write(store, item, TextField::Statement, " dos").await;
    let patches = store
        .patches(world.exercise.stream, item, TextField::Statement, since)
        .await
        .expect("patches");
    let found: Vec<_> = patches.iter().map(|(seq, command, _)| (*seq, *command)).collect();
    assert_eq!(found, [(since + 1, one), (since + 4, two)]);
    let all =
        store.patches(world.exercise.stream, item, TextField::Statement, 0).await.expect("patches");
    let text = all
        .iter()
        .fold(String::new(), |text, (_, _, patch)| patch.apply(&text).expect("a patch that fits"));
    assert_eq!(text, world.exercise.state.item(item).expect("an item").text(TextField::Statement));
}

async fn snapshots_are_a_shortcut(database: &TestDatabase, store: &Store, world: &mut World) {
    let mut places = Vec::new();
    for round in 0..4 {
        store
            .write_snapshot(world.exercise.stream, world.exercise.head, &world.exercise.state)
            .await
            .expect("a snapshot");
        places.push(world.exercise.head.seq);
        world
            .exercise
            .write(store, world.problems[0], TextField::Effects, &format!(" {round}"))
            .await;
    }
    let loaded =
        store.load(world.exercise.stream).await.expect("a readable log").expect("a stream");
    assert_eq!((loaded.snapshot_seq, loaded.head), (places[3], world.exercise.head));
    assert_eq!(loaded.state, world.exercise.state);
    let beside = database.beside().await;
    assert_eq!(beside.rows("SELECT 1 FROM state_snapshot").await.len(), 2);
    let off_the_chain = Head { seq: world.exercise.head.seq, hash: digest("another chain") };
    let refused =
        store.write_snapshot(world.exercise.stream, off_the_chain, &world.exercise.state).await;
    assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
    assert_clean(store).await;

    // Unusable snapshots are skipped: another version, then bytes that aren't a state.
    for (change, snapshot_seq) in [
        (format!("UPDATE state_snapshot SET version = 99 WHERE seq = {}", places[3]), places[2]),
        (
            format!(
                "UPDATE state_snapshot SET state = salt FROM (SELECT salt FROM event LIMIT 1) AS other WHERE seq = {}",
                places[2]
            ),
            0,
        ),
    ] {
        assert_eq!(beside.run(&change).await.expect("a change"), 1);
        let loaded =
            store.load(world.exercise.stream).await.expect("a readable log").expect("a stream");
        assert_eq!((loaded.snapshot_seq, loaded.head), (snapshot_seq, world.exercise.head));
        assert_eq!(loaded.state, world.exercise.state);
    }
    assert!(!store.verify().await.expect("a report").differences.is_empty());
    beside.run("DELETE FROM state_snapshot").await.expect("a change");
    beside.run("DELETE FROM tally WHERE table_name = 'state_snapshot'").await.expect("a change");
}
