//! How long an append takes. Run by hand: `cargo test -p store --release -- --ignored --nocapture`.

use domain::deliberation;
use std::time::{Duration, Instant};

use domain::{Event, Patch, TextField};

use crate::database::TestDatabase;
use crate::furniture::furnish;
use crate::world::{Line, command};

#[tokio::test]
#[ignore = "a measurement"]
async fn append_latency_on_sqlite() {
    measure(TestDatabase::sqlite()).await;
}

#[tokio::test]
#[ignore = "a measurement"]
async fn append_latency_on_postgres() {
    let Some(database) = TestDatabase::postgres().await else { return };
    measure(database).await;
}

async fn measure(database: TestDatabase) {
    let store = database.store().await;
    let mut world = furnish(&store, "Medida").await;
    let item = world.problems[0];
    for size in [1_u16, 10, 50] {
        let mut times = Vec::new();
        for _ in 0..1_000 {
            let records: Vec<_> =
                (0..size).map(|_| world.exercise.record(typed(item), command(), 0)).collect();
            let start = Instant::now();
            world.exercise.append(&store, &records, &[], &[]).await.expect("an appended batch");
            times.push(start.elapsed());
        }
        print(&database, &format!("append of {size}"), &mut times);
    }
    let seq = world.exercise.head.seq;
    let start = Instant::now();
    store.load(world.exercise.stream).await.expect("a readable log");
    println!(
        "{:?}: load of {seq} events without a snapshot {:?}",
        database.backend,
        start.elapsed()
    );
    let start = Instant::now();
    let report = store.verify().await.expect("a report");
    println!("{:?}: verify of {} events {:?}", database.backend, report.events, start.elapsed());
    let mut times = Vec::new();
    for _ in 0..200 {
        let start = Instant::now();
        store
            .patches(world.exercise.stream, item, TextField::Title, seq - 100)
            .await
            .expect("patches");
        times.push(start.elapsed());
    }
    print(&database, "patches of the last 100 events", &mut times);
    let line: &Line = &world.exercise;
    let start = Instant::now();
    store.write_snapshot(line.stream, line.head, &line.state).await.expect("a snapshot");
    println!("{:?}: snapshot {:?}", database.backend, start.elapsed());
    store.close().await;
    database.end().await;
}

/// Replaces one letter by another, so that the text keeps its length.
fn typed(item: domain::ItemId) -> Event {
    Event::Deliberation(deliberation::Event::TextPatched {
        item,
        field: TextField::Title,
        patch: Patch::splice(0, 1, "x"),
    })
}

fn print(database: &TestDatabase, what: &str, times: &mut [Duration]) {
    times.sort();
    let at = |part: usize| times[times.len() * part / 100];
    println!("{:?}: {what}: p50 {:?} p95 {:?} p99 {:?}", database.backend, at(50), at(95), at(99));
}
