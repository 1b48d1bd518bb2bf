//! Any change made beside the program is detected: in every column of every table, in the last row
//! of each, or by exchanging two rows.

use store::{Difference, Store};

use crate::catalogue::{Table, Type, catalogue, list, physical};
use crate::change::{change_of, exchange, literal, other_word};
use crate::database::{Beside, TestDatabase};
use crate::furniture::furnish;
use crate::story::assert_clean;

#[tokio::test]
async fn every_change_beside_the_program_is_noticed_on_sqlite() {
    let database = TestDatabase::sqlite();
    tamper(&database).await;
    database.end().await;
}

#[tokio::test]
async fn every_change_beside_the_program_is_noticed_on_postgres() {
    let Some(database) = TestDatabase::postgres().await else { return };
    tamper(&database).await;
    database.end().await;
}

/// The results of the attempts.
#[derive(Debug, Default)]
struct Count {
    noticed: usize,
    /// Those that the database's own constraints rejected.
    refused: Vec<String>,
    /// Those with nothing to exchange.
    alike: Vec<String>,
    unnoticed: Vec<String>,
}

async fn tamper(database: &TestDatabase) {
    let store = database.store().await;
    for name in ["Valle Verde", "Río Hondo"] {
        let mut world = furnish(&store, name).await;
        for line in [&world.exercise] {
            store.write_snapshot(line.stream, line.head, &line.state).await.expect("a snapshot");
        }
        world.exercise.write(&store, world.problems[0], domain::TextField::Place, " más").await;
        store
            .write_snapshot(world.exercise.stream, world.exercise.head, &world.exercise.state)
            .await
            .expect("a snapshot");
    }
    assert_clean(&store).await;
    let beside = database.beside().await;
    let tables = catalogue(&beside).await;
    streams_come_and_go(&store, &beside, &tables).await;
    // What is kept beside the log, when a session was used, what people ask to be corrected and by
    // which mail server an exercise sends, isn't verified.
    let beside_the_log = ["mail_server", "petition", "session_use"];
    let verified = |table: &Table| !beside_the_log.contains(&table.name.as_str());
    let tables: Vec<_> = tables.into_iter().filter(verified).collect();
    assert_eq!(
        tables.len(),
        19,
        "{:?}",
        tables.iter().map(|table| &table.name).collect::<Vec<_>>()
    );
    let (mut columns, mut words, mut deletions, mut exchanges) =
        (Count::default(), Count::default(), Count::default(), Count::default());
    for table in &tables {
        beside
            .run(&format!("CREATE TABLE kept AS SELECT * FROM \"{}\"", table.name))
            .await
            .expect("a copy");
        for (column, of) in &table.columns {
            let what = format!("{}.{column}", table.name);
            let change = change_of(&beside, table, column, *of).await;
            attempt(&store, &beside, table, what.clone(), &change, &mut columns).await;
            // For a column with codes, another code.
            if let Some(change) = other_word(&beside, table, column, *of).await {
                attempt(&store, &beside, table, what, &[change], &mut words).await;
            }
        }
        let row = physical(&beside);
        let last = format!(
            "SELECT {row} FROM \"{}\" ORDER BY {} DESC LIMIT 1",
            table.name,
            list(&table.key, " DESC, ")
        );
        let delete = format!("DELETE FROM \"{}\" WHERE {row} = ({last})", table.name);
        attempt(&store, &beside, table, table.name.clone(), &[delete], &mut deletions).await;
        match exchange(&beside, table).await {
            Some(exchange) => {
                attempt(&store, &beside, table, table.name.clone(), &exchange, &mut exchanges).await
            }
            None => exchanges.alike.push(table.name.clone()),
        }
        beside.run("DROP TABLE kept").await.expect("the copy dropped");
        assert_clean(&store).await;
    }
    let counts = [
        ("columns changed", &columns),
        ("words replaced", &words),
        ("last rows deleted", &deletions),
        ("rows exchanged", &exchanges),
    ];
    for (what, count) in counts {
        let (refused, alike) = (&count.refused, &count.alike);
        println!(
            "{:?}: {what}: {} noticed, {} refused by the database {refused:?}, {} alike {alike:?}",
            database.backend,
            count.noticed,
            refused.len(),
            alike.len()
        );
        assert!(count.unnoticed.is_empty(), "{what}, not noticed: {:?}", count.unnoticed);
    }
    assert_eq!(
        words.noticed,
        columns.refused.len(),
        "whatever a CHECK refuses is noticed when another word stands there"
    );
    assert_eq!(deletions.noticed, tables.len());
    assert_eq!(
        columns.noticed + columns.refused.len(),
        tables.iter().map(|table| table.columns.len()).sum::<usize>()
    );
    store.close().await;
}

/// An exercise that disappears altogether, and one that nobody opened.
async fn streams_come_and_go(store: &Store, beside: &Beside, tables: &[Table]) {
    let doomed = "(SELECT stream_id FROM mesa ORDER BY 1 LIMIT 1)";
    beside
        .run(&format!(
            "CREATE TABLE doomed AS SELECT id AS stream_id FROM stream WHERE id = {doomed}"
        ))
        .await
        .expect("a copy");
    let of_stream: Vec<(&str, &str)> = tables
        .iter()
        .filter_map(|table| {
            let column = if table.name == "stream" { "id" } else { "stream_id" };
            table
                .columns
                .iter()
                .any(|(name, _)| name == column && table.name != "person")
                .then_some((table.name.as_str(), column))
        })
        .collect();
    for (table, column) in &of_stream {
        let which = format!("{column} IN (SELECT stream_id FROM doomed)");
        beside
            .run(&format!("CREATE TABLE kept_{table} AS SELECT * FROM \"{table}\" WHERE {which}"))
            .await
            .expect("a copy");
        beside.run(&format!("DELETE FROM \"{table}\" WHERE {which}")).await.expect("a deletion");
    }
    let differences = store.verify().await.expect("a report").differences;
    let missing = differences.iter().any(
        |difference| matches!(difference, Difference::Tally { table, .. } if table == "stream"),
    );
    assert!(missing, "an exercise without a trace: {differences:?}");
    for (table, _) in &of_stream {
        beside
            .run(&format!("INSERT INTO \"{table}\" SELECT * FROM kept_{table}"))
            .await
            .expect("the rows back");
        beside.run(&format!("DROP TABLE kept_{table}")).await.expect("the copy dropped");
    }
    beside.run("DROP TABLE doomed").await.expect("the copy dropped");
    assert_clean(store).await;
    let id = literal(beside.backend, Type::Id, &"a".repeat(32));
    beside
        .run(&format!("INSERT INTO stream SELECT {id}, head_seq, head_hash FROM stream LIMIT 1"))
        .await
        .expect("a new row");
    assert!(!store.verify().await.expect("a report").differences.is_empty());
    beside.run(&format!("DELETE FROM stream WHERE id = {id}")).await.expect("a deletion");
    assert_clean(store).await;
}

/// Makes a change, checks that it is detected, and reverts it.
async fn attempt(
    store: &Store,
    beside: &Beside,
    table: &Table,
    what: String,
    change: &[String],
    count: &mut Count,
) {
    let mut done = true;
    for statement in change {
        done = done && beside.run(statement).await.is_ok();
    }
    if !done {
        count.refused.push(what);
    } else if store.verify().await.expect("a report").differences.is_empty() {
        count.unnoticed.push(what);
    } else {
        count.noticed += 1;
    }
    beside.run(&format!("DELETE FROM \"{}\"", table.name)).await.expect("an empty table");
    beside
        .run(&format!("INSERT INTO \"{}\" SELECT * FROM kept", table.name))
        .await
        .expect("the rows back");
}
