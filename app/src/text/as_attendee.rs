//! The mesa as somebody sees it who attends.

/// What it is.
pub const HEADING: &str = "Así lo ve una persona asistente.";
/// What can be done.
pub const LEAD: &str =
    "Es para mirar: no se escribe nada. Vuelve a cargar la página para ver lo de este momento.";
/// The name of whoever sees it so.
pub const SOMEBODY: &str = "una persona asistente";
/// Back to the desk.
pub const BACK: &str = "Volver a Conducir";
