//! What can be wrong with a store, in words for who looks after it.

use std::fmt;

use domain::{Digest, PersonId, Seq, StreamId};

/// Something that is not as the log says. `Display` is in Spanish: `mesa verify` prints it.
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

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { table, stream: None } => write!(f, "La tabla {table} tiene una fila ilegible."),
            Self::Unreadable { table, stream: Some(stream) } => {
                write!(f, "La tabla {table} tiene una fila ilegible de la secuencia {stream}.")
            }
            Self::Gap { stream, expected, found } => {
                write!(f, "En la bitácora de {stream} falta el evento {expected}: sigue el {found}.")
            }
            Self::Hash { stream, seq } => write!(f, "El evento {seq} de {stream} rompe la cadena de huellas."),
            Self::Content { stream, seq } => write!(f, "El contenido del evento {seq} de {stream} no es el que se firmó en la cadena."),
            Self::Event { stream, seq } => write!(f, "El evento {seq} de {stream} es ilegible."),
            Self::Index { stream, seq, column } => {
                write!(f, "La columna {column} del evento {seq} de {stream} no corresponde a su contenido.")
            }
            Self::Head { stream } => write!(f, "El último evento anotado de {stream} no es el último de su bitácora."),
            Self::MissingRow { table, key } => write!(f, "En la tabla {table} falta la fila {key}."),
            Self::ExtraRow { table, key } => write!(f, "En la tabla {table} sobra la fila {key}."),
            Self::Column { table, key, column } => {
                write!(f, "En la tabla {table}, la columna {column} de la fila {key} no es la que da la bitácora.")
            }
            Self::Orphans { table, count } => write!(f, "La tabla {table} tiene {count} filas de secuencias que no existen."),
            Self::Tally { table, stream: None } => write!(f, "Las filas de la tabla {table} no son las que se escribieron."),
            Self::Tally { table, stream: Some(stream) } => {
                write!(f, "Las filas de la tabla {table} de la secuencia {stream} no son las que se escribieron.")
            }
            Self::Snapshot { stream, seq } => {
                write!(f, "El estado guardado de {stream} en el evento {seq} no es el que da la bitácora.")
            }
            Self::Person { person } => write!(f, "La ficha de la persona {person} no es la que se registró."),
            Self::MissingPiece { blob, number } => write!(f, "Al archivo {blob} le falta la parte {number}."),
            Self::Blob { blob } => write!(f, "El contenido del archivo {blob} no es el que dice su huella."),
            Self::BlobSize { blob } => write!(f, "El archivo {blob} no pesa lo que está anotado."),
            Self::OrphanPieces { count } => write!(f, "La tabla blob_piece tiene {count} partes de archivos que no existen."),
        }
    }
}
