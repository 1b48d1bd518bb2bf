//! What is wrong with a store, in sentences.

use store::Difference;

/// A difference as a sentence.
pub fn difference(difference: &Difference) -> String {
    match difference {
        Difference::Unreadable { table, stream: None } => {
            format!("La tabla {table} tiene una fila ilegible.")
        }
        Difference::Unreadable { table, stream: Some(stream) } => {
            format!("La tabla {table} tiene una fila ilegible de la secuencia {stream}.")
        }
        Difference::Gap { stream, expected, found } => {
            format!("En la bitácora de {stream} falta el evento {expected}: sigue el {found}.")
        }
        Difference::Hash { stream, seq } => {
            format!("El evento {seq} de {stream} rompe la cadena de huellas.")
        }
        Difference::Content { stream, seq } => {
            format!("El contenido del evento {seq} de {stream} no es el que se firmó en la cadena.")
        }
        Difference::Event { stream, seq } => format!("El evento {seq} de {stream} es ilegible."),
        Difference::Index { stream, seq, column } => {
            format!(
                "La columna {column} del evento {seq} de {stream} no corresponde a su contenido."
            )
        }
        Difference::Head { stream } => {
            format!("El último evento anotado de {stream} no es el último de su bitácora.")
        }
        Difference::MissingRow { table, key } => {
            format!("En la tabla {table} falta la fila {key}.")
        }
        Difference::ExtraRow { table, key } => format!("En la tabla {table} sobra la fila {key}."),
        Difference::Column { table, key, column } => {
            format!(
                "En la tabla {table}, la columna {column} de la fila {key} no es la que da la bitácora."
            )
        }
        Difference::Orphans { table, count } => {
            format!("La tabla {table} tiene {count} filas de secuencias que no existen.")
        }
        Difference::Tally { table, stream: None } => {
            format!("Las filas de la tabla {table} no son las que se escribieron.")
        }
        Difference::Tally { table, stream: Some(stream) } => {
            format!(
                "Las filas de la tabla {table} de la secuencia {stream} no son las que se escribieron."
            )
        }
        Difference::Snapshot { stream, seq } => {
            format!(
                "El estado guardado de {stream} en el evento {seq} no es el que da la bitácora."
            )
        }
        Difference::Person { person } => {
            format!("La ficha de la persona {person} no es la que se registró.")
        }
        Difference::MissingPiece { blob, number } => {
            format!("Al archivo {blob} le falta la parte {number}.")
        }
        Difference::Blob { blob } => {
            format!("El contenido del archivo {blob} no es el que dice su huella.")
        }
        Difference::BlobSize { blob } => format!("El archivo {blob} no pesa lo que está anotado."),
        Difference::MissingDocument { stream, file } => {
            format!("Falta el documento sellado {file} de {stream}.")
        }
        Difference::OrphanPieces { count } => {
            format!("La tabla blob_piece tiene {count} partes de archivos que no existen.")
        }
    }
}
