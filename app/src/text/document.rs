//! The document around the screens.

use super::PRODUCT;

/// Language of every page.
pub const LANGUAGE: &str = "es-MX";

/// Description of the page for search engines.
pub const DESCRIPTION: &str =
    "Mesa de diálogo del Plan de Acción Local: problemas, compromisos y actividades, en vivo.";
/// Shown without scripts, on a page for writing.
pub const NO_SCRIPT: &str =
    "Se puede leer todo. Para escribir hace falta un navegador con JavaScript.";
/// Name of the row of logos.
pub const LOGOS: &str = "Quienes convocan";
/// First link of every page: skips to the content.
pub const SKIP: &str = "Saltar al contenido";
/// The page comes from another version of the product.
pub const OUTDATED: &str = "Hay una versión nueva. Vuelve a cargar la página para poder escribir.";

/// Title of a screen, once the page is live.
pub fn screen(heading: &str) -> String {
    format!("{heading} · {PRODUCT}")
}

/// Shown in place of a screen while its part of the program is loading.
pub const PART_COMES: &str = "Cargando esta pantalla…";
/// That part couldn't be loaded.
pub const PART_MISSING: &str = "Falta una parte de esta página";
/// What happens next.
pub const PART_MISSING_NEXT: &str = "Todavía no ha llegado. Se sigue intentando.";
/// Tries again.
pub const PART_AGAIN: &str = "Intentar ahora";

/// The program itself couldn't be loaded.
pub const PROGRAM_MISSING: &str =
    "Se puede leer. El programa de esta página no ha llegado todavía; se sigue intentando.";

/// After how somebody signed, or who noted it, who was there.
pub fn before_witness(said: &str, name: &str) -> String {
    format!("{said}, testigo: {name}")
}

/// How a signature in the plan's document came about.
pub const DRAWN: &str = "Trazada en la aplicación";
/// The same on the device of a helper.
pub const DRAWN_ASSISTED: &str = "Trazada en un equipo de apoyo";
/// How a signature by a typed name came about.
pub const TYPED: &str = "Nombre escrito en la aplicación";
/// The same on the device of a helper.
pub const TYPED_ASSISTED: &str = "Nombre escrito en un equipo de apoyo";
/// Who noted a refusal: the signer.
pub const BY_ITSELF: &str = "la propia organización";
/// Who noted what became of a signature.
pub const BY_FACILITATION: &str = "la facilitación";

/// What the minutes say of a signing that was closed with open slots.
pub fn signing_closed(version: u16) -> String {
    format!("Cierre de la firma de la versión {version} con firmas pendientes")
}
