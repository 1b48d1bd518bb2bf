//! The optional sections of the plan's document.

use crate::page::form::Field;
use crate::text::form::label;

/// Heading of the sections, and their name in the navigation.
pub const SECTIONS_OF_THE_PLAN: &str = "Secciones del plan";
/// Below it.
pub const SECTIONS_OF_THE_PLAN_LEAD: &str = "Acompañan a los compromisos en el documento del plan. Son opcionales: la que dejes en blanco no sale. Al pasar a la lectura se congelan con el plan.";

/// They are frozen with a version.
pub fn sections_frozen(version: u16) -> String {
    format!(
        "Están congeladas con la versión {version} del plan y ya no cambian. Si hay que cambiar algo, regresen a Acuerdos."
    )
}

/// The step of the sections: those that say something.
pub fn sections_step(written: &[Field]) -> String {
    if written.is_empty() {
        return "Ninguna. Son opcionales: el documento del plan sale sin ellas.".to_owned();
    }
    let written: Vec<_> = written.iter().map(|field| label(*field).to_lowercase()).collect();
    format!("En el documento del plan: {}.", written.join(", "))
}

/// A section changes.
pub(super) fn section_changes(field: Field) -> String {
    format!("{} dice otra cosa en el documento.", label(field))
}

/// The last version stays.
pub(super) fn another_version(last: u16) -> String {
    format!(
        "La versión {last} del plan está congelada y se queda como está. Al volver a la lectura se congela otra, con lo que escribas aquí. La conformidad con los compromisos que no cambien se conserva."
    )
}
