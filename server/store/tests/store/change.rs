//! The smallest changes that someone might make to a row, as SQL.

use sea_orm::DbBackend;

use crate::catalogue::{Table, Type, list, physical};
use crate::database::Beside;

/// A statement that makes the smallest change to one column of one row.
pub async fn change_of(beside: &Beside, table: &Table, column: &str, of: Type) -> [String; 1] {
    let row = physical(beside);
    let value = match (beside.backend, of) {
        (DbBackend::Sqlite, Type::Id | Type::Bytes) => format!("hex(\"{column}\")"),
        (_, Type::Bytes) => format!("encode(\"{column}\", 'hex')"),
        _ => format!("CAST(\"{column}\" AS TEXT)"),
    };
    // Qualified by the table: PostgreSQL would take a bare name for the text that is selected under
    // it.
    let key = table
        .key
        .iter()
        .map(|column| format!("\"{}\".\"{column}\" DESC", table.name))
        .collect::<Vec<_>>()
        .join(", ");
    let query = format!(
        "SELECT CAST({row} AS TEXT), {value}, CASE WHEN \"{column}\" IS NULL THEN 'null' ELSE 'some' END FROM \"{}\" ORDER BY 3 DESC, {key} LIMIT 1",
        table.name
    );
    let found = beside.texts(&query, 3).await.remove(0);
    let place = found[0].clone().expect("a place");
    let value = found[1].clone().filter(|_| found[2].as_deref() == Some("some"));
    let literal = literal(beside.backend, of, &changed(of, value.as_deref()));
    [format!("UPDATE \"{}\" SET \"{column}\" = {literal} WHERE {row} = '{place}'", table.name)]
}

/// A statement that replaces a code by another one that the column's CHECK allows; none for a
/// column without a CHECK.
pub async fn other_word(beside: &Beside, table: &Table, column: &str, of: Type) -> Option<String> {
    if of != Type::Text {
        return None;
    }
    let checks = if beside.backend == DbBackend::Sqlite {
        format!("SELECT sql FROM sqlite_master WHERE name = '{}'", table.name)
    } else {
        format!(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c' AND conrelid = '\"{}\"'::regclass",
            table.name
        )
    };
    let checks = beside.texts(&checks, 1).await.into_iter().flatten().flatten();
    let check =
        checks.flat_map(|sql| sql.split("CHECK").skip(1).map(str::to_owned).collect::<Vec<_>>());
    let mut of_column = check.filter(|check| {
        let name = check.trim_start_matches([' ', '(', '"']);
        name.strip_prefix(column).is_some_and(|rest| {
            !rest.starts_with(|letter: char| letter.is_alphanumeric() || letter == '_')
        })
    });
    let check = of_column.next()?;
    let words: Vec<&str> = check.split('\'').skip(1).step_by(2).collect();
    let (first, second) = (words.first()?, words.get(1)?);
    let row = physical(beside);
    let last = format!(
        "SELECT {row} FROM \"{}\" WHERE \"{column}\" IS NOT NULL ORDER BY {} DESC LIMIT 1",
        table.name,
        list(&table.key, " DESC, ")
    );
    Some(format!(
        "UPDATE \"{}\" SET \"{column}\" = CASE \"{column}\" WHEN '{first}' THEN '{second}' ELSE '{first}' END WHERE {row} = ({last})",
        table.name
    ))
}

/// The value with one unit, letter or digit changed; some value for NULL.
fn changed(of: Type, value: Option<&str>) -> String {
    let mut letters: Vec<char> = value
        .unwrap_or_default()
        .chars()
        .filter(|letter| of != Type::Id || *letter != '-')
        .collect();
    match (of, letters.last_mut(), value) {
        (Type::Number, _, value) => {
            (value.map_or(0, |value| value.parse::<i64>().expect("a number")) + 1).to_string()
        }
        (Type::Flag, _, value) => {
            if matches!(value, Some("1" | "true")) { "false" } else { "true" }.to_owned()
        }
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

/// A value as an SQL literal.
pub fn literal(backend: DbBackend, of: Type, value: &str) -> String {
    match (of, backend) {
        (Type::Id | Type::Bytes, DbBackend::Sqlite) => format!("X'{value}'"),
        (Type::Bytes, _) => format!("'\\x{value}'"),
        (Type::Number | Type::Flag, _) => value.to_owned(),
        (Type::Id | Type::Text | Type::Day, _) => format!("'{}'", value.replace('\'', "''")),
    }
}

/// Statements that exchange the columns of two rows, all but the key; none when no two rows differ.
pub async fn exchange(beside: &Beside, table: &Table) -> Option<Vec<String>> {
    let rest: Vec<String> = table
        .columns
        .iter()
        .map(|(name, _)| name.clone())
        .filter(|name| !table.key.contains(name))
        .collect();
    let row = physical(beside);
    let of = |side: &str, columns: &[String]| {
        columns.iter().map(|column| format!("{side}.\"{column}\"")).collect::<Vec<_>>().join(", ")
    };
    let differ = if beside.backend == DbBackend::Sqlite { "IS NOT" } else { "IS DISTINCT FROM" };
    let same_stream = if table.name == "event" { "AND a.stream_id = b.stream_id" } else { "" };
    let different: Vec<String> =
        rest.iter().map(|column| format!("a.\"{column}\" {differ} b.\"{column}\"")).collect();
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
        format!(
            "INSERT INTO \"{}\" SELECT * FROM kept WHERE {row} NOT IN ('{one}', '{two}')",
            table.name
        ),
        mixed(&one, &two),
        mixed(&two, &one),
    ])
}
