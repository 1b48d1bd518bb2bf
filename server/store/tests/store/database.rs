//! A database of its own for each test.

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, QueryResult,
    Statement,
};
use store::{Location, Store};
use tempfile::TempDir;
use uuid::Uuid;

/// A new, empty database.
pub struct TestDatabase {
    pub location: Location,
    pub backend: DbBackend,
    url: String,
    directory: Option<TempDir>,
    /// Only for PostgreSQL: the server that it is created on, and its name.
    server: Option<(String, String)>,
}

impl TestDatabase {
    pub fn sqlite() -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let url = format!("sqlite://{}/mesa.sqlite", directory.path().display());
        let location = Location::Sqlite(directory.path().to_owned());
        Self { location, backend: DbBackend::Sqlite, url, directory: Some(directory), server: None }
    }

    /// None when there is no PostgreSQL to test on, and none is required.
    pub async fn postgres() -> Option<Self> {
        let Ok(server) = std::env::var("MESA_TEST_POSTGRES") else {
            let required = std::env::var("MESA_REQUIRE_POSTGRES").is_ok_and(|value| value == "1");
            assert!(!required, "MESA_REQUIRE_POSTGRES=1, but MESA_TEST_POSTGRES names no server");
            eprintln!("skipped: MESA_TEST_POSTGRES names no server");
            return None;
        };
        let name = format!("mesa_test_{}", Uuid::now_v7().simple());
        let admin = Database::connect(&server).await.expect("the server");
        admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a new database");
        admin.close().await.expect("a closed connection");
        let (base, _) = server.rsplit_once('/').expect("a database in the server's address");
        let url = format!("{base}/{name}");
        let location = Location::Url(url.clone());
        Some(Self {
            location,
            backend: DbBackend::Postgres,
            url,
            directory: None,
            server: Some((server, name)),
        })
    }

    pub async fn store(&self) -> Store {
        Box::pin(Store::open(&self.location)).await.expect("a store")
    }

    /// A connection beside the store, without foreign-key checks.
    pub async fn beside(&self) -> Beside {
        let mut options = ConnectOptions::new(&self.url);
        options.max_connections(1).sqlx_logging(false);
        options.map_sqlx_sqlite_opts(|options| options.foreign_keys(false));
        let connection = Database::connect(options).await.expect("a connection");
        let beside = Beside { connection, backend: self.backend };
        if self.backend == DbBackend::Postgres {
            beside.run("SET session_replication_role = replica").await.expect("a superuser");
        }
        beside
    }

    /// Drops the database.
    pub async fn end(self) {
        drop(self.directory);
        if let Some((server, name)) = self.server {
            let admin = Database::connect(&server).await.expect("the server");
            admin
                .execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)"))
                .await
                .expect("the database dropped");
        }
    }
}

/// Raw access to a store's database.
pub struct Beside {
    connection: DatabaseConnection,
    pub backend: DbBackend,
}

impl Beside {
    pub async fn run(&self, sql: &str) -> Result<u64, sea_orm::DbErr> {
        self.connection.execute_unprepared(sql).await.map(|done| done.rows_affected())
    }

    pub async fn rows(&self, sql: &str) -> Vec<QueryResult> {
        let query = Statement::from_string(self.backend, sql);
        self.connection.query_all_raw(query).await.unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// The columns of each row, as texts.
    pub async fn texts(&self, sql: &str, columns: usize) -> Vec<Vec<Option<String>>> {
        let row = |row: QueryResult| {
            (0..columns).map(|column| row.try_get_by_index(column).expect("a text")).collect()
        };
        self.rows(sql).await.into_iter().map(row).collect()
    }
}
