//! Opening a store: its location, its connections' settings, its migrations.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use migrations::{Migrator, MigratorTrait, SchemaManager};
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    DbErr, EntityTrait, IsolationLevel, RuntimeErr, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};

use crate::error::{Damage, StoreError};
use crate::tables::migration;
use crate::tally::{self, NO_STREAM};

/// Name of the database inside a directory.
const FILE: &str = "mesa.sqlite";
/// How long a statement waits for another process's transaction on SQLite.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// The retry interval while another program creates the same file.
const AGAIN: Duration = Duration::from_millis(20);
/// SQLite's code for a locked database.
const SQLITE_BUSY: &str = "5";
/// How long a caller waits for a connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(15);
const SQLITE_READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 16;
/// The lock that serialises two programs migrating one PostgreSQL database.
const MIGRATION_LOCK: &str = "SELECT pg_advisory_xact_lock(71726573617)";

/// Where a store is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A directory with `mesa.sqlite` inside; created if missing.
    Sqlite(PathBuf),
    /// `postgres://…`, or `sqlite://` and the path of a file.
    Url(String),
}

impl Location {
    /// The file of a store on SQLite. None on PostgreSQL.
    pub fn file(&self) -> Option<PathBuf> {
        match self {
            Self::Sqlite(directory) => Some(directory.join(FILE)),
            Self::Url(url) => url
                .strip_prefix("sqlite://")
                .map(|file| file.split('?').next().unwrap_or(file).into()),
        }
    }
}

/// What to do when there is no store.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    Make,
    Refuse,
}

/// The store. Clones share the connections.
#[derive(Clone, Debug)]
pub struct Store {
    /// On SQLite: the only connection that writes.
    pub(crate) writer: DatabaseConnection,
    pub(crate) reader: DatabaseConnection,
}

impl Store {
    /// Opens the store, creating or migrating its tables.
    ///
    /// # Errors
    /// [`StoreError::Directory`], [`StoreError::Unavailable`], and [`StoreError::Damaged`] when the
    /// migrations that were applied aren't this program's.
    pub async fn open(location: &Location) -> Result<Self, StoreError> {
        let store = Self::connect(location, Missing::Make).await?;
        migrate(&store.writer).await?;
        Ok(store)
    }

    /// Opens an existing store for reading: creates and migrates nothing.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such file, [`StoreError::Unavailable`].
    pub async fn open_existing(location: &Location) -> Result<Self, StoreError> {
        Self::connect(location, Missing::Refuse).await
    }

    async fn connect(location: &Location, missing: Missing) -> Result<Self, StoreError> {
        if let (Location::Sqlite(directory), Missing::Make) = (location, missing) {
            std::fs::create_dir_all(directory)?;
        }
        match (location.file(), location) {
            (Some(file), _) => Self::connect_sqlite(&file, missing).await,
            (None, Location::Url(url)) => Self::connect_postgres(url).await,
            (None, Location::Sqlite(_)) => Err(StoreError::NotFound),
        }
    }

    pub(crate) async fn connect_sqlite(file: &Path, missing: Missing) -> Result<Self, StoreError> {
        if missing == Missing::Refuse && !file.exists() {
            return Err(StoreError::NotFound);
        }
        let writer = connect_in_turn(sqlite(file, 1, |options| options)).await?;
        let reader = connect_in_turn(sqlite(file, SQLITE_READERS, |options| {
            options.pragma("query_only", "ON")
        }))
        .await?;
        Ok(Self { writer, reader })
    }

    async fn connect_postgres(url: &str) -> Result<Self, StoreError> {
        let mut pool = Database::connect(postgres(url)).await?;
        let query = sea_orm::Statement::from_string(DbBackend::Postgres, "SHOW synchronous_commit");
        let durable: Option<String> =
            pool.query_one_raw(query).await?.map(|row| row.try_get_by_index(0)).transpose()?;
        if durable.as_deref() == Some("off") {
            tracing::warn!(
                "the database acknowledges commits before they are on disk: asking it not to"
            );
            pool.close().await?;
            let mut options = postgres(url);
            options
                .map_sqlx_postgres_opts(|options| options.options([("synchronous_commit", "on")]));
            pool = Database::connect(options).await?;
        }
        Ok(Self { writer: pool.clone(), reader: pool })
    }

    /// Whether migrations of this program are missing in the store.
    pub(crate) async fn is_outdated(&self) -> bool {
        Migrator::get_pending_migrations_read_only(&self.reader)
            .await
            .is_ok_and(|pending| !pending.is_empty())
    }

    /// Closes the connections after their running statements.
    pub async fn close(self) {
        for connection in [self.reader, self.writer] {
            // Nothing is lost when a connection doesn't close in order.
            if let Err(error) = connection.close().await {
                tracing::debug!(%error, "a connection did not close");
            }
        }
    }

    /// Begins a transaction that writes.
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        begin(&self.writer).await
    }

    /// Begins a transaction that reads everything as of one moment.
    pub(crate) async fn begin_reading(&self) -> Result<DatabaseTransaction, DbErr> {
        let isolation_level = match self.reader.get_database_backend() {
            DbBackend::Postgres => Some(IsolationLevel::RepeatableRead),
            // SQLite's transactions always do.
            _ => None,
        };
        self.reader
            .begin_with_options(TransactionOptions {
                isolation_level,
                ..TransactionOptions::default()
            })
            .await
    }
}

async fn begin(connection: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let immediate = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    connection.begin_with_options(immediate).await
}

/// Connects to SQLite, retrying while another program creates the same file: until that has its
/// write-ahead log, SQLite answers that it is locked without waiting for [`BUSY_TIMEOUT`].
async fn connect_in_turn(options: ConnectOptions) -> Result<DatabaseConnection, DbErr> {
    let deadline = Instant::now() + BUSY_TIMEOUT;
    loop {
        match Database::connect(options.clone()).await {
            Err(error) if is_locked(&error) && Instant::now() < deadline => {
                tokio::time::sleep(AGAIN).await
            }
            connected => return connected,
        }
    }
}

fn is_locked(error: &DbErr) -> bool {
    let DbErr::Conn(RuntimeErr::SqlxError(error)) = error else { return false };
    error.as_database_error().and_then(|error| error.code()).is_some_and(|code| code == SQLITE_BUSY)
}

fn sqlite(
    file: &Path,
    connections: u32,
    more: impl Fn(SqliteConnectOptions) -> SqliteConnectOptions + Send + Sync + 'static,
) -> ConnectOptions {
    let file = file.to_owned();
    let mut options = ConnectOptions::new(format!("sqlite://{FILE}"));
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        // A file can't disconnect.
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |options| {
            more(
                options
                    .filename(&file)
                    .create_if_missing(true)
                    .busy_timeout(BUSY_TIMEOUT)
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(SqliteSynchronous::Full)
                    .foreign_keys(true),
            )
        });
    options
}

fn postgres(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(POSTGRES_CONNECTIONS)
        .min_connections(1)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .test_before_acquire_if_idle_for(Duration::from_secs(5))
        .sqlx_logging(false);
    options
}

/// Migrates the tables and counts the rows of the migrations' own table, in one transaction.
pub(crate) async fn migrate(connection: &DatabaseConnection) -> Result<(), StoreError> {
    if Migrator::get_pending_migrations_read_only(connection).await.map_err(foreign)?.is_empty() {
        return Ok(());
    }
    let transaction = begin(connection).await?;
    if connection.get_database_backend() == DbBackend::Postgres {
        transaction.execute_unprepared(MIGRATION_LOCK).await?;
    }
    // Another program may have migrated first.
    let pending = Migrator::get_pending_migrations(&transaction).await.map_err(foreign)?;
    let pending: Vec<String> =
        pending.iter().map(|migration| migration.name().to_owned()).collect();
    let before = migration::Entity::find().all(&transaction).await?;
    let is_new = !SchemaManager::new(&transaction).has_table("tally").await?;
    if !is_new && !tally::agrees(&transaction, tally::MIGRATIONS, NO_STREAM, &before).await? {
        return Err(Damage::Migrations.into());
    }
    Migrator::up(&transaction, None).await?;
    let applied = migration::Entity::find().all(&transaction).await?;
    if !pending.is_empty() {
        tally::change(&transaction, tally::MIGRATIONS, NO_STREAM, |tally| {
            // Only what was applied just now: a change to an older row must be noticed.
            applied
                .iter()
                .filter(|row| pending.contains(&row.version))
                .for_each(|row| tally.add(row));
        })
        .await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// The ORM's error for migrations that this program doesn't know.
fn foreign(error: DbErr) -> StoreError {
    match error {
        DbErr::Custom(_) => Damage::Migrations.into(),
        error => error.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn pragma(connection: &DatabaseConnection, name: &str) -> String {
        let query = sea_orm::Statement::from_string(
            DbBackend::Sqlite,
            format!("SELECT CAST({name} AS TEXT) FROM pragma_{name}"),
        );
        let row = connection
            .query_one_raw(query)
            .await
            .expect("a pragma is read")
            .expect("a pragma has a value");
        row.try_get_by_index(0).expect("a pragma is a text")
    }

    #[tokio::test]
    async fn the_connection_that_writes_syncs_fully_to_a_write_ahead_log() {
        let directory = tempfile::tempdir().expect("a directory");
        let store =
            Store::open(&Location::Sqlite(directory.path().join("new"))).await.expect("a store");
        for connection in [&store.writer, &store.reader] {
            assert_eq!(pragma(connection, "synchronous").await, "2");
            assert_eq!(pragma(connection, "journal_mode").await, "wal");
            assert_eq!(pragma(connection, "foreign_keys").await, "1");
        }
        let timeout = sea_orm::Statement::from_string(DbBackend::Sqlite, "PRAGMA busy_timeout");
        let timeout = store
            .writer
            .query_one_raw(timeout)
            .await
            .expect("a pragma is read")
            .expect("it has a value");
        assert_eq!(
            timeout.try_get_by_index::<i64>(0).ok(),
            i64::try_from(BUSY_TIMEOUT.as_millis()).ok()
        );
        assert_eq!(pragma(&store.writer, "query_only").await, "0");
        assert_eq!(pragma(&store.reader, "query_only").await, "1");
        store.close().await;
    }

    #[tokio::test]
    async fn a_text_s_patches_are_found_by_an_index() {
        let directory = tempfile::tempdir().expect("a directory");
        let store =
            Store::open(&Location::Sqlite(directory.path().to_owned())).await.expect("a store");
        let plan = "EXPLAIN QUERY PLAN SELECT seq FROM event WHERE stream_id = x'00' AND item_id = x'00' AND seq > 1 AND field = 'title' ORDER BY seq";
        let plan = store
            .reader
            .query_one_raw(sea_orm::Statement::from_string(DbBackend::Sqlite, plan))
            .await;
        let plan: String =
            plan.expect("a plan").expect("a step").try_get("", "detail").expect("a text");
        assert!(plan.contains("event_stream_id_item_id_seq"), "{plan}");
        store.close().await;
    }
}
