//! Backups by the binary: made while a server is serving and people write, restored elsewhere; and
//! what is refused.

#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Child, Command as Program, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::{Event, MesaNumber, StreamId, conduct};
use server::service::entry::Ledger;
use server::service::sample::Ways;
use store::{AppendError, Location, Store};

const MESA: &str = env!("CARGO_BIN_EXE_mesa");

fn mesa<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Output {
    Program::new(MESA).args(arguments).env_remove("MESA_DATABASE_URL").output().unwrap()
}

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

fn demo(data: &Path) -> Ways {
    let made = Program::new(MESA)
        .args(["demo", "--stage", "live", "--json", "--data"])
        .arg(data)
        .output()
        .unwrap();
    serde_json::from_slice(&made.stdout).unwrap()
}

fn backup(data: &Path, to: &Path) -> Output {
    mesa([
        OsStr::new("backup"),
        OsStr::new("--data"),
        data.as_os_str(),
        OsStr::new("--to"),
        to.as_os_str(),
    ])
}

fn restore(from: &Path, data: &Path) -> Output {
    mesa([
        OsStr::new("restore"),
        OsStr::new("--from"),
        from.as_os_str(),
        OsStr::new("--data"),
        data.as_os_str(),
    ])
}

async fn open(data: &Path) -> Store {
    Store::open(&Location::Sqlite(data.to_owned())).await.unwrap()
}

/// The files in a folder and its folders.
fn names(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let inside = entries.flat_map(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let below = if path.is_dir() { names(&path) } else { BTreeSet::new() };
        below
            .into_iter()
            .map(|below| format!("{name}/{below}"))
            .chain([name.clone()])
            .collect::<Vec<_>>()
    });
    inside.collect()
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A running server.
fn serve(data: &Path) -> Running {
    let mut command = Program::new(MESA);
    let mut child = command
        .args(["serve", "--addr", "127.0.0.1:0", "--data"])
        .arg(data)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.contains("escucha"), "{line}");
    Running(child)
}

/// Appends one event after the other until it is told to stop; returns how many.
async fn write(store: Store, exercise: StreamId, stop: Arc<AtomicBool>) -> usize {
    let mut ledger = Ledger::load(&store, exercise).await.unwrap();
    let mut written = 0;
    while !stop.load(Ordering::SeqCst) {
        ledger.add(vec![Event::Conduct(
            MesaNumber(1),
            conduct::Event::DoorSet { open: written % 2 == 0 },
        )]);
        match ledger.write(&store).await {
            Ok(()) => written += 1,
            Err(AppendError::Conflict(_)) => ledger = Ledger::load(&store, exercise).await.unwrap(),
            Err(error) => panic!("{error}"),
        }
    }
    written
}

/// Stores one file after the other until it is told to stop.
async fn keep_files(store: Store, stop: Arc<AtomicBool>) -> usize {
    let mut kept = 0;
    while !stop.load(Ordering::SeqCst) {
        let bytes = vec![u8::try_from(kept % 251).unwrap(); 1_500_000 + kept];
        let parts = futures_util::stream::iter(bytes.chunks(100_000).map(Ok::<_, std::io::Error>));
        Box::pin(store.put_blob(uuid::Uuid::now_v7(), 0, u64::MAX, parts)).await.unwrap();
        kept += 1;
        tokio::time::sleep(std::time::Duration::from_millis(30)).await;
    }
    kept
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_made_while_people_write_is_all_of_one_moment() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let ways = demo(&data);
    let _server = serve(&data);
    let store = open(&data).await;
    let stop = Arc::new(AtomicBool::new(false));
    let writing = tokio::spawn(write(store.clone(), ways.exercise_id, Arc::clone(&stop)));
    let keeping = tokio::spawn(keep_files(store.clone(), Arc::clone(&stop)));
    let mut heads = Vec::new();
    for round in 0..6 {
        let to = folder.path().join(format!("copia {round}.sqlite"));
        let before = store.head(ways.exercise_id).await.unwrap().unwrap();
        let (source, target) = (data.clone(), to.clone());
        let done = tokio::task::spawn_blocking(move || backup(&source, &target)).await.unwrap();
        assert!(
            done.status.success() && said(&done).contains("El respaldo está en"),
            "{}",
            said(&done)
        );
        let after = store.head(ways.exercise_id).await.unwrap().unwrap();
        assert_eq!(
            std::fs::metadata(&to).unwrap().permissions().mode() & 0o777,
            0o600,
            "who came to the mesa is nobody else's business"
        );

        let elsewhere = folder.path().join(format!("otra {round}/data"));
        let done = restore(&to, &elsewhere);
        assert!(done.status.success() && said(&done).contains(" 0 diferencias"), "{}", said(&done));
        assert_eq!(names(&elsewhere), ["mesa.sqlite".to_owned()].into());
        let restored = open(&elsewhere).await;
        let head = restored.head(ways.exercise_id).await.unwrap().unwrap();
        assert!(
            (before.seq..=after.seq).contains(&head.seq),
            "{} is in {}..={}",
            head.seq,
            before.seq,
            after.seq
        );
        assert_eq!(
            store.hash_at(ways.exercise_id, head.seq).await.unwrap(),
            Some(head.hash),
            "a prefix of what the source has"
        );
        assert_eq!(restored.load(ways.exercise_id).await.unwrap().unwrap().head, head);
        assert!(restored.verify().await.unwrap().differences.is_empty());
        restored.close().await;
        heads.push(head.seq);
    }
    stop.store(true, Ordering::SeqCst);
    let (written, kept) = (writing.await.unwrap(), keeping.await.unwrap());
    println!("{written} events and {kept} files written meanwhile; backups at {heads:?}");
    assert!(heads.is_sorted() && heads[0] < heads[5] && kept > 0, "{heads:?}");
    assert!(store.verify().await.unwrap().differences.is_empty());
    store.close().await;
    // What was restored is an ordinary store.
    let restored = folder.path().join("otra 5/data");
    let _other = serve(&restored);
    let again = backup(&restored, &folder.path().join("copia de la copia.sqlite"));
    assert!(again.status.success(), "{}", said(&again));
}

/// Checks that a command is refused in Spanish, and changes nothing.
fn refused(folder: &Path, done: impl FnOnce() -> Output, words: &str) {
    let before = names(folder);
    let done = done();
    let said = said(&done);
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(said.contains(words), "{said} lacks {words}");
    for english in ["os error", "No such", "exists", "valid", "not ", "the ", "beside"] {
        assert!(!said.contains(english), "{said}");
    }
    assert_eq!(names(folder), before, "{words}");
}

#[tokio::test]
async fn no_backup_is_made_over_anything() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let data = at("data");
    demo(&data);
    let (copy, store) = (at("copia.sqlite"), data.join("mesa.sqlite"));
    std::fs::write(&copy, "de alguien").unwrap();
    let refused =
        |data: &Path, to: &Path, words: &str| refused(folder.path(), || backup(data, to), words);
    refused(&data, &copy, "ya existe y no se tocó");
    assert_eq!(std::fs::read(&copy).unwrap(), b"de alguien");
    symlink(at("a ninguna parte"), at("enlace")).unwrap();
    refused(&data, &at("enlace"), "ya existe y no se tocó");
    refused(&data, &data, "es una carpeta");
    refused(&data, &at("otra/copia.sqlite"), "no existe");
    refused(&data, &copy.join("copia.sqlite"), "una parte de la ruta no es una carpeta");
    refused(&data, &folder.path().join(OsStr::from_bytes(b"a\xF1o.sqlite")), "no está en UTF-8");
    std::fs::write(at("vieja.sqlite-wal"), "de otra").unwrap();
    refused(&data, &at("vieja.sqlite"), "vieja.sqlite-wal es de otra base de datos");
    refused(&at("nada"), &at("nueva.sqlite"), "ahí no está");
    std::fs::create_dir(at("vacía")).unwrap();
    std::fs::write(at("vacía/mesa.sqlite"), "").unwrap();
    refused(&at("vacía"), &at("nueva.sqlite"), "no es un almacén de Mesa Abierta");
    // The store itself and its files are never overwritten, even when that is asked for.
    symlink(&store, at("rodeo")).unwrap();
    let replace = |to: &Path| {
        Program::new(MESA)
            .args(["backup", "--replace", "--data"])
            .arg(&data)
            .arg("--to")
            .arg(to)
            .output()
            .unwrap()
    };
    let own = [
        store.clone(),
        data.join("../data/mesa.sqlite"),
        data.join("mesa.sqlite-wal"),
        at("rodeo"),
    ];
    for to in own {
        self::refused(folder.path(), || replace(&to), "es parte de lo que se respalda");
        self::refused(folder.path(), || backup(&data, &to), "es parte de lo que se respalda");
    }
    // A link or a device isn't overwritten either.
    for to in [&at("enlace"), Path::new("/dev/null")] {
        self::refused(folder.path(), || replace(to), "no es un archivo común");
    }
    let elsewhere = || {
        mesa([
            "backup",
            "--database-url",
            "postgres://mesa:secreto@db.test/mesa",
            "--to",
            "copia.dump",
        ])
    };
    self::refused(folder.path(), elsewhere, "pg_dump --format=custom");
    assert!(!said(&elsewhere()).contains("secreto"));

    // When asked for, an existing file is replaced, but only once the new one is complete.
    let before = names(folder.path());
    let done = replace(&copy);
    assert!(done.status.success(), "{}", said(&done));
    assert_eq!(names(folder.path()), before);
    let done = restore(&copy, &at("restaurada"));
    assert!(done.status.success(), "{}", said(&done));
    assert!(mesa([OsStr::new("verify"), OsStr::new("--data"), data.as_os_str()]).status.success());
}

#[tokio::test]
async fn nothing_is_restored_over_a_store_or_from_what_is_no_backup() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (data, copy) = (at("data"), at("copia.sqlite"));
    let ways = demo(&data);
    assert!(backup(&data, &copy).status.success());
    let bytes = std::fs::read(&copy).unwrap();
    let refused = |from: &Path, data: &Path, words: &str| {
        refused(folder.path(), || restore(from, data), words)
    };
    refused(&copy, &data, "ya existe y no se tocó. Restaura en otra carpeta");
    for beside in ["mesa.sqlite-wal", "mesa.sqlite-shm", "mesa.sqlite-journal"] {
        let left = at("quedó");
        std::fs::create_dir(&left).unwrap();
        std::fs::write(left.join(beside), "de otra").unwrap();
        refused(&copy, &left, &format!("{beside} es de una base de datos que está en uso"));
        std::fs::remove_dir_all(&left).unwrap();
    }
    for beside in ["copia.sqlite-wal", "copia.sqlite-shm", "copia.sqlite-journal"] {
        std::fs::write(at(beside), "de otra").unwrap();
        refused(&copy, &at("nueva"), &format!("{beside} es de una base de datos que está en uso"));
        std::fs::remove_file(at(beside)).unwrap();
    }
    // A store in use isn't a backup: the last writes aren't in its file.
    let store = open(&data).await;
    refused(&data.join("mesa.sqlite"), &at("nueva"), "Haz el respaldo con mesa backup");
    symlink(data.join("mesa.sqlite"), at("rodeo")).unwrap();
    refused(&at("rodeo"), &at("nueva"), "Haz el respaldo con mesa backup");
    store.close().await;

    refused(&at("otra.sqlite"), &at("nueva"), "no existe");
    refused(&data, &at("nueva"), "es una carpeta");
    refused(Path::new("/dev/null"), &at("nueva"), "no es un archivo común");
    refused(&copy, &copy.join("dentro"), "una parte de la ruta no es una carpeta");
    let bad = at("mala.sqlite");
    let page_by_page = [&bytes[..8192], &vec![0x5A; 8192][..], &bytes[16384..]].concat();
    for content in [
        b"".to_vec(),
        b"SQLite".to_vec(),
        b"Esto no es una base de datos".to_vec(),
        bytes[..bytes.len() / 2].to_vec(),
        page_by_page,
    ] {
        std::fs::write(&bad, &content).unwrap();
        refused(&bad, &at("nueva/de/verdad"), "no es un respaldo de Mesa Abierta, o está dañado");
    }
    // The database of another program.
    std::fs::remove_file(&bad).unwrap();
    let other =
        sea_orm::Database::connect(format!("sqlite://{}?mode=rwc", bad.display())).await.unwrap();
    sea_orm::ConnectionTrait::execute_unprepared(&other, "CREATE TABLE stream (id INTEGER)")
        .await
        .unwrap();
    other.close().await.unwrap();
    refused(&bad, &at("nueva"), "no es un respaldo de Mesa Abierta");
    // A backup by a later program: this one can't verify all of it.
    let later = at("posterior.sqlite");
    std::fs::copy(&copy, &later).unwrap();
    let changed =
        sea_orm::Database::connect(format!("sqlite://{}?mode=rw", later.display())).await.unwrap();
    let row =
        "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m20991231_000001_later', 0)";
    sea_orm::ConnectionTrait::execute_unprepared(&changed, row).await.unwrap();
    changed.close().await.unwrap();
    refused(&later, &at("nueva"), "los datos son de una versión más nueva");
    let elsewhere = || {
        Program::new(MESA)
            .args(["restore", "--database-url", "postgres://db.test/mesa", "--from"])
            .arg(&copy)
            .output()
            .unwrap()
    };
    self::refused(folder.path(), elsewhere, "pg_restore");

    // Changes made beside the log are reported; everything else is restored.
    let changed =
        sea_orm::Database::connect(format!("sqlite://{}?mode=rw", copy.display())).await.unwrap();
    sea_orm::ConnectionTrait::execute_unprepared(&changed, "UPDATE mesa SET theme = 'Otro tema'")
        .await
        .unwrap();
    changed.close().await.unwrap();
    let done = restore(&copy, &at("nueva"));
    assert_eq!(done.status.code(), Some(1), "{}", said(&done));
    for words in
        ["la columna theme", " 1 diferencias", "El respaldo se restauró, pero tiene diferencias"]
    {
        assert!(said(&done).contains(words), "{}", said(&done));
    }
    let restored = open(&at("nueva")).await;
    assert!(restored.load(ways.exercise_id).await.unwrap().is_some());
    restored.close().await;
}
