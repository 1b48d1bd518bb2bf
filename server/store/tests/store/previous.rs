//! A store that an earlier program made: it opens, is brought up to date, and is clean. `previous/version_1.jsonl` holds every
//! row of one as the first version of the program left it: the sample exercise, and what three people wrote for some seconds.

use domain::{Audience, Phase, Quota, StreamId};
use migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectOptions, Database};
use serde_json::Value;
use store::{Store, StoreError};
use uuid::Uuid;

use crate::catalogue::{Table, Type, catalogue};
use crate::change::literal;
use crate::database::{Beside, TestDatabase};
use crate::story::assert_clean;
use crate::world::Line;

const ROWS: &str = include_str!("previous/version_1.jsonl");

#[tokio::test]
async fn a_store_of_the_first_version_is_brought_up_to_date_on_sqlite() {
    let database = TestDatabase::sqlite();
    brought_up_to_date(&database).await;
    database.end().await;
}

#[tokio::test]
async fn a_store_of_the_first_version_is_brought_up_to_date_on_postgres() {
    let Some(database) = TestDatabase::postgres().await else { return };
    brought_up_to_date(&database).await;
    database.end().await;
}

#[tokio::test]
async fn an_older_store_is_not_checked_before_it_is_brought_up_to_date() {
    let database = TestDatabase::sqlite();
    lay_out(&database).await;
    let store = Store::open_existing(&database.location).await.expect("a store");
    let refused = store.verify().await;
    assert!(matches!(refused, Err(StoreError::Outdated)), "{refused:?}");
    store.close().await;
    database.end().await;
}

#[tokio::test]
async fn one_damaged_log_does_not_keep_an_older_store_closed() {
    let database = TestDatabase::sqlite();
    lay_out(&database).await;
    let beside = database.beside().await;
    beside.run("UPDATE event SET payload = X'7B7D' WHERE name = 'door_set'").await.expect("a change");
    let store = database.store().await;
    assert!(!store.verify().await.expect("a report").differences.is_empty());
    store.close().await;
    database.end().await;
}

async fn brought_up_to_date(database: &TestDatabase) {
    lay_out(database).await;
    let beside = database.beside().await;
    let before = log(&beside).await;
    let store = database.store().await;
    assert_clean(&store).await;
    assert_eq!(log(&beside).await, before, "the log is what it was");

    let mesa = store.mesas().await.expect("mesas").remove(0);
    let loaded = store.load(mesa.stream).await.expect("a readable log").expect("a stream");
    assert_eq!(loaded.snapshot_seq, 0, "a state of another shape isn't read");
    let state = &loaded.state;
    let card = state.mesa.as_deref().expect("a mesa");
    assert_eq!((&card.quota[..], card.agenda.len()), (&Quota::TEMPLATE[..], 0));
    assert_eq!(state.phases.iter().map(|start| start.phase).collect::<Vec<_>>(), [Phase::Agreements]);
    let at = beside.texts("SELECT CAST(at AS TEXT) FROM event WHERE name = 'phase_changed'", 1).await;
    assert_eq!(at, [[Some(state.phases[0].at.to_string())]], "the phase began when the envelope says");

    // The first version kept the state that it folded; what this one folds differs in nothing that was there.
    let kept = rows("state_snapshot").remove(0);
    let kept: Value = serde_json::from_str(kept["state"].as_str().expect("a state")).expect("json");
    let seq = rows("state_snapshot").remove(0)["seq"].as_u64().expect("a place");
    let mut then = domain::State::default();
    for record in store.records(mesa.stream, 0, seq).await.expect("records") {
        then.apply(&record.event);
    }
    let now = serde_json::to_value(&then).expect("json");
    let differences = lost(&kept, &now, "state");
    assert!(differences.is_empty(), "{differences:#?}");
    for audience in Audience::ALL {
        assert_eq!(then.for_audience(audience).items.len(), then.items.len());
    }

    goes_on(&store, mesa.stream, &loaded).await;
    store.close().await;
    let store = database.store().await;
    assert_clean(&store).await;
    store.close().await;
}

/// What is written now is chained to what was.
async fn goes_on(store: &Store, stream: StreamId, loaded: &store::Loaded) {
    let mut line = Line::new(loaded.kind);
    (line.stream, line.head, line.state) = (stream, loaded.head, loaded.state.clone());
    let problem = line.state.problems[0];
    let solution = line.add(store, domain::ItemKind::Solution, Some(problem)).await;
    line.write(store, solution, domain::TextField::Title, "Publicar cada contrato").await;
    store.write_snapshot(stream, line.head, &line.state).await.expect("a snapshot");
    assert_clean(store).await;
    let again = store.load(stream).await.expect("a readable log").expect("a stream");
    assert_eq!((again.snapshot_seq, again.state), (line.head.seq, line.state));
}

/// Everything in the old value that the new one doesn't have as it was. What the new one has besides is new.
fn lost(old: &Value, new: &Value, place: &str) -> Vec<String> {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            let missing = &Value::Null;
            old.iter().flat_map(|(key, value)| lost(value, new.get(key).unwrap_or(missing), &format!("{place}.{key}"))).collect()
        }
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
            old.iter().zip(new).enumerate().flat_map(|(index, (old, new))| lost(old, new, &format!("{place}[{index}]"))).collect()
        }
        _ if old == new => Vec::new(),
        _ => vec![format!("{place}: {old} is {new}")],
    }
}

/// A table's rows in the file, by column.
fn rows(table: &str) -> Vec<Value> {
    let mut columns: Vec<String> = Vec::new();
    let mut found = Vec::new();
    let mut here = false;
    for line in ROWS.lines() {
        match serde_json::from_str(line).expect("a line of json") {
            Value::Object(head) => {
                here = head["table"] == table;
                columns = serde_json::from_value(head["columns"].clone()).expect("columns");
            }
            Value::Array(row) if here => found.push(Value::Object(columns.iter().cloned().zip(row).collect())),
            _ => {}
        }
    }
    found
}

/// The log, as it stands in its table.
async fn log(beside: &Beside) -> Vec<Vec<Option<String>>> {
    let text = |column: &str| match beside.backend {
        sea_orm::DbBackend::Sqlite => format!("hex({column})"),
        _ => format!("encode({column}, 'hex')"),
    };
    let query = format!("SELECT {}, {}, {} FROM event ORDER BY hash", text("payload"), text("content_hash"), text("hash"));
    beside.texts(&query, 3).await
}

/// Makes the tables as they were and puts the rows in.
async fn lay_out(database: &TestDatabase) {
    let connection = Database::connect(ConnectOptions::new(database.address())).await.expect("a connection");
    let applied = u32::try_from(rows("seaql_migrations").len()).expect("few");
    Migrator::up(&connection, Some(applied)).await.expect("the old tables");
    connection.close().await.expect("a closed connection");
    let beside = database.beside().await;
    beside.run("DELETE FROM seaql_migrations").await.expect("an empty list");
    for table in catalogue(&beside).await {
        for row in rows(&table.name) {
            beside.run(&insertion(&beside, &table, &row)).await.expect("a row");
        }
    }
}

fn insertion(beside: &Beside, table: &Table, row: &Value) -> String {
    let columns: Vec<String> = table.columns.iter().map(|(name, _)| format!("\"{name}\"")).collect();
    let values: Vec<String> = table.columns.iter().map(|(name, of)| value(beside, *of, &row[name])).collect();
    format!("INSERT INTO \"{}\" ({}) VALUES ({})", table.name, columns.join(", "), values.join(", "))
}

fn value(beside: &Beside, of: Type, value: &Value) -> String {
    match (of, value) {
        (_, Value::Null) => "NULL".to_owned(),
        (Type::Flag, Value::Number(number)) => if number.as_i64() == Some(1) { "TRUE" } else { "FALSE" }.to_owned(),
        (Type::Number, Value::Number(number)) => number.to_string(),
        // Payloads and states stand in the file as they read.
        (Type::Bytes, Value::String(text)) if text.starts_with('{') => {
            let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
            literal(beside.backend, of, &hex)
        }
        (Type::Id, Value::String(text)) => {
            assert!(Uuid::parse_str(text).is_ok(), "{text}");
            literal(beside.backend, of, text)
        }
        (_, Value::String(text)) => literal(beside.backend, of, text),
        (_, other) => panic!("{other} in a column of type {of:?}"),
    }
}
