//! Lists of items: adding, ordering, deleted items.

use domain::ItemKind;

/// Heading of the list of a kind.
pub fn heading(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Problem => "Problemas",
        ItemKind::Commitment => "Compromisos",
        ItemKind::Activity => "Actividades",
        ItemKind::Solution => "Soluciones",
        ItemKind::DraftCommitment => "Compromisos preliminares",
        ItemKind::Contribution => "Dudas y aportaciones",
    }
}

/// The list is empty, for who may add to it.
pub fn empty(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Problem => "Todavía no hay problemas. Agrega el primero.",
        ItemKind::Commitment => "Todavía no hay compromisos. Agrega el primero.",
        ItemKind::Activity => "Todavía no hay actividades. Agrega la primera.",
        ItemKind::Solution => "Todavía no hay soluciones. Agrega la primera.",
        ItemKind::DraftCommitment => "Todavía no hay compromisos preliminares. Agrega el primero.",
        ItemKind::Contribution => "Todavía no hay dudas ni aportaciones. Escribe la primera.",
    }
}

/// The list is empty, for who may not add to it.
pub fn empty_reading(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Problem => "Todavía no hay problemas. Aparecerán aquí en cuanto se escriban.",
        ItemKind::Commitment => {
            "Todavía no hay compromisos. Aparecerán aquí en cuanto se escriban."
        }
        ItemKind::Activity => "Todavía no hay actividades.",
        ItemKind::Solution => "Todavía no hay soluciones.",
        ItemKind::DraftCommitment => "Todavía no hay compromisos preliminares.",
        ItemKind::Contribution => "Todavía no hay dudas ni aportaciones.",
    }
}

/// Adds one.
pub fn add(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Problem => "Agregar problema",
        ItemKind::Commitment => "Agregar compromiso",
        ItemKind::Activity => "Agregar actividad",
        ItemKind::Solution => "Agregar solución",
        ItemKind::DraftCommitment => "Agregar compromiso preliminar",
        ItemKind::Contribution => "Decir algo",
    }
}

/// Deletes one.
pub fn remove(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Problem => "Eliminar este problema",
        ItemKind::Commitment => "Eliminar este compromiso",
        ItemKind::Activity => "Eliminar esta actividad",
        ItemKind::Solution => "Eliminar esta solución",
        ItemKind::DraftCommitment => "Eliminar este compromiso preliminar",
        ItemKind::Contribution => "Eliminar lo que se dijo",
    }
}

/// Asks before one is deleted.
pub fn remove_question(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Problem => {
            "¿Eliminar este problema? Dejará de verse para todas las personas. Se puede restaurar."
        }
        ItemKind::Commitment => {
            "¿Eliminar este compromiso y sus actividades? Dejará de verse para todas las personas. Se puede restaurar."
        }
        ItemKind::Activity => {
            "¿Eliminar esta actividad? Dejará de verse para todas las personas. Se puede restaurar."
        }
        ItemKind::Solution => {
            "¿Eliminar esta solución? Dejará de verse para todas las personas. Se puede restaurar."
        }
        ItemKind::DraftCommitment => {
            "¿Eliminar este compromiso preliminar? Dejará de verse para todas las personas. Se puede restaurar."
        }
        ItemKind::Contribution => {
            "¿Eliminar lo que se dijo? Dejará de verse para todas las personas. Se puede restaurar."
        }
    }
}

/// Confirms deleting.
pub const REMOVE_CONFIRM: &str = "Sí, eliminar";
/// Cancels deleting.
pub const KEEP: &str = "No, conservar";
/// Heading of the deleted items.
pub const REMOVED: &str = "Eliminados";
/// Restores one.
pub const RESTORE: &str = "Restaurar";
/// The item on this page was deleted.
pub const GONE: &str = "Este texto fue eliminado. No se ve en la mesa, pero se puede restaurar.";
/// The mesa has no item at this address.
pub const UNKNOWN: &str = "Este texto no está en la mesa";
/// What to do then.
pub const UNKNOWN_NEXT: &str =
    "Puede que se haya eliminado. Vuelve a la lista para ver lo que hay.";
/// Shows the buttons that change the order.
pub const REORDER: &str = "Cambiar el orden";
/// Hides them.
pub const REORDER_DONE: &str = "Terminar de ordenar";
/// One place up.
pub const UP: &str = "Subir";
/// One place down.
pub const DOWN: &str = "Bajar";

/// Label of the list of places.
pub const MOVE_TO: &str = "Mover a la posición";

/// A place in the list, of so many.
pub fn place(place: usize, of: usize) -> String {
    match place {
        1 => "1 (al principio)".to_owned(),
        last if last == of => format!("{last} (al final)"),
        other => other.to_string(),
    }
}

/// Accessible name of a button: "Subir: Agua limpia a la vista".
pub fn of(action: &str, title: &str) -> String {
    format!("{action}: {title}")
}
