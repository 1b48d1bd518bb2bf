//! Whatever is changed beside the program is noticed: every column of every table, the last row of each, two rows exchanged.

use sea_orm::DbBackend;
use store::{Difference, Store};

use crate::database::{Beside, TestDatabase};
use crate::story::assert_clean;
use crate::world::furnish;

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

/// A table as the database's own catalogue describes it.
#[derive(Debug)]
struct Table {
    name: String,
    /// Name and type of each column.
    columns: Vec<(String, Type)>,
    key: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Type {
    Id,
    Number,
    Text,
    Bytes,
    Day,
    Flag,
}

/// What became of the changes.
#[derive(Debug, Default)]
struct Count {
    noticed: usize,
    /// The database's own constraints didn't let it happen.
    refused: Vec<String>,
    /// There was nothing to exchange.
    alike: Vec<String>,
    unnoticed: Vec<String>,
}

async fn tamper(database: &TestDatabase) {
    let store = database.store().await;
    for name in ["Valle Verde", "Río Hondo"] {
        let mut world = furnish(&store, name).await;
        for line in [&world.plan, &world.mesa] {
            store.write_snapshot(line.stream, line.head, &line.state).await.expect("a snapshot");
        }
        world.mesa.write(&store, world.problems[0], domain::TextField::Place, " más").await;
        store.write_snapshot(world.mesa.stream, world.mesa.head, &world.mesa.state).await.expect("a snapshot");
    }
    assert_clean(&store).await;
    let beside = database.beside().await;
    let tables = catalogue(&beside).await;
    streams_come_and_go(&store, &beside, &tables).await;
    assert_eq!(tables.len(), 19, "{:?}", tables.iter().map(|table| &table.name).collect::<Vec<_>>());
    let (mut columns, mut words, mut deletions, mut exchanges) = (Count::default(), Count::default(), Count::default(), Count::default());
    for table in &tables {
        beside.run(&format!("CREATE TABLE kept AS SELECT * FROM \"{}\"", table.name)).await.expect("a copy");
        for (column, of) in &table.columns {
            let what = format!("{}.{column}", table.name);
            let change = change_of(&beside, table, column, *of).await;
            attempt(&store, &beside, table, what.clone(), &change, &mut columns).await;
            // Where only certain words are let in, another of them.
            if let Some(change) = other_word(&beside, table, column, *of).await {
                attempt(&store, &beside, table, what, &[change], &mut words).await;
            }
        }
        let row = physical(&beside);
        let last = format!("SELECT {row} FROM \"{}\" ORDER BY {} DESC LIMIT 1", table.name, list(&table.key, " DESC, "));
        let delete = format!("DELETE FROM \"{}\" WHERE {row} = ({last})", table.name);
        attempt(&store, &beside, table, table.name.clone(), &[delete], &mut deletions).await;
        match exchange(&beside, table).await {
            Some(exchange) => attempt(&store, &beside, table, table.name.clone(), &exchange, &mut exchanges).await,
            None => exchanges.alike.push(table.name.clone()),
        }
        beside.run("DROP TABLE kept").await.expect("the copy dropped");
        assert_clean(&store).await;
    }
    let counts =
        [("columns changed", &columns), ("words replaced", &words), ("last rows deleted", &deletions), ("rows exchanged", &exchanges)];
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
    assert_eq!(words.noticed, columns.refused.len(), "whatever a CHECK refuses is noticed when another word stands there");
    assert_eq!(deletions.noticed, tables.len());
    assert_eq!(columns.noticed + columns.refused.len(), tables.iter().map(|table| table.columns.len()).sum::<usize>());
    store.close().await;
}

/// A mesa or a plan that vanishes altogether, and one that nobody opened.
async fn streams_come_and_go(store: &Store, beside: &Beside, tables: &[Table]) {
    for kind in ["mesa", "plan"] {
        let doomed = format!("(SELECT stream_id FROM {kind} ORDER BY 1 LIMIT 1)");
        beside.run(&format!("CREATE TABLE doomed AS SELECT stream_id FROM {kind} WHERE stream_id = {doomed}")).await.expect("a copy");
        let of_stream: Vec<(&str, &str)> = tables
            .iter()
            .filter_map(|table| {
                let column = if table.name == "stream" { "id" } else { "stream_id" };
                table.columns.iter().any(|(name, _)| name == column && table.name != "person").then_some((table.name.as_str(), column))
            })
            .collect();
        for (table, column) in &of_stream {
            let which = format!("{column} IN (SELECT stream_id FROM doomed)");
            beside.run(&format!("CREATE TABLE kept_{table} AS SELECT * FROM \"{table}\" WHERE {which}")).await.expect("a copy");
            beside.run(&format!("DELETE FROM \"{table}\" WHERE {which}")).await.expect("a deletion");
        }
        let differences = store.verify().await.expect("a report").differences;
        let missing = differences.iter().any(|difference| matches!(difference, Difference::MissingStream { .. }));
        assert!(missing, "a {kind} without a trace: {differences:?}");
        for (table, _) in &of_stream {
            beside.run(&format!("INSERT INTO \"{table}\" SELECT * FROM kept_{table}")).await.expect("the rows back");
            beside.run(&format!("DROP TABLE kept_{table}")).await.expect("the copy dropped");
        }
        beside.run("DROP TABLE doomed").await.expect("the copy dropped");
        assert_clean(store).await;
    }
    let id = literal(beside.backend, Type::Id, &"a".repeat(32));
    beside.run(&format!("INSERT INTO stream SELECT {id}, kind, head_seq, head_hash FROM stream LIMIT 1")).await.expect("a new row");
    assert!(!store.verify().await.expect("a report").differences.is_empty());
    beside.run(&format!("DELETE FROM stream WHERE id = {id}")).await.expect("a deletion");
    assert_clean(store).await;
}

/// Makes a change, looks whether it is noticed, and takes it back.
async fn attempt(store: &Store, beside: &Beside, table: &Table, what: String, change: &[String], count: &mut Count) {
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
    beside.run(&format!("INSERT INTO \"{}\" SELECT * FROM kept", table.name)).await.expect("the rows back");
}

/// A statement that changes one column of one row by the least.
async fn change_of(beside: &Beside, table: &Table, column: &str, of: Type) -> [String; 1] {
    let row = physical(beside);
    let value = match (beside.backend, of) {
        (DbBackend::Sqlite, Type::Id | Type::Bytes) => format!("hex(\"{column}\")"),
        (_, Type::Bytes) => format!("encode(\"{column}\", 'hex')"),
        _ => format!("CAST(\"{column}\" AS TEXT)"),
    };
    let query = format!(
        "SELECT CAST({row} AS TEXT), {value}, CASE WHEN \"{column}\" IS NULL THEN 'null' ELSE 'some' END FROM \"{}\" ORDER BY 3 DESC, {} DESC LIMIT 1",
        table.name,
        list(&table.key, " DESC, ")
    );
    let found = beside.texts(&query, 3).await.remove(0);
    let place = found[0].clone().expect("a place");
    let value = found[1].clone().filter(|_| found[2].as_deref() == Some("some"));
    let literal = literal(beside.backend, of, &changed(of, value.as_deref()));
    [format!("UPDATE \"{}\" SET \"{column}\" = {literal} WHERE {row} = '{place}'", table.name)]
}

/// A statement that replaces a word by another one that the column's CHECK lets in; none for a column without.
async fn other_word(beside: &Beside, table: &Table, column: &str, of: Type) -> Option<String> {
    if of != Type::Text {
        return None;
    }
    let checks = if beside.backend == DbBackend::Sqlite {
        format!("SELECT sql FROM sqlite_master WHERE name = '{}'", table.name)
    } else {
        format!("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c' AND conrelid = '\"{}\"'::regclass", table.name)
    };
    let checks = beside.texts(&checks, 1).await.into_iter().flatten().flatten();
    let check = checks.flat_map(|sql| sql.split("CHECK").skip(1).map(str::to_owned).collect::<Vec<_>>());
    let mut of_column = check.filter(|check| {
        let name = check.trim_start_matches([' ', '(', '"']);
        name.strip_prefix(column).is_some_and(|rest| !rest.starts_with(|letter: char| letter.is_alphanumeric() || letter == '_'))
    });
    let check = of_column.next()?;
    let words: Vec<&str> = check.split('\'').skip(1).step_by(2).collect();
    let (first, second) = (words.first()?, words.get(1)?);
    let row = physical(beside);
    let last = format!("SELECT {row} FROM \"{}\" WHERE \"{column}\" IS NOT NULL ORDER BY {} DESC LIMIT 1", table.name, list(&table.key, " DESC, "));
    Some(format!(
        "UPDATE \"{}\" SET \"{column}\" = CASE \"{column}\" WHEN '{first}' THEN '{second}' ELSE '{first}' END WHERE {row} = ({last})",
        table.name
    ))
}

/// The value with one unit, letter or digit changed; something for nothing.
fn changed(of: Type, value: Option<&str>) -> String {
    let mut letters: Vec<char> = value.unwrap_or_default().chars().filter(|letter| of != Type::Id || *letter != '-').collect();
    match (of, letters.last_mut(), value) {
        (Type::Number, _, value) => (value.map_or(0, |value| value.parse::<i64>().expect("a number")) + 1).to_string(),
        (Type::Flag, _, value) => if matches!(value, Some("1" | "true")) { "false" } else { "true" }.to_owned(),
        (Type::Day, None, _) => "2026-01-01".to_owned(),
        (Type::Day, Some(_), _) => {
            letters[3] = if letters[3] == '6' { '7' } else { '6' };
            letters.into_iter().collect()
        }
        (Type::Id, None, _) => "0".repeat(31) + "1",
        (Type::Bytes, None, _) => "00".to_owned(),
        (Type::Id | Type::Bytes, Some(last), _) => {
            *last = if *last == '0' { '1' } else { '0' };
            letters.into_iter().collect()
        }
        (Type::Text, None, _) => "x".to_owned(),
        (Type::Text, Some(last), _) => {
            *last = if *last == 'x' { 'y' } else { 'x' };
            letters.into_iter().collect()
        }
    }
}

fn literal(backend: DbBackend, of: Type, value: &str) -> String {
    match (of, backend) {
        (Type::Id | Type::Bytes, DbBackend::Sqlite) => format!("X'{value}'"),
        (Type::Bytes, _) => format!("'\\x{value}'"),
        (Type::Number | Type::Flag, _) => value.to_owned(),
        (Type::Id | Type::Text | Type::Day, _) => format!("'{}'", value.replace('\'', "''")),
    }
}

/// Statements that give two rows each other's columns, all but the key; none when no two rows differ.
async fn exchange(beside: &Beside, table: &Table) -> Option<Vec<String>> {
    let rest: Vec<String> = table.columns.iter().map(|(name, _)| name.clone()).filter(|name| !table.key.contains(name)).collect();
    let row = physical(beside);
    let of = |side: &str, columns: &[String]| columns.iter().map(|column| format!("{side}.\"{column}\"")).collect::<Vec<_>>().join(", ");
    let differ = if beside.backend == DbBackend::Sqlite { "IS NOT" } else { "IS DISTINCT FROM" };
    let same_stream = if table.name == "event" { "AND a.stream_id = b.stream_id" } else { "" };
    let different: Vec<String> = rest.iter().map(|column| format!("a.\"{column}\" {differ} b.\"{column}\"")).collect();
    let pair = format!(
        "SELECT CAST(a.{row} AS TEXT), CAST(b.{row} AS TEXT) FROM kept a, kept b WHERE a.{row} < b.{row} AND ({}) {same_stream} ORDER BY 1 DESC, 2 DESC LIMIT 1",
        different.join(" OR ")
    );
    let found = beside.texts(&pair, 2).await.pop()?;
    let (one, two) = (found[0].clone()?, found[1].clone()?);
    let mixed = |one: &str, two: &str| {
        format!(
            "INSERT INTO \"{}\" ({}, {}) SELECT {}, {} FROM kept a, kept b WHERE a.{row} = '{one}' AND b.{row} = '{two}'",
            table.name,
            list(&table.key, ", "),
            list(&rest, ", "),
            of("a", &table.key),
            of("b", &rest)
        )
    };
    Some(vec![
        format!("DELETE FROM \"{}\"", table.name),
        format!("INSERT INTO \"{}\" SELECT * FROM kept WHERE {row} NOT IN ('{one}', '{two}')", table.name),
        mixed(&one, &two),
        mixed(&two, &one),
    ])
}

fn physical(beside: &Beside) -> &'static str {
    if beside.backend == DbBackend::Sqlite { "rowid" } else { "ctid" }
}

fn list(columns: &[String], between: &str) -> String {
    columns.iter().map(|column| format!("\"{column}\"")).collect::<Vec<_>>().join(between)
}

/// Every table with its columns, from the database itself.
async fn catalogue(beside: &Beside) -> Vec<Table> {
    let sqlite = beside.backend == DbBackend::Sqlite;
    let names = if sqlite {
        "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    } else {
        "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1"
    };
    let mut tables = Vec::new();
    for name in beside.texts(names, 1).await.into_iter().flatten().flatten() {
        let columns = if sqlite {
            format!("SELECT name, type FROM pragma_table_info('{name}') ORDER BY cid")
        } else {
            format!("SELECT CAST(column_name AS TEXT), CAST(data_type AS TEXT) FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '{name}' ORDER BY ordinal_position")
        };
        let key = if sqlite {
            format!("SELECT name FROM pragma_table_info('{name}') WHERE pk > 0 ORDER BY pk")
        } else {
            format!(
                "SELECT CAST(a.attname AS TEXT) FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey) \
                 WHERE i.indrelid = '\"{name}\"'::regclass AND i.indisprimary ORDER BY a.attnum"
            )
        };
        let column = |found: Vec<Option<String>>| {
            let of = found[1].as_deref().expect("a type");
            (found[0].clone().expect("a name"), type_of(of))
        };
        let columns = beside.texts(&columns, 2).await.into_iter().map(column).collect();
        let key = beside.texts(&key, 1).await.into_iter().flatten().flatten().collect();
        tables.push(Table { name, columns, key });
    }
    tables
}

fn type_of(name: &str) -> Type {
    match name.to_lowercase().as_str() {
        "uuid" | "uuid_text" => Type::Id,
        "integer" | "bigint" => Type::Number,
        "text" | "varchar" | "character varying" => Type::Text,
        "blob" | "bytea" => Type::Bytes,
        "date" | "date_text" => Type::Day,
        "boolean" => Type::Flag,
        other => panic!("a column of type {other}"),
    }
}
