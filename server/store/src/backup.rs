//! Backups of a store on SQLite: one file, made while others read and write, and restored where
//! there is no store. Files are written under a temporary name in the same folder and renamed when
//! they are complete. PostgreSQL has its own tools.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use migrations::SchemaManager;
use sea_orm::prelude::Uuid;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

use crate::error::StoreError;
use crate::open::{Location, Missing, Store, migrate};
use crate::verify::Report;

/// Files that SQLite keeps beside a database whose own file isn't complete.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];
/// The first bytes of every SQLite database.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";
/// Tables without which a database is no store.
const TABLES: [&str; 3] = ["stream", "event", "tally"];

/// Why a backup or a restore fails. Nothing was changed then.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The store is kept by a database server, which has its own tools.
    #[error("the store is not a file")]
    NotAFile,
    /// The target exists already.
    #[error("{} exists", .0.display())]
    Taken(PathBuf),
    /// There is a file of SQLite's beside it: of a database that is in use or wasn't closed, or of
    /// another one.
    #[error("{} stands beside", .0.display())]
    Beside(PathBuf),
    /// It would overwrite the store, or one of its files.
    #[error("{} is the store itself", .0.display())]
    Itself(PathBuf),
    /// A file isn't a store, or is so damaged that it can't be read.
    #[error("{} is no store that can be read", .0.display())]
    Unreadable(PathBuf),
    /// The path is a link, a pipe or a device.
    #[error("{} is no regular file", .0.display())]
    NotRegular(PathBuf),
    /// The path isn't UTF-8, which SQLite needs.
    #[error("{} is not UTF-8", .0.display())]
    NotText(PathBuf),
    /// A file or a folder can't be read or written.
    #[error("{}: {}", .0.display(), .1)]
    File(PathBuf, #[source] io::Error),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<DbErr> for BackupError {
    fn from(error: DbErr) -> Self {
        Self::Store(error.into())
    }
}

impl Store {
    /// Writes the content of a store on SQLite, as of one moment, into a new file that only its
    /// owner can read, while others may write to the store; returns the file's size in bytes. It
    /// includes everything acknowledged before the call. With `replace`, an existing file is
    /// replaced.
    ///
    /// # Errors
    /// [`BackupError`].
    pub async fn back_up(
        location: &Location,
        to: &Path,
        replace: bool,
    ) -> Result<u64, BackupError> {
        let file = location.file().ok_or(BackupError::NotAFile)?;
        refuse_target(&file, to, replace)?;
        let store = Self::open_existing(location).await?;
        let written = write(&store, &file, to, replace).await;
        store.close().await;
        written
    }

    /// Restores a backup where there is no store yet, and returns what a check of it found: it is
    /// restored with whatever differences it has, because it may be all there is. The backup itself
    /// isn't changed.
    ///
    /// # Errors
    /// [`BackupError`].
    pub async fn restore(from: &Path, location: &Location) -> Result<Report, BackupError> {
        let file = location.file().ok_or(BackupError::NotAFile)?;
        if exists(&file) {
            return Err(BackupError::Taken(file));
        }
        refuse_beside(&file)?;
        let mut source = open_backup(from)?;
        let mut made = Folder::make(folder_of(&file))?;
        let temporary = Temporary::new(&file)?;
        let mut copy =
            OpenOptions::new().write(true).open(&temporary.path).map_err(at(&temporary.path))?;
        io::copy(&mut source, &mut copy).and_then(|_| copy.sync_all()).map_err(at(&file))?;
        // Checks that nobody opened it meanwhile.
        refuse_beside(&real(from))?;
        let report = check(from, &temporary.path).await?;
        // A closed database is complete in its file; a journal of another one must not get its
        // name.
        refuse_beside(&temporary.path)?;
        made.sync()?;
        temporary.rename(&file, false)?;
        made.keep();
        Ok(report)
    }
}

async fn write(store: &Store, file: &Path, to: &Path, replace: bool) -> Result<u64, BackupError> {
    if !is_store(store).await? {
        return Err(BackupError::Unreadable(file.to_owned()));
    }
    let temporary = Temporary::new(to)?;
    let name = temporary.path.to_str().ok_or_else(|| BackupError::NotText(to.to_owned()))?;
    // On the writing connection, because SQLite counts this as a write; the store is only read, and
    // nobody is blocked.
    let vacuum = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [name.into()]);
    store.writer.execute_raw(vacuum).await?;
    let size = fs::metadata(&temporary.path).map_err(at(to))?.len();
    temporary.rename(to, replace)?;
    Ok(size)
}

/// Checks a copy of a backup; migrates it first when an earlier program made it.
async fn check(from: &Path, copy: &Path) -> Result<Report, BackupError> {
    let unreadable = |_| BackupError::Unreadable(from.to_owned());
    let store = Store::connect_sqlite(copy, Missing::Refuse).await.map_err(unreadable)?;
    let report = async {
        if !is_store(&store).await.map_err(unreadable)?
            || !is_sound(&store).await.map_err(unreadable)?
        {
            return Err(BackupError::Unreadable(from.to_owned()));
        }
        // This fails when a later program made it, whose tables this check wouldn't know.
        migrate(&store.writer).await?;
        Ok(store.verify().await?)
    }
    .await;
    store.close().await;
    report
}

async fn is_store(store: &Store) -> Result<bool, StoreError> {
    let schema = SchemaManager::new(&store.writer);
    for table in TABLES {
        if !schema.has_table(table).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether SQLite's own integrity check passes.
async fn is_sound(store: &Store) -> Result<bool, StoreError> {
    let check = Statement::from_string(DbBackend::Sqlite, "PRAGMA integrity_check(1)");
    let said: Option<String> =
        store.writer.query_one_raw(check).await?.map(|row| row.try_get_by_index(0)).transpose()?;
    Ok(said.as_deref() == Some("ok"))
}

/// Opens a backup that nobody is writing to.
fn open_backup(from: &Path) -> Result<File, BackupError> {
    let metadata = fs::metadata(from).map_err(at(from))?;
    if metadata.is_dir() {
        return Err(BackupError::File(from.to_owned(), ErrorKind::IsADirectory.into()));
    }
    if !metadata.is_file() {
        return Err(BackupError::NotRegular(from.to_owned()));
    }
    // SQLite keeps them beside the file itself, not beside a link to it.
    refuse_beside(&real(from))?;
    let mut magic = [0; MAGIC.len()];
    let mut file = File::open(from).map_err(at(from))?;
    match file.read_exact(&mut magic) {
        Ok(()) if magic == *MAGIC => {}
        Ok(()) => return Err(BackupError::Unreadable(from.to_owned())),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
            return Err(BackupError::Unreadable(from.to_owned()));
        }
        Err(error) => return Err(BackupError::File(from.to_owned(), error)),
    }
    file.rewind().map_err(at(from))?;
    Ok(file)
}

/// Refuses to overwrite what mustn't be, and targets where the backup would be read together with
/// another database's files.
fn refuse_target(store: &Path, to: &Path, replace: bool) -> Result<(), BackupError> {
    if fs::metadata(to).is_ok_and(|metadata| metadata.is_dir()) {
        return Err(BackupError::File(to.to_owned(), ErrorKind::IsADirectory.into()));
    }
    let target = real(to);
    let store = real(store);
    if std::iter::once(store.clone()).chain(beside(&store)).any(|own| real(&own) == target) {
        return Err(BackupError::Itself(to.to_owned()));
    }
    if exists(to) && !replace {
        return Err(BackupError::Taken(to.to_owned()));
    }
    if fs::symlink_metadata(to).is_ok_and(|metadata| !metadata.is_file()) {
        return Err(BackupError::NotRegular(to.to_owned()));
    }
    refuse_beside(to)
}

fn refuse_beside(file: &Path) -> Result<(), BackupError> {
    match beside(file).find(|beside| exists(beside)) {
        Some(beside) => Err(BackupError::Beside(beside)),
        None => Ok(()),
    }
}

fn beside(file: &Path) -> impl Iterator<Item = PathBuf> {
    BESIDE.into_iter().map(move |suffix| {
        let mut name = OsString::from(file);
        name.push(suffix);
        name.into()
    })
}

/// Whether a name is taken, even by a dangling link.
fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// The canonical path, as far as it exists.
fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| {
        match (fs::canonicalize(folder_of(path)), path.file_name()) {
            (Ok(folder), Some(name)) => folder.join(name),
            _ => path.to_owned(),
        }
    })
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn at(path: &Path) -> impl Fn(io::Error) -> BackupError {
    let path = path.to_owned();
    move |error| BackupError::File(path.clone(), error)
}

/// A file under a temporary name. Dropping it deletes it, with the files that SQLite put beside it.
struct Temporary {
    path: PathBuf,
}

impl Temporary {
    /// An empty file in the same folder as another one, readable by its owner only.
    fn new(beside: &Path) -> Result<Self, BackupError> {
        let mut name = OsString::from(".");
        name.push(
            beside.file_name().ok_or_else(|| {
                BackupError::File(beside.to_owned(), ErrorKind::IsADirectory.into())
            })?,
        );
        name.push(format!(".{}.incompleto", Uuid::now_v7().simple()));
        let folder = folder_of(beside);
        let path = folder.join(name);
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)
            .map_err(at(folder))?;
        Ok(Self { path })
    }

    /// Renames it once it is on disk.
    fn rename(self, to: &Path, replace: bool) -> Result<(), BackupError> {
        File::open(&self.path).and_then(|file| file.sync_all()).map_err(at(to))?;
        // Opened first, because a failure after the rename couldn't be undone.
        let folder = File::open(folder_of(to)).map_err(at(to))?;
        let renamed =
            if replace { fs::rename(&self.path, to) } else { rename_to_new(&self.path, to) };
        match renamed {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                return Err(BackupError::Taken(to.to_owned()));
            }
            renamed => renamed.map_err(at(to))?,
        }
        sync_folder(&folder).map_err(at(to))
    }
}

/// Syncs a folder's entries to disk, on file systems that can.
fn sync_folder(folder: &File) -> io::Result<()> {
    match folder.sync_all() {
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => {
            Ok(())
        }
        synced => synced,
    }
}

/// A rename that never overwrites, even if somebody just created a file of that name.
fn rename_to_new(from: &Path, to: &Path) -> io::Result<()> {
    match fs::hard_link(from, to) {
        Ok(()) => fs::remove_file(from),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
        // The file system has no hard links (a USB stick, a share).
        Err(_) if !exists(to) => fs::rename(from, to),
        Err(_) => Err(ErrorKind::AlreadyExists.into()),
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        for path in std::iter::once(self.path.clone()).chain(beside(&self.path)) {
            // Most of them don't exist; after a rename, none does.
            fs::remove_file(path).ok();
        }
    }
}

/// A folder; dropping it removes the folders that were created for it, unless it is kept.
struct Folder {
    made: Vec<PathBuf>,
}

impl Folder {
    fn make(path: &Path) -> Result<Self, BackupError> {
        let made = path
            .ancestors()
            .take_while(|part| !part.as_os_str().is_empty() && !exists(part))
            .map(Path::to_owned)
            .collect();
        let folder = Self { made };
        fs::create_dir_all(path).map_err(at(path))?;
        Ok(folder)
    }

    /// Syncs the created folders: a folder's name is stored in its parent.
    fn sync(&self) -> Result<(), BackupError> {
        self.made.iter().try_for_each(|made| {
            let parent = folder_of(made);
            File::open(parent).and_then(|folder| sync_folder(&folder)).map_err(at(parent))
        })
    }

    fn keep(&mut self) {
        self.made.clear();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        for path in &self.made {
            // Fails for one that somebody put something into; it stays.
            fs::remove_dir(path).ok();
        }
    }
}
