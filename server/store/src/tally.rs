//! Number and checksum of the rows of tables that aren't derived from the log, so that a row that
//! was changed, added or lost without the program is noticed. The checksum doesn't depend on the
//! order of the rows, and is updated in the transaction that changes them.

use domain::StreamId;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Value;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, IdenStatic, Iterable, ModelTrait,
    QuerySelect,
};
use sha2::{Digest as _, Sha256};

use crate::tables::tally;
use crate::write::{insert_new, upsert};

/// The migrations' own table.
pub(crate) const MIGRATIONS: &str = "seaql_migrations";
/// Answers outside the log.
pub(crate) const ANSWERS: &str = "answer";
/// All streams that exist, whatever their heads.
pub(crate) const STREAMS: &str = "stream";
/// State snapshots.
pub(crate) const SNAPSHOTS: &str = "state_snapshot";
/// Files; their pieces are covered by their digests.
pub(crate) const BLOBS: &str = "blob";
/// Jobs to be done outside.
pub(crate) const JOBS: &str = "job";
/// Documents as they were handed out.
pub(crate) const DOCUMENTS: &str = "document";
/// The keys of this server.
pub(crate) const KEYS: &str = "server_key";
/// The public file of all seals.
pub(crate) const LINES: &str = "seal_line";
/// What authorities answered about seals.
pub(crate) const STAMPS: &str = "stamp";

/// Every table that is counted.
pub(crate) const COUNTED: [&str; 10] =
    [MIGRATIONS, STREAMS, ANSWERS, SNAPSHOTS, BLOBS, JOBS, DOCUMENTS, KEYS, LINES, STAMPS];

/// The stream of a tally for a table without streams.
pub(crate) const NO_STREAM: StreamId = StreamId(Uuid::nil());

/// Number of rows and sum of their digests modulo 2²⁵⁶.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) count: i64,
    pub(crate) sum: [u8; 32],
}

impl Tally {
    /// Adds a row to the tally.
    pub(crate) fn add<M: ModelTrait>(&mut self, row: &M) {
        self.count += 1;
        let mut carry = 0;
        for (sum, digit) in self.sum.iter_mut().zip(digest(row)).rev() {
            let total = u16::from(*sum) + u16::from(digit) + carry;
            (*sum, carry) = (total.to_be_bytes()[1], total >> 8);
        }
    }

    /// Takes a row out of the tally.
    pub(crate) fn remove<M: ModelTrait>(&mut self, row: &M) {
        self.count -= 1;
        let mut borrow = false;
        for (sum, digit) in self.sum.iter_mut().zip(digest(row)).rev() {
            let (less, first) = sum.overflowing_sub(digit);
            let (less, second) = less.overflowing_sub(u8::from(borrow));
            (*sum, borrow) = (less, first || second);
        }
    }
}

/// Columns that came with a later migration: while they are empty a row counts as it did before.
const LATER: [&str; 3] = ["sending_at", "refused_at", "asked_at"];

/// SHA-256 over a row's columns in their order; each is a letter for its type, 0 or 1, and a length
/// (u64) and bytes.
fn digest<M: ModelTrait>(row: &M) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for column in <M::Entity as EntityTrait>::Column::iter() {
        let (letter, bytes) = match row.get(column) {
            Value::BigInt(number) => (b'i', number.map(|number| number.to_be_bytes().to_vec())),
            Value::String(text) => (b't', text.map(String::into_bytes)),
            Value::Bytes(bytes) => (b'b', bytes),
            Value::Uuid(id) => (b'u', id.map(|id| id.as_bytes().to_vec())),
            // The counted tables have no other types.
            other => (b'o', Some(format!("{other:?}").into_bytes())),
        };
        if bytes.is_none() && LATER.contains(&column.as_str()) {
            continue;
        }
        hasher.update([letter, u8::from(bytes.is_some())]);
        let bytes = bytes.unwrap_or_default();
        hasher.update((bytes.len() as u64).to_be_bytes());
        hasher.update(&bytes);
    }
    hasher.finalize().into()
}

/// A stream's row without its head, which moves: this is what is counted.
pub(crate) fn of_stream(row: &crate::tables::stream::Model) -> crate::tables::stream::Model {
    crate::tables::stream::Model { head_seq: 0, head_hash: Vec::new(), ..row.clone() }
}

/// Whether a table's rows agree with their tally.
pub(crate) async fn agrees<M: ModelTrait>(
    db: &impl ConnectionTrait,
    table: &str,
    stream: StreamId,
    rows: &[M],
) -> Result<bool, DbErr> {
    let mut tally = Tally::default();
    rows.iter().for_each(|row| tally.add(row));
    let kept = tally::Entity::find_by_id((table.to_owned(), stream.0)).one(db).await?;
    Ok(kept.is_some_and(|kept| kept.row_count == tally.count && kept.sum[..] == tally.sum[..]))
}

/// Changes a table's tally, which is locked until the transaction ends. Callers lock the rows that
/// they count first, so that there is no deadlock.
pub(crate) async fn change(
    transaction: &DatabaseTransaction,
    table: &str,
    stream: StreamId,
    change: impl FnOnce(&mut Tally),
) -> Result<(), DbErr> {
    let kept = || {
        tally::Entity::find_by_id((table.to_owned(), stream.0)).lock_exclusive().one(transaction)
    };
    let found = match kept().await? {
        Some(found) => Some(found),
        None => {
            // Two transactions may count the first row at the same moment: they need a row to lock.
            insert_new::<tally::Entity>(transaction, &row(table, stream, &Tally::default()))
                .await?;
            kept().await?
        }
    };
    let mut tally = found
        .and_then(|row| Some(Tally { count: row.row_count, sum: row.sum.try_into().ok()? }))
        .unwrap_or_default();
    change(&mut tally);
    upsert::<tally::Entity>(transaction, &[row(table, stream, &tally)]).await
}

fn row(table: &str, stream: StreamId, tally: &Tally) -> tally::Model {
    tally::Model {
        table_name: table.to_owned(),
        stream_id: stream.0,
        row_count: tally.count,
        sum: tally.sum.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::migration::Model;

    #[test]
    fn a_sum_does_not_depend_on_the_order_and_what_went_in_comes_out() {
        let row = |at| Model { version: format!("m{at}"), applied_at: at };
        let (mut one, mut other) = (Tally::default(), Tally::default());
        for at in 0..40 {
            one.add(&row(at));
            other.add(&row(39 - at));
        }
        assert_eq!(one, other);
        for at in 0..40 {
            one.remove(&row(at));
        }
        assert_eq!(one, Tally::default());
    }

    #[test]
    fn a_missing_text_is_not_an_empty_one() {
        let row = |mail: Option<&str>| crate::tables::person::Model {
            id: Uuid::nil(),
            salt: Vec::new(),
            name: String::new(),
            mail: mail.map(str::to_owned),
            phone: None,
            passphrase: None,
        };
        assert_ne!(digest(&row(None)), digest(&row(Some(""))));
    }
    #[test]
    fn a_column_that_came_later_changes_nothing_while_it_is_empty() {
        let row = |asked_at| crate::tables::job::Model {
            stream_id: Uuid::nil(),
            id: Uuid::nil(),
            key: "k".to_owned(),
            kind: "k".to_owned(),
            payload: Vec::new(),
            due_at: 1,
            attempts: 0,
            claimed_by: None,
            claimed_until: None,
            last_error: None,
            done_at: None,
            sending_at: None,
            refused_at: None,
            asked_at,
        };
        // The eleven columns of the first migration, in their order.
        let mut hasher = Sha256::new();
        let nil = Uuid::nil();
        let one = 1_i64.to_be_bytes();
        let zero = 0_i64.to_be_bytes();
        let columns: [(u8, Option<&[u8]>); 11] = [
            (b'u', Some(nil.as_bytes())),
            (b'u', Some(nil.as_bytes())),
            (b't', Some(b"k")),
            (b't', Some(b"k")),
            (b'b', Some(b"")),
            (b'i', Some(&one)),
            (b'i', Some(&zero)),
            (b'u', None),
            (b'i', None),
            (b't', None),
            (b'i', None),
        ];
        for (letter, bytes) in columns {
            hasher.update([letter, u8::from(bytes.is_some())]);
            let bytes = bytes.unwrap_or_default();
            hasher.update((bytes.len() as u64).to_be_bytes());
            hasher.update(bytes);
        }
        let before: [u8; 32] = hasher.finalize().into();
        assert_eq!(digest(&row(None)), before);
        assert_ne!(digest(&row(Some(1))), before);
    }
}
