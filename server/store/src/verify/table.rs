//! Verifying one table's rows.

use std::collections::BTreeMap;

use domain::StreamId;
use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait, EntityTrait, IdenStatic, Iterable, ModelTrait, PaginatorTrait, PrimaryKeyToColumn,
    QueryFilter, Value,
};

use super::{Check, Difference};
use crate::error::StoreError;
use crate::tables::stream;
use crate::tally::Tally;

impl Check<'_> {
    /// Compares a stream's rows of a derived table with those that its log gives, both ways and
    /// column by column.
    pub(super) async fn compare<E>(
        &mut self,
        table: &'static str,
        of_stream: E::Column,
        stream: StreamId,
        expected: Vec<E::Model>,
    ) -> Result<(), StoreError>
    where
        E: EntityTrait,
        E::Model: ModelTrait<Entity = E>,
    {
        let rows = E::find().filter(of_stream.eq(stream.0)).all(self.db).await;
        let Some(rows) = self.readable(table, Some(stream), rows)? else { return Ok(()) };
        self.report.rows += rows.len() as u64;
        let mut expected: BTreeMap<String, E::Model> =
            expected.into_iter().map(|row| (key::<E>(&row), row)).collect();
        for row in rows {
            let key = key::<E>(&row);
            let Some(should) = expected.remove(&key) else {
                self.differs(Difference::ExtraRow { table, key });
                continue;
            };
            for column in E::Column::iter() {
                if row.get(column) != should.get(column) {
                    self.differs(Difference::Column {
                        table,
                        key: key.clone(),
                        column: column.as_str().to_owned(),
                    });
                }
            }
        }
        for key in expected.into_keys() {
            self.differs(Difference::MissingRow { table, key });
        }
        Ok(())
    }

    /// Adds a counted table's rows to the tallies.
    pub(super) fn count<M: ModelTrait>(
        &mut self,
        table: &'static str,
        stream: StreamId,
        rows: &[M],
    ) {
        let mut tally = Tally::default();
        rows.iter().for_each(|row| tally.add(row));
        self.report.rows += rows.len() as u64;
        self.tallies.insert((table, stream), tally);
    }

    /// Finds rows of streams that don't exist.
    pub(super) async fn orphans_of<E>(
        &mut self,
        table: &'static str,
        of_stream: E::Column,
    ) -> Result<(), StoreError>
    where
        E: EntityTrait,
        E::Model: Sync,
    {
        let streams = Query::select().column(stream::Column::Id).from(stream::Entity).to_owned();
        let count = E::find().filter(of_stream.not_in_subquery(streams)).count(self.db).await?;
        if count > 0 {
            self.differs(Difference::Orphans { table, count });
        }
        Ok(())
    }
}

/// A row's key, as text.
fn key<E>(row: &E::Model) -> String
where
    E: EntityTrait,
    E::Model: ModelTrait<Entity = E>,
{
    let parts: Vec<String> = E::PrimaryKey::iter()
        .map(|part| match row.get(part.into_column()) {
            Value::Uuid(Some(id)) => id.to_string(),
            Value::BigInt(Some(number)) => number.to_string(),
            other => format!("{other:?}"),
        })
        .collect();
    parts.join(" · ")
}
