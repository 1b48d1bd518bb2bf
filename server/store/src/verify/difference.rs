//! What can be wrong with a store.

use domain::{Digest, PersonId, Seq, StreamId};

/// A difference between the store and its log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// A table has a row that can't be read.
    Unreadable {
        /// The table.
        table: &'static str,
        /// The stream whose rows were read, if it was only one's.
        stream: Option<StreamId>,
    },
    /// An event isn't at the place in its stream where it should be.
    Gap {
        /// The stream.
        stream: StreamId,
        /// The seq that should follow.
        expected: Seq,
        /// The seq that follows.
        found: Seq,
    },
    /// An event's hash doesn't follow from the one before.
    Hash {
        /// The stream.
        stream: StreamId,
        /// The event.
        seq: Seq,
    },
    /// An event's salt and payload aren't those that the chain covers.
    Content {
        /// The stream.
        stream: StreamId,
        /// The event.
        seq: Seq,
    },
    /// An event can't be read.
    Event {
        /// The stream.
        stream: StreamId,
        /// The event.
        seq: Seq,
    },
    /// A column by which an event is found doesn't agree with the event.
    Index {
        /// The stream.
        stream: StreamId,
        /// The event.
        seq: Seq,
        /// The column.
        column: &'static str,
    },
    /// The stream's row names another head than the log's last event.
    Head {
        /// The stream.
        stream: StreamId,
    },
    /// A row that is derived from the log is missing in its table.
    MissingRow {
        /// The table.
        table: &'static str,
        /// The row's key.
        key: String,
    },
    /// A table has a row that isn't derived from the log.
    ExtraRow {
        /// The table.
        table: &'static str,
        /// The row's key.
        key: String,
    },
    /// A row has another value than the log gives.
    Column {
        /// The table.
        table: &'static str,
        /// The row's key.
        key: String,
        /// The column.
        column: String,
    },
    /// A table has rows of streams that don't exist.
    Orphans {
        /// The table.
        table: &'static str,
        /// How many.
        count: u64,
    },
    /// A table's rows don't agree with its tally.
    Tally {
        /// The table.
        table: String,
        /// The stream whose rows were counted, if it was only one's.
        stream: Option<StreamId>,
    },
    /// A state snapshot isn't the state that the log gives at its seq.
    Snapshot {
        /// The stream.
        stream: StreamId,
        /// The snapshot's seq.
        seq: Seq,
    },
    /// A person's record isn't the one that was enrolled.
    Person {
        /// Who.
        person: PersonId,
    },
    /// A piece of a file is missing.
    MissingPiece {
        /// The file.
        blob: Digest,
        /// Which of its pieces, from 0.
        number: u64,
    },
    /// A file's bytes don't have its digest, or its pieces have wrong lengths.
    Blob {
        /// The file.
        blob: Digest,
    },
    /// A file has more or fewer bytes than its row says.
    BlobSize {
        /// The file.
        blob: Digest,
    },
    /// A sealed document's bytes are missing.
    MissingDocument {
        /// The stream.
        stream: StreamId,
        /// The document.
        file: Digest,
    },
    /// There are pieces of files that don't exist.
    OrphanPieces {
        /// How many.
        count: u64,
    },
}
