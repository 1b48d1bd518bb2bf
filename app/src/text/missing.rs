//! What a commitment still needs, in words.

use domain::Finding;

/// Heading.
pub const HEADING: &str = "Qué falta";
/// Nothing is missing.
pub const NOTHING: &str = "No falta nada para leer este compromiso en voz alta.";
/// Link to where it is filled in.
pub const GO: &str = "Ir";

/// What a commitment itself is missing.
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
        Finding::NoticeNotKept { .. } => super::pack::SHOW,
    }
}

/// What an activity, by its name, is missing.
pub fn of_activity(finding: &Finding, activity: &str) -> String {
    let what = match finding {
        Finding::DateOutside(_) => "la fecha queda fuera del compromiso",
        Finding::NoResponsible(_) => "falta responsable",
        Finding::NoDueDate(_) => "falta la fecha límite",
        other => return format!("{activity}: {}", of_commitment(other)),
    };
    format!("{activity}: {what}")
}

/// The facilitation's override, with its reason.
pub fn overridden(reason: &str) -> String {
    format!("La facilitación lo dejó pasar: {reason}")
}
