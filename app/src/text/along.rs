//! Going along with the facilitation.

/// The place of the whole agreement.
pub const AGREEMENT: &str = "el acuerdo completo";
/// A chart of a consultation.
pub const CHART: &str = "los resultados de la consulta";
/// The wall is blank.
pub const BLANK: &str = "pantalla en blanco";
/// Goes there, and along from then on.
pub const GO: &str = "Seguir";
/// Doesn't go along any longer.
pub const STOP: &str = "Dejar de seguir";
/// Goes along again.
pub const RETURN: &str = "Volver a seguir";

/// Where the facilitation is.
pub fn is_at(place: &str) -> String {
    format!("La facilitación está en: {place}")
}

/// The same for who goes along.
pub fn along(place: &str) -> String {
    format!("Sigues a la facilitación: {place}")
}
