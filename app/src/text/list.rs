//! Lists of items: adding, order, what was deleted.

use domain::ItemKind;

/// Heading of the list of a kind.
pub fn heading(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Problem => "Problemas",
        ItemKind::Commitment => "Compromisos",
        ItemKind::Activity => "Actividades",
    }
}

/// Nothing in it yet, for who may add.
pub fn empty(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Problem => "Todavía no hay problemas. Agrega el primero.",
        ItemKind::Commitment => "Todavía no hay compromisos. Agrega el primero.",
        ItemKind::Activity => "Todavía no hay actividades. Agrega la primera.",
    }
}

/// Nothing in it yet, for who may not add.
pub fn empty_reading(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Problem => "Todavía no hay problemas. Aparecerán aquí en cuanto se escriban.",
        ItemKind::Commitment => "Todavía no hay compromisos. Aparecerán aquí en cuanto se escriban.",
        ItemKind::Activity => "Todavía no hay actividades.",
    }
}

/// Adds one.
pub fn add(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Problem => "Agregar problema",
        ItemKind::Commitment => "Agregar compromiso",
        ItemKind::Activity => "Agregar actividad",
    }
}

/// Deletes one.
pub fn remove(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Problem => "Eliminar este problema",
        ItemKind::Commitment => "Eliminar este compromiso",
        ItemKind::Activity => "Eliminar esta actividad",
    }
}

/// Asks before one is deleted.
pub fn remove_question(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Problem => "¿Eliminar este problema? Dejará de verse para todas las personas. Se puede restaurar.",
        ItemKind::Commitment => "¿Eliminar este compromiso y sus actividades? Dejará de verse para todas las personas. Se puede restaurar.",
        ItemKind::Activity => "¿Eliminar esta actividad? Dejará de verse para todas las personas. Se puede restaurar.",
    }
}

/// Deletes after the question.
pub const REMOVE_CONFIRM: &str = "Sí, eliminar";
/// Doesn't.
pub const KEEP: &str = "No, conservar";
/// Heading of what was deleted.
pub const REMOVED: &str = "Eliminados";
/// Brings one back.
pub const RESTORE: &str = "Restaurar";
/// The item on this page was deleted.
pub const GONE: &str = "Este texto fue eliminado. No se ve en la mesa, pero se puede restaurar.";
/// The item on this page isn't known.
pub const UNKNOWN: &str = "Este texto no está en la mesa";
/// What to do then.
pub const UNKNOWN_NEXT: &str = "Puede que se haya eliminado. Vuelve a la lista para ver lo que hay.";
/// Shows the buttons that change the order.
pub const REORDER: &str = "Cambiar el orden";
/// Hides them.
pub const REORDER_DONE: &str = "Terminar de ordenar";
/// One place up.
pub const UP: &str = "Subir";
/// One place down.
pub const DOWN: &str = "Bajar";

/// A button's name that says of what: "Subir: Agua limpia a la vista".
pub fn of(action: &str, title: &str) -> String {
    format!("{action}: {title}")
}
