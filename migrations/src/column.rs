//! Helpers for this schema's columns and tables.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{text, uuid};

/// A text column that holds one of `codes`.
pub(crate) fn coded(name: &'static str, codes: &[&'static str]) -> ColumnDef {
    text(name).check(Expr::col(name).is_in(codes.iter().copied())).take()
}

/// A boolean column. SQLite would accept any number as true.
pub(crate) fn flag(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).boolean().not_null().check(Expr::col(name).is_in([false, true])).take()
}

/// A table whose rows belong to a stream; `key` identifies a row within it.
pub(crate) fn of_stream(name: &'static str, key: &[&'static str]) -> TableCreateStatement {
    let mut primary = Index::create().col("stream_id").take();
    for column in key {
        primary.col(*column);
    }
    Table::create()
        .table(name)
        .col(uuid("stream_id"))
        .primary_key(&mut primary)
        .foreign_key(ForeignKey::create().from(name, "stream_id").to("stream", "id"))
        .take()
}

/// An index, named after its table and columns.
pub(crate) fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index =
        Index::create().name(format!("{table}_{}", columns.join("_"))).table(table).take();
    for column in columns {
        index.col(*column);
    }
    index
}
