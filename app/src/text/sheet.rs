//! The sheets of a problem, a commitment and an activity.

use domain::ItemKind;

/// Back to the list.
pub fn back(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Problem | ItemKind::Contribution => "Todos los problemas",
        ItemKind::Commitment => "Todos los compromisos",
        ItemKind::Activity => "Volver al compromiso",
        ItemKind::Solution | ItemKind::DraftCommitment => "Volver al problema",
    }
}

/// Back to the list that an item stands in, or that of its commitment.
pub fn back_to_list(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Problem | ItemKind::Solution | ItemKind::DraftCommitment | ItemKind::Contribution => back(ItemKind::Problem),
        ItemKind::Commitment | ItemKind::Activity => back(ItemKind::Commitment),
    }
}

/// Only read now.
pub const READ_ONLY: &str = "En esta fase, o con tu papel en la mesa, este texto solo se puede leer.";
/// Section of a problem: itself.
pub const PROBLEM: &str = "El problema";
/// Section of a problem: why and what for.
pub const CAUSES: &str = "Causas, efectos y criterios";
/// Section of a problem: how it is known.
pub const EVIDENCE: &str = "De dónde se sabe";
/// Section of a problem: how far it has come.
pub const PROGRESS: &str = "Cómo va";
/// Section of a commitment: itself.
pub const COMMITMENT: &str = "El compromiso";
/// Section of a commitment: how it is measured.
pub const INDICATOR: &str = "Cómo se mide";
/// Section of a commitment: who.
pub const PEOPLE: &str = "Quién responde";
/// Section of a commitment: when.
pub const DATES: &str = "Fechas";
/// Section of a commitment: what it belongs to.
pub const ALIGNMENT: &str = "A qué responde";
/// Section of a commitment: whether it can be done.
pub const FEASIBILITY: &str = "Viabilidad y recursos";
/// Section of an activity: itself.
pub const ACTIVITY: &str = "La actividad";
/// No problem to link.
pub const NO_PROBLEMS: &str = "Todavía no hay problemas que enlazar.";
/// An activity without anybody responsible.
pub const NO_LEAD: &str = "Falta responsable";
/// An activity without a due date.
pub const NO_DUE: &str = "Falta fecha";
/// Feasibility isn't said.
pub const FEASIBILITY_PENDING: &str = "Pendiente";
/// Feasibility is confirmed.
pub const FEASIBILITY_CONFIRMED: &str = "Confirmada";
/// Feasibility is confirmed with reservations.
pub const FEASIBILITY_RESERVED: &str = "Con reservas";
/// A problem is proposed.
pub const STATE_PROPOSED: &str = "Propuesto";
/// A problem is being analysed.
pub const STATE_IN_ANALYSIS: &str = "En análisis";
/// A problem has priority.
pub const STATE_PRIORITISED: &str = "Priorizado";
/// A problem is discarded.
pub const STATE_DISCARDED: &str = "Descartado, con razón";

/// A problem to link, with its number; without one it was deleted.
pub fn problem(number: Option<usize>, title: &str) -> String {
    match number {
        Some(number) => format!("{number}. {title}"),
        None => format!("{title} (eliminado)"),
    }
}

/// A problem that another one is merged into.
pub fn merged(state: &str, title: &str) -> String {
    format!("{state}: {title}")
}
