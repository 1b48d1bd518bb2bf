//! Tables, columns and keys, from the database's own catalogue.

use sea_orm::DbBackend;

use crate::database::Beside;

/// A table as the database's own catalogue describes it.
#[derive(Debug)]
pub struct Table {
    pub name: String,
    /// Name and type of each column.
    pub columns: Vec<(String, Type)>,
    pub key: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Type {
    Id,
    Number,
    Text,
    Bytes,
    Day,
    Flag,
}

/// The expression that identifies a row independently of its key.
pub fn physical(beside: &Beside) -> &'static str {
    if beside.backend == DbBackend::Sqlite { "rowid" } else { "ctid" }
}

/// Quoted names.
pub fn list(columns: &[String], between: &str) -> String {
    columns.iter().map(|column| format!("\"{column}\"")).collect::<Vec<_>>().join(between)
}

/// Every table with its columns, from the database itself.
pub async fn catalogue(beside: &Beside) -> Vec<Table> {
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
            format!(
                "SELECT CAST(column_name AS TEXT), CAST(data_type AS TEXT) FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '{name}' ORDER BY ordinal_position"
            )
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
