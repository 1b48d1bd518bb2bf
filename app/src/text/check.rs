//! Findings of the checks before the read-out, in words.

use domain::deliberation::choice::Category;
use domain::{Finding, Mesa};

use super::{mesas, name, pack, quota};

/// A finding's sentence, which names its item.
pub fn sentence(state: &Mesa, finding: &Finding) -> String {
    let place = finding
        .item()
        .and_then(|id| state.item(id))
        .map(|item| name::numbered(state, item))
        .unwrap_or_default();
    match finding {
        Finding::NoResponsible(_) => format!("{place}: sin responsable"),
        Finding::NoDueDate(_) => format!("{place}: sin fecha"),
        Finding::DateOutside(_) => format!("{place}: una fecha queda fuera del plazo"),
        Finding::LongerThanAYear(_) => format!("{place}: dura más de doce meses"),
        Finding::NoProblem(_) => format!("{place}: no responde a ningún problema"),
        Finding::NoActivity(_) => format!("{place}: sin actividades"),
        Finding::NoCategory(_) => format!("{place}: sin categoría"),
        Finding::QuotaShort { category, missing } => short(*category, *missing),
        Finding::MesaNotReady { number } => mesas::not_ready(
            *number,
            state.siblings.iter().find(|sibling| sibling.number == *number),
        ),
        Finding::NoticeNotKept { missing, late } => {
            pack::not_kept(*missing, *late).unwrap_or_default()
        }
    }
}

/// A finding about an activity, short, beside it.
pub fn mark(finding: &Finding) -> Option<&'static str> {
    match finding {
        Finding::NoResponsible(_) => Some("sin responsable"),
        Finding::NoDueDate(_) => Some("sin fecha"),
        Finding::DateOutside(_) => Some("fecha fuera del plazo"),
        Finding::LongerThanAYear(_)
        | Finding::NoProblem(_)
        | Finding::NoActivity(_)
        | Finding::NoCategory(_)
        | Finding::QuotaShort { .. }
        | Finding::MesaNotReady { .. }
        | Finding::NoticeNotKept { .. } => None,
    }
}

fn short(category: Category, missing: u32) -> String {
    let verb = if missing == 1 { "Falta" } else { "Faltan" };
    format!("{verb} {}", quota::some_of(missing, category))
}

/// Heading of the checks.
pub const HEADING: &str = "Para cerrar acuerdos";
/// Nothing is in the way.
pub const CLEAR: &str = "Nada impide pasar a la lectura.";
/// Link to where a finding can be fixed.
pub const GO: &str = "Ir";
/// Overrides a finding.
pub const PASS: &str = "Dejar pasar";
/// Label of the reason.
pub const REASON: &str = "Razón para dejarlo pasar";
/// What the reason is for.
pub const REASON_HINT: &str = "Quedará escrita en la minuta.";
/// Overrides the finding with this reason.
pub const PASS_CONFIRM: &str = "Dejar pasar con esta razón";
/// Cancels that.
pub const CANCEL: &str = "Cancelar";
/// Heading of the overridden findings.
pub const PASSED: &str = "Se dejó pasar";
/// Withdraws an override.
pub const WITHDRAW: &str = "Retirar";

/// How many findings are in the way.
pub fn open(count: usize) -> String {
    if count == 1 {
        "1 punto por resolver".to_owned()
    } else {
        format!("{count} puntos por resolver")
    }
}

/// The reason of an override.
pub fn because(reason: &str) -> String {
    format!("Razón: {reason}")
}
