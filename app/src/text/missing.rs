//! What a commitment still needs, in words.

use domain::Finding;

/// Heading.
pub const HEADING: &str = "Qué falta";
/// Nothing is missing.
pub const NOTHING: &str = "No falta nada para leer este compromiso en voz alta.";
/// Leads to the place.
pub const GO: &str = "Ir";

/// What is missing, about a commitment itself.
pub fn of_commitment(finding: &Finding) -> &'static str {
    match finding {
        Finding::NoResponsible(_) => "Falta responsable",
        Finding::NoDueDate(_) => "Falta la fecha límite",
        Finding::DateOutside(_) => "Las fechas quedan fuera del plan",
        Finding::LongerThanAYear(_) => "Dura más de doce meses",
        Finding::NoProblem(_) => "Falta decir qué problema atiende",
        Finding::NoActivity(_) => "Falta por lo menos una actividad",
        Finding::NoCategory(_) => "Falta la categoría",
        Finding::QuotaShort { .. } => "Faltan compromisos de esta categoría",
        Finding::MesaNotReady { .. } => "Otra mesa del plan todavía no llega a Acuerdos",
    }
}

/// What is missing of an activity, named.
pub fn of_activity(finding: &Finding, activity: &str) -> String {
    let what = match finding {
        Finding::DateOutside(_) => "la fecha queda fuera del compromiso",
        Finding::NoResponsible(_) => "falta responsable",
        Finding::NoDueDate(_) => "falta la fecha límite",
        other => return format!("{activity}: {}", of_commitment(other)),
    };
    format!("{activity}: {what}")
}

/// The facilitation let it pass, with a reason.
pub fn overridden(reason: &str) -> String {
    format!("La facilitación lo dejó pasar: {reason}")
}
