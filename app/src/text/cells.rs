//! Activities copied from a spreadsheet.

use domain::deliberation::cells::CellError;

use super::count;

/// Opens the box.
pub const OPEN: &str = "Pegar actividades de una hoja de cálculo";
/// Label of the box.
pub const BOX: &str = "Celdas copiadas";
/// What is expected in it.
pub const HINT: &str = "Una actividad por renglón: actividad, responsable y fecha. También sirven los nombres de las columnas en el primer renglón.";
/// Heading of what was read.
pub const READ: &str = "Así quedarán";
/// Leaves the box; what was pasted stays on this device.
pub const CLOSE: &str = "Cerrar";
/// An activity without a due date.
pub const NO_DUE: &str = "sin fecha";
/// An activity without anybody responsible.
pub const NO_RESPONSIBLE: &str = "sin responsable";

/// Adds them.
pub fn add(rows: usize) -> String {
    match rows {
        1 => "Agregar 1 actividad".to_owned(),
        rows => format!("Agregar {rows} actividades"),
    }
}

/// They were added.
pub fn added(rows: usize) -> String {
    match rows {
        1 => "Se agregó 1 actividad.".to_owned(),
        rows => format!("Se agregaron {rows} actividades."),
    }
}

/// What stands in the place of a date and isn't one that fits.
pub fn unread(words: &str) -> String {
    format!("«{words}» no es una fecha dentro del plazo: queda al final del texto.")
}

/// Why it can't be taken.
pub fn error(error: CellError) -> String {
    match error {
        CellError::TextTooLong { row, limit } => format!(
            "El renglón {row} tiene un texto demasiado largo: caben {limit} letras. Acórtalo aquí mismo."
        ),
        CellError::ResponsibleTooLong { row, limit } => format!(
            "En el renglón {row}, la columna de responsable es demasiado larga: caben {limit} letras. Acórtala aquí mismo."
        ),
    }
}

/// More than a commitment may have.
pub fn too_many(there: usize, rows: usize, limit: u32) -> String {
    format!(
        "El compromiso tiene {} y aquí hay {rows} más: caben {limit}. Quita renglones para agregarlas.",
        count::activities(there)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_many_are_added_is_on_the_button() {
        assert_eq!(add(1), "Agregar 1 actividad");
        assert_eq!(add(24), "Agregar 24 actividades");
    }
}
