//! `datapackage.json`: a description of the tables for programs, by Frictionless' Data Package and
//! Table Schema. Without sizes and digests: the tables change while the mesa meets, and each is
//! fetched separately.

use app::address;
use app::text::export as words;
use domain::{Mesa, MesaId};
use serde_json::{Value, json};

use super::guard::UNGUARD;
use super::short_id::LENGTH;
use super::table::{Column, Kind, Table};

/// What the tables are made from.
pub(super) struct Source<'a> {
    /// The mesa.
    pub id: MesaId,
    /// Its heading.
    pub heading: &'a str,
    /// Its state.
    pub mesa: &'a Mesa,
    /// The base address.
    pub base: &'a str,
}

/// The description of the tables.
pub(super) fn package(source: &Source<'_>, tables: &[Table]) -> Value {
    let page = format!("{}{}", source.base, address::public_mesa(source.id));
    let exercise = source.mesa.exercise.as_ref();
    let of = exercise
        .map(|exercise| format!("{} · {}", exercise.name, exercise.municipality))
        .unwrap_or_default();
    let mut package = json!({
        "profile": "tabular-data-package",
        "name": format!("mesa-{}-{}", source.id.number, source.id.exercise),
        "id": source.id.to_string(),
        "title": words::title(source.heading),
        "description": words::description(UNGUARD),
        "homepage": page,
        "licenses": [{ "title": words::LICENCE, "path": words::LICENCE_URL }],
        "sources": [{ "title": of, "path": page }],
        "resources": tables.iter().map(|table| resource(table, tables)).collect::<Vec<_>>(),
    });
    if let Some(exercise) = exercise {
        package["contributors"] = json!([{ "title": exercise.guarantor, "role": "publisher" }]);
    }
    package
}

/// A table's name, as others refer to it.
fn name_of(file: &str) -> &str {
    file.strip_suffix(".csv").unwrap_or(file)
}

fn resource(table: &Table, tables: &[Table]) -> Value {
    let reference = |reference: &super::table::Reference| {
        let other = tables.iter().find(|other| other.file == reference.file);
        // An empty name refers to the same table.
        let resource = if reference.file == table.file { "" } else { name_of(reference.file) };
        json!({
            "fields": [reference.column],
            "reference": { "resource": resource, "fields": other.map_or(&[] as &[&str], |other| other.key) },
        })
    };
    let mut schema = json!({
        "fields": table.columns.iter().map(field).collect::<Vec<_>>(),
        "missingValues": [""],
        "primaryKey": table.key,
    });
    if !table.references.is_empty() {
        schema["foreignKeys"] = table.references.iter().map(reference).collect();
    }
    json!({
        "profile": "tabular-data-resource",
        "name": name_of(table.file),
        "title": table.title,
        "path": table.file,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": "\"",
            "doubleQuote": true,
            "skipInitialSpace": false,
            "header": true,
            "caseSensitiveHeader": true,
        },
        "schema": schema,
    })
}

fn field(column: &Column) -> Value {
    let one_of = |words: &[&str]| words.join("|");
    let (kind, mut constraints) = match column.kind {
        Kind::Id(letter) => {
            ("string", json!({ "pattern": format!("{letter}-[0-9A-HJKMNP-TV-Z]{{{LENGTH},}}") }))
        }
        Kind::Text => ("string", json!({})),
        Kind::Figure => ("any", json!({})),
        Kind::Number => ("integer", json!({ "minimum": 1 })),
        Kind::Day => ("date", json!({})),
        Kind::Word(words) => ("string", json!({ "enum": words })),
        Kind::Words(words) => {
            ("string", json!({ "pattern": format!("({0})( ({0}))*", one_of(words)) }))
        }
    };
    if column.required {
        constraints["required"] = true.into();
    }
    json!({ "name": column.name, "title": column.title, "type": kind, "constraints": constraints })
}
