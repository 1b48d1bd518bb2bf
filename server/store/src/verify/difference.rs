//! What can be wrong with a store.

use domain::{Digest, PersonId, Seq, StreamId};

/// Something that is not as the log says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// A table has a row that can't be read.
    Unreadable {
        /// The table.
        table: &'static str,
        /// The stream whose rows were read, if only one's were.
        stream: Option<StreamId>,
    },
    /// An event isn't where it should be in its stream.
    Gap {
        /// The stream.
        stream: StreamId,
        /// The place that should follow.
        expected: Seq,
        /// The place that follows.
        found: Seq,
    },
    /// An event's hash doesn't follow from what is before it.
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
    /// A column of an event, kept for quick search, isn't what the event says.
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
    /// A row that follows from the log isn't in its table.
    MissingRow {
        /// The table.
        table: &'static str,
        /// The row's key.
        key: String,
    },
    /// A table has a row that doesn't follow from the log.
    ExtraRow {
        /// The table.
        table: &'static str,
        /// The row's key.
        key: String,
    },
    /// A row has another value than follows from the log.
    Column {
        /// The table.
        table: &'static str,
        /// The row's key.
        key: String,
        /// The column.
        column: String,
    },
    /// A table has rows of streams that aren't there.
    Orphans {
        /// The table.
        table: &'static str,
        /// How many.
        count: u64,
    },
    /// A table's rows aren't those that were counted when they were written.
    Tally {
        /// The table.
        table: String,
        /// The stream whose rows were counted, if only one's were.
        stream: Option<StreamId>,
    },
    /// A state snapshot isn't the state that the log gives at its place.
    Snapshot {
        /// The stream.
        stream: StreamId,
        /// The snapshot's place.
        seq: Seq,
    },
    /// A person's record isn't the one that was enrolled.
    Person {
        /// Who.
        person: PersonId,
    },
    /// A piece of a file isn't there.
    MissingPiece {
        /// The file.
        blob: Digest,
        /// Which of its pieces, from 0.
        number: u64,
    },
    /// A file's bytes aren't those of its digest, or are cut otherwise than they were.
    Blob {
        /// The file.
        blob: Digest,
    },
    /// A file has more bytes or fewer than its row says.
    BlobSize {
        /// The file.
        blob: Digest,
    },
    /// There are pieces of files that aren't there.
    OrphanPieces {
        /// How many.
        count: u64,
    },
}
