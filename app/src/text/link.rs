//! The page of a personal link.

/// The heading, while there is no secret.
pub const HEADING: &str = "Entrar con un enlace";
/// What to do without one.
pub const AGAIN: &str = "A esta dirección le falta el final. Abre otra vez el enlace completo, desde donde lo recibiste, o escribe el código de tu tarjeta o la clave de la sala.";
/// What to do without scripts.
pub const NO_SCRIPT: &str = "Si el enlace está completo, es este navegador el que no lo puede abrir: tiene apagado JavaScript. Entra con el código de tu tarjeta o la clave de la sala, o pide ayuda a la facilitación.";
/// While the link is opened.
pub const OPENING: &str = "Abriendo tu enlace…";
