//! The public page.

/// The page follows the mesa by itself.
pub const LIVE: &str = "Esta página se actualiza sola.";
/// Name of the list of sections.
pub const CONTENTS: &str = "En esta página";
/// Phase of the mesa.
pub const PHASE: &str = "Fase";
/// Municipality and exercise.
pub const EXERCISE: &str = "Ejercicio";
/// Where it meets.
pub const VENUE: &str = "Sede";
