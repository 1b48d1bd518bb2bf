//! What ends an command early.

use std::net::SocketAddr;
use std::path::PathBuf;

use domain::Phase;
use domain::text::words::WordsError;
use store::{BackupError, PutError, StoreError};

use crate::service::entry::EntryError;
use crate::service::open_mesa::OpenError;
use crate::service::sample::SampleError;
use crate::text_file::NoText;

/// What ends an command early.
#[derive(Debug)]
pub enum Failure {
    /// The store can't be opened, or fails.
    Store(StoreError),
    /// An earlier program made the tables.
    Outdated,
    /// The built site can't be read.
    Site(std::io::Error),
    /// Nothing can listen there.
    Listen(SocketAddr, std::io::Error),
    /// There is something in the store already.
    NotEmpty,
    /// The sample can't be loaded.
    Sample(SampleError),
    /// No such exercise; with those that there are.
    UnknownExercise(String),
    /// The plan takes no more mesas.
    PlanClosed(Phase),
    /// The mesa can't be opened.
    OpenMesa(OpenError),
    /// An entry can't be made.
    Entry(EntryError),
    /// There is no mesa.
    NoMesa,
    /// Several mesas, and none was named.
    WhichMesa(String),
    /// Several exercises, and none was named.
    WhichExercise(String),
    /// A file can't be read.
    File(PathBuf, std::io::Error),
    /// A file isn't a text.
    NoText(PathBuf, NoText),
    /// A text can't be a notice.
    Notice(PathBuf, WordsError),
    /// An image is too large.
    ImageTooLarge(PathBuf),
    /// A file isn't an image.
    NoImage(PathBuf),
    /// A file can't be kept.
    Keep(PutError),
    /// What is kept was changed behind the log's back.
    Differences,
    /// The copy can't be made.
    Backup(BackupError),
    /// The copy can't be put back.
    Restore(BackupError),
    /// The copy was put back, with what is wrong with it.
    RestoredDiffering,
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<EntryError> for Failure {
    fn from(error: EntryError) -> Self {
        Self::Entry(error)
    }
}
