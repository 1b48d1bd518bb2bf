//! Why a command ends early.

use std::net::SocketAddr;
use std::path::PathBuf;

use app::page::verify::StampFault;
use domain::Phase;
use domain::text::words::WordsError;
use seal::ReadError;
use store::{BackupError, PutError, StoreError};

use crate::service::document::DocumentError;
use crate::service::entry::EntryError;
use crate::service::open_mesa::OpenError;
use crate::service::sample::SampleError;
use crate::service::server_key::KeyError;
use crate::stamping::AuthorityFile;
use crate::text_file::NoText;
use crate::tls::TlsError;

/// Why a command ends early.
#[derive(Debug)]
pub enum Failure {
    /// The store can't be opened, or fails.
    Store(StoreError),
    /// The tables are an earlier program's.
    Outdated,
    /// The built site can't be read.
    Site(std::io::Error),
    /// The certificate or its key can't be used.
    Tls(TlsError),
    /// The address can't be listened on.
    Listen(SocketAddr, std::io::Error),
    /// The store isn't empty.
    NotEmpty,
    /// The sample can't be loaded.
    Sample(SampleError),
    /// No such exercise; with a list of those that exist.
    UnknownExercise(String),
    /// The plan accepts no more mesas.
    PlanClosed(Phase),
    /// The mesa can't be opened.
    OpenMesa(OpenError),
    /// The server's own command failed.
    Entry(EntryError),
    /// Nobody who prepares or facilitates has that mail address.
    NobodyWithMail(String),
    /// There is no mesa.
    NoMesa,
    /// There are several mesas, and none was named.
    WhichMesa(String),
    /// There are several exercises, and none was named.
    WhichExercise(String),
    /// Nobody was named, or nobody has that name or id; with a list of those who have a record.
    WhoIsThere(String),
    /// Several people have that name.
    WhichPerson(String),
    /// A file can't be read.
    File(PathBuf, std::io::Error),
    /// A file isn't text.
    NoText(PathBuf, NoText),
    /// The text of a file isn't valid as a notice.
    Notice(PathBuf, WordsError),
    /// An image is too large.
    ImageTooLarge(PathBuf),
    /// A file isn't an image.
    NoImage(PathBuf),
    /// A file can't be stored.
    Keep(PutError),
    /// The store was changed without the log.
    Differences,
    /// A document can't be made.
    Document(DocumentError),
    /// The key can't be used.
    Key(KeyError),
    /// A file isn't a document as it was sealed.
    NotVerified(ReadError),
    /// The seal holds, but the store doesn't know the document.
    UnknownDocument,
    /// A file isn't what an authority that is trusted answered about the seal.
    NotStamped(StampFault),
    /// A file of authorities can't be used.
    Authorities(AuthorityFile),
    /// The backup failed.
    Backup(BackupError),
    /// The restore failed.
    Restore(BackupError),
    /// The copy was restored, with the differences that it has.
    RestoredDiffering,
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<KeyError> for Failure {
    fn from(error: KeyError) -> Self {
        Self::Key(error)
    }
}

impl From<AuthorityFile> for Failure {
    fn from(error: AuthorityFile) -> Self {
        Self::Authorities(error)
    }
}

impl From<EntryError> for Failure {
    fn from(error: EntryError) -> Self {
        Self::Entry(error)
    }
}
