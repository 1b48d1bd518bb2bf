//! Statements that write complete rows, several in one statement.

use sea_orm::sea_query::{InsertStatement, OnConflict, Query};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, Iterable, ModelTrait,
    PrimaryKeyToColumn,
};

use crate::rows::{Rows, derived_tables};

/// Most values in one statement; SQLite's limit is 32 766, PostgreSQL's 65 535.
const VALUES_PER_STATEMENT: usize = 30_000;

fn statement<E>(rows: &[E::Model]) -> InsertStatement
where
    E: EntityTrait,
    E::Model: ModelTrait<Entity = E>,
{
    let mut insert = Query::insert().into_table(E::default()).columns(E::Column::iter()).take();
    for row in rows {
        insert.values_panic(E::Column::iter().map(|column| row.get(column).into()));
    }
    insert
}

fn chunks<E: EntityTrait>(rows: &[E::Model]) -> impl Iterator<Item = &[E::Model]> {
    rows.chunks(VALUES_PER_STATEMENT / E::Column::iter().count().max(1))
}

/// Inserts rows, except those that exist.
pub(crate) async fn insert<E>(
    transaction: &DatabaseTransaction,
    rows: &[E::Model],
) -> Result<(), DbErr>
where
    E: EntityTrait,
    E::Model: ModelTrait<Entity = E>,
{
    for rows in chunks::<E>(rows) {
        transaction.execute(&statement::<E>(rows)).await?;
    }
    Ok(())
}

/// Inserts a row unless one with its key exists; returns whether it did.
pub(crate) async fn insert_new<E>(
    transaction: &DatabaseTransaction,
    row: &E::Model,
) -> Result<bool, DbErr>
where
    E: EntityTrait,
    E::Model: ModelTrait<Entity = E>,
{
    let mut insert = statement::<E>(std::slice::from_ref(row));
    insert.on_conflict(OnConflict::columns(key::<E>()).do_nothing().to_owned());
    Ok(transaction.execute(&insert).await?.rows_affected() == 1)
}

/// Inserts rows, or overwrites those with the same keys.
pub(crate) async fn upsert<E>(
    transaction: &DatabaseTransaction,
    rows: &[E::Model],
) -> Result<(), DbErr>
where
    E: EntityTrait,
    E::Model: ModelTrait<Entity = E>,
{
    let values = E::Column::iter().filter(|column| E::PrimaryKey::from_column(*column).is_none());
    let overwrite = OnConflict::columns(key::<E>()).update_columns(values).to_owned();
    for rows in chunks::<E>(rows) {
        transaction.execute(statement::<E>(rows).on_conflict(overwrite.clone())).await?;
    }
    Ok(())
}

fn key<E: EntityTrait>() -> impl Iterator<Item = E::Column> {
    E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column)
}

/// Writes derived rows.
pub(crate) async fn save(transaction: &DatabaseTransaction, rows: &Rows) -> Result<(), DbErr> {
    macro_rules! save {
        ($($table:ident),+) => {
            $(upsert::<crate::tables::$table::Entity>(transaction, &rows.$table).await?;)+
        };
    }
    derived_tables!(save);
    Ok(())
}
