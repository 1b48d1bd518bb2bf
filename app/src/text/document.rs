//! The document around the screens.

use super::PRODUCT;

/// Language of every page.
pub const LANGUAGE: &str = "es-MX";

/// What the page is about, for who finds it by searching.
pub const DESCRIPTION: &str =
    "Mesa de diálogo del Plan de Acción Local: problemas, compromisos y actividades, en vivo.";
/// Without scripts, on a page where one could write.
pub const NO_SCRIPT: &str =
    "Se puede leer todo. Para escribir hace falta un navegador con JavaScript.";
/// The row of logos.
pub const LOGOS: &str = "Quienes convocan";
/// First link of every page.
pub const SKIP: &str = "Saltar al contenido";
/// The page comes from another version of the product.
pub const OUTDATED: &str = "Hay una versión nueva. Vuelve a cargar la página para poder escribir.";

/// Title of a screen, once the page is live.
pub fn screen(heading: &str) -> String {
    format!("{heading} · {PRODUCT}")
}

/// In the place of a screen whose part of the program is on its way.
pub const PART_COMES: &str = "Cargando esta pantalla…";
/// That part didn't arrive.
pub const PART_MISSING: &str = "Falta una parte de esta página";
/// What is done about it.
pub const PART_MISSING_NEXT: &str = "Todavía no ha llegado. Se sigue intentando.";
/// Asks for it again.
pub const PART_AGAIN: &str = "Intentar ahora";

/// The program itself didn't arrive.
pub const PROGRAM_MISSING: &str =
    "Se puede leer. El programa de esta página no ha llegado todavía; se sigue intentando.";
