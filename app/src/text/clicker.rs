//! The clicker: the projection led from a phone.

/// Heading.
pub const HEADING: &str = "Control de la proyección";
/// Link to it from the desk.
pub const OPEN: &str = "Control con dos botones, para el teléfono";
/// Link back to the desk.
pub const BACK: &str = "Volver a Conducir";
/// Only who leads the mesa may use it.
pub const NOT_YOURS: &str = "Solo quien conduce la mesa puede cambiar lo que se proyecta.";
/// The keys that it listens to.
pub const KEYS: &str = "Con teclado: flechas o RePág y AvPág.";
