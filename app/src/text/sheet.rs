//! The sheets of a problem, a commitment and an activity.

use super::Question;

use domain::{ItemKind, SolutionState};

/// Link back to the list.
pub fn back(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Problem | ItemKind::Contribution => "Todos los problemas",
        ItemKind::Commitment => "Todos los compromisos",
        ItemKind::Activity => "Volver al compromiso",
        ItemKind::Solution | ItemKind::DraftCommitment => "Volver al problema",
    }
}

/// Link back to the list of the item, or that of its commitment.
pub fn back_to_list(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Problem
        | ItemKind::Solution
        | ItemKind::DraftCommitment
        | ItemKind::Contribution => back(ItemKind::Problem),
        ItemKind::Commitment | ItemKind::Activity => back(ItemKind::Commitment),
    }
}

/// The sheet is read-only now, but contributions are accepted.
pub const READ_AND_SAY: &str =
    "Léelo. Si falta algo o no es así, toca Aportar y dilo con tus palabras.";
/// The sheet is read-only, and contributions aren't accepted either.
pub const READ_ONLY: &str =
    "En esta fase, o con tu papel en la mesa, este texto solo se puede leer.";
/// Section of a problem: itself.
pub const PROBLEM: &str = "El problema";
/// Section of a problem: causes, effects and criteria.
pub const CAUSES: &str = "Causas, efectos y criterios";
/// Section of a problem: evidence.
pub const EVIDENCE: &str = "De dónde se sabe";
/// Section of a problem: its state.
pub const PROGRESS: &str = "Cómo va";
/// Section of a commitment: itself.
pub const COMMITMENT: &str = "El compromiso";
/// Section of a commitment: how it is measured.
pub const INDICATOR: &str = "Cómo se mide";
/// Section of a commitment: who is responsible.
pub const PEOPLE: &str = "Quién responde";
/// Section of a commitment: dates.
pub const DATES: &str = "Fechas";
/// Section of a commitment: alignment.
pub const ALIGNMENT: &str = "A qué responde";
/// Section of a commitment: feasibility and resources.
pub const FEASIBILITY: &str = "Viabilidad y recursos";
/// Section of an activity: itself.
pub const ACTIVITY: &str = "La actividad";
/// No problem to link.
pub const NO_PROBLEMS: &str = "Todavía no hay problemas que enlazar.";
/// An activity without a responsible person.
pub const NO_LEAD: &str = "Falta responsable";
/// An activity without a due date.
pub const NO_DUE: &str = "Falta fecha";
/// Feasibility isn't decided.
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
/// The state of a solution.
pub fn solution_state(state: SolutionState) -> &'static str {
    match state {
        SolutionState::Proposed => "Propuesta",
        SolutionState::Adopted => "Adoptada",
        SolutionState::SetAside => "Apartada",
    }
}

/// Merges a problem into another one.
pub const MERGE: &str = "Unir con otro problema";
/// Label of the list of other problems.
pub const MERGE_WITH: &str = "Se une con";
/// The first line of that list.
pub const MERGE_CHOOSE: &str = "Elige un problema";
/// The button below the list.
pub const MERGE_DO: &str = "Unir";
/// Confirms merging.
pub const MERGE_CONFIRM: &str = "Sí, unir";
/// Closes the list, or doesn't merge.
pub const MERGE_KEEP: &str = "No, dejarlo aparte";
/// Before the name of the problem that this one was merged into.
pub const MERGED: &str = "Este problema se unió con";
/// The effect of merging.
pub const MERGED_NOTE: &str = "Su texto y su autoría se conservan. Cuenta junto con el otro.";
/// The problems that were merged into this one.
pub const MERGED_HERE: &str = "Se unieron a éste";
/// Discards a problem.
pub const DISCARD: &str = "Descartar este problema";
/// The button below the reason.
pub const DISCARD_DO: &str = "Descartar";
/// Asks before discarding, with the effect.
pub const DISCARD_QUESTION: &str = "¿Descartar este problema? Se queda en la lista, marcado como descartado y con la razón. No se borra nada y se puede volver a abrir.";
/// Confirms discarding.
pub const DISCARD_CONFIRM: &str = "Sí, descartar";
/// Cancels discarding.
pub const DISCARD_KEEP: &str = "No, conservarlo";
/// Before the reason for which a problem was discarded.
pub const DISCARDED: &str = "Este problema se descartó. La razón:";
/// Reopens a problem that was merged or discarded.
pub const REOPEN: Question = Question {
    label: "Volver a abrir este problema",
    question: "¿Volver a abrir este problema? Contará otra vez por sí mismo, con el estado que tenía.",
    yes: "Sí, abrirlo",
    no: "No, dejarlo así",
};

/// Asks before merging, with the effect.
pub fn merge_question(other: &str) -> String {
    format!(
        "¿Unir este problema con «{other}»? Los dos textos y sus autores se conservan; los compromisos contarán para el otro. Se puede deshacer."
    )
}

/// A problem to link, with its number; without one it was deleted.
pub fn problem(number: Option<usize>, title: &str) -> String {
    match number {
        Some(number) => format!("{number}. {title}"),
        None => format!("{title} (eliminado)"),
    }
}
