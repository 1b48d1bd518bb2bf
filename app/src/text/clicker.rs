//! The clicker: the projection led from a phone.

/// Heading.
pub const HEADING: &str = "Control de la proyección";
/// From the desk to it.
pub const OPEN: &str = "Control con dos botones, para el teléfono";
/// Back to the desk.
pub const BACK: &str = "Volver a Conducir";
/// Only who conducts may use it.
pub const NOT_YOURS: &str = "Solo quien conduce la mesa puede cambiar lo que se proyecta.";
/// What the keyboard does.
pub const KEYS: &str = "Con teclado: flechas o RePág y AvPág.";
