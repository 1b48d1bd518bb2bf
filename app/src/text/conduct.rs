//! Leading the mesa: the question before a phase changes, undoing the change, who is missing.

use domain::conduct::turnout::Missed;
use domain::people::attendance::AttendanceMode;
use domain::{Action, Phase};

use super::name;

/// An index and a count.
pub fn place(place: usize, of: usize) -> String {
    format!("{place} de {of}")
}

/// Before a phase's name, on its button.
pub const GO_TO: &str = "Pasar a ";
/// A phase that has ended.
pub const DONE: &str = "terminada";
/// The phase took longer than planned.
pub const OVER: &str = "pasó del tiempo previsto";
/// Confirms the change.
pub const CONFIRM: &str = "Sí, pasar a esta fase";
/// Cancels it.
pub const KEEP: &str = "No, seguir en la actual";
/// Closes a question that can't be confirmed.
pub const UNDERSTOOD: &str = "Seguir en la actual";
/// Who sees the change.
pub const SEEN_BY: &str =
    "Lo verán enseguida todas las personas de la mesa, el proyector y la página pública.";
/// Nothing is deleted.
pub const NOTHING_LOST: &str = "No se borra nada y se puede volver.";
/// Undoes the change.
pub const UNDO: &str = "Deshacer";
/// For how long that is possible.
pub const UNDO_WHILE: &str = "Se puede deshacer durante 10 segundos.";

/// Asks before the phase changes.
pub fn question(to: Phase) -> String {
    format!("¿Pasar a {}?", name::phase(to))
}

/// The phase changed.
pub fn changed(to: Phase) -> String {
    format!("La mesa pasó a {}.", name::phase(to))
}

/// What will be possible.
pub fn opened(actions: &[&str]) -> String {
    format!("Se podrá: {}.", actions.join("; "))
}

/// What will be locked.
pub fn closed(actions: &[&str]) -> String {
    format!("Ya no se podrá: {}.", actions.join("; "))
}

/// Findings are in the way.
pub fn blocked(open: usize) -> String {
    match open {
        1 => {
            "Todavía no se puede: falta resolver 1 punto, o dejarlo pasar con una razón.".to_owned()
        }
        _ => format!(
            "Todavía no se puede: falta resolver {open} puntos, o dejarlos pasar con una razón."
        ),
    }
}

/// An action, where the question lists what a phase changes; none when nobody at the table would
/// notice it.
pub fn action(action: Action) -> Option<&'static str> {
    match action {
        Action::EditProblem => Some("escribir problemas y soluciones"),
        Action::EditCommitment => Some("escribir compromisos y actividades"),
        Action::Contribute => Some("enviar dudas y aportaciones"),
        Action::AnswerContribution => Some("responder aportaciones"),
        Action::AnswerObjection => Some("responder objeciones"),
        Action::RaiseObjection => Some("plantear objeciones"),
        Action::OverrideCheck => Some("dejar pasar puntos de la revisión"),
        Action::ConfirmFeasibility => Some("confirmar la viabilidad"),
        Action::AskFloor => Some("pedir la palabra"),
        Action::SendPack => Some("enviar el expediente previo"),
        Action::GivePoints => Some("repartir puntos"),
        Action::Conduct
        | Action::ArrangeProblems
        | Action::ArrangeCommitments
        | Action::WaiveNotice
        | Action::StateConformity
        | Action::Sign
        | Action::MarkSignature
        | Action::ReportProgress
        | Action::ReadPublic
        | Action::Prepare => None,
    }
}

/// How far the mesa is behind its agenda, and which phase could make up for it.
pub fn behind(minutes: u32, shortened: Option<(Phase, u32)>) -> String {
    let late = format!("Van {minutes} min tarde.");
    match shortened {
        Some((phase, keeps)) => {
            format!("{late} Si recortas {} a {keeps} min, terminan a tiempo.", name::phase(phase))
        }
        None => late,
    }
}

/// Minutes taken and planned, short: "18/50"; none when there is neither.
pub fn minutes(spent: Option<i64>, planned: u32) -> Option<String> {
    match (spent, planned) {
        (None, 0) => None,
        (None, planned) => Some(format!("–/{planned}")),
        (Some(spent), 0) => Some(format!("{spent} min")),
        (Some(spent), planned) => Some(format!("{spent}/{planned}")),
    }
}

/// The same in words.
pub fn minutes_in_words(spent: Option<i64>, planned: u32) -> Option<String> {
    match (spent, planned) {
        (None, 0) => None,
        (None, planned) => Some(format!("{planned} minutos previstos")),
        (Some(spent), 0) => Some(format!("{spent} minutos")),
        (Some(spent), planned) => Some(format!("{spent} de {planned} minutos")),
    }
}

/// Heading of who is missing.
pub const MISSING: &str = "¿Quién falta?";
/// Nobody is missing.
pub const NOBODY_MISSING: &str = "Están todas las organizaciones.";
/// Heading of the contributions without an answer.
pub const UNANSWERED: &str = "Esperan respuesta";
/// How many wait, before a change of phase: the link to where they are answered.
pub fn unanswered(count: usize) -> String {
    match count {
        1 => "1 aportación sin respuesta".to_owned(),
        _ => format!("{count} aportaciones sin respuesta"),
    }
}

/// After that link; `closes`: they can't be answered any more afterwards.
pub fn answer_first(closes: bool) -> &'static str {
    if closes {
        "Respóndelas antes de pasar: en la siguiente fase ya no se puede."
    } else {
        "Puedes responderlas antes de pasar, o después."
    }
}

/// There are none.
pub const ALL_ANSWERED: &str = "Todas las aportaciones tienen respuesta.";
/// Link to a contribution.
pub const SEE: &str = "Ver";

/// Heading of the quorum.
pub const QUORUM: &str = "Quórum";

/// How many organisations are present, and how many have to be.
pub fn quorum(present: u16, required: u16) -> String {
    let are = super::count::organisations(present);
    match required.saturating_sub(present) {
        _ if required == 0 => format!("{are}. No se acordó un quórum."),
        0 => format!("{are} de {required}: hay quórum."),
        missing => format!("{are} de {required}: {}.", super::count::missing(missing)),
    }
}

/// How many of them attend in a way.
pub fn attending(mode: AttendanceMode, count: u16) -> String {
    match mode {
        AttendanceMode::InRoom => format!("{count} en la sala"),
        AttendanceMode::Remote => format!("{count} a distancia"),
        AttendanceMode::Assisted => format!("{count} con ayuda"),
    }
}

/// How many organisations of a sector are present, of how many.
pub fn of_sector(present: u16, total: u16) -> String {
    format!("{present} de {total}")
}

/// Why an organisation is missing.
pub fn missed(why: Missed) -> &'static str {
    match why {
        Missed::NotArrived => "Nadie ha llegado de",
        Missed::NotConnected => "Sin conexión ahora",
        Missed::NotHeard => "Todavía no ha aportado",
    }
}

/// A contribution has no answer, beside its words.
pub const PENDING: &str = "sin respuesta";
/// Pauses the projection, so that something else can be prepared.
pub const PAUSE: &str = "Pausar proyección";
/// Projects what was prepared.
pub const RESUME: &str = "Proyectar esto";
/// Returns from the blank screen.
pub const UNBLANK: &str = "Quitar el blanco";
/// Heading of what is being prepared.
pub const PREPARED: &str = "Preparado, todavía sin proyectar";

/// What the room sees meanwhile.
pub fn paused(shown: &str) -> String {
    format!("Proyección en pausa. La sala sigue viendo: {shown}")
}

/// What is projected, for screen readers.
pub fn projected(shown: &str) -> String {
    format!("Se proyecta: {shown}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_say_what_is_known() {
        assert_eq!(minutes(Some(18), 50).as_deref(), Some("18/50"));
        assert_eq!(minutes(None, 20).as_deref(), Some("–/20"));
        assert_eq!(minutes(Some(3), 0).as_deref(), Some("3 min"));
        assert_eq!(minutes(None, 0), None);
    }

    #[test]
    fn the_quorum_says_how_many_are_missing() {
        assert_eq!(quorum(3, 5), "3 organizaciones presentes de 5: faltan 2.");
        assert_eq!(quorum(4, 5), "4 organizaciones presentes de 5: falta 1.");
        assert_eq!(quorum(1, 1), "1 organización presente de 1: hay quórum.");
        assert_eq!(quorum(6, 5), "6 organizaciones presentes de 5: hay quórum.");
        assert_eq!(quorum(2, 0), "2 organizaciones presentes. No se acordó un quórum.");
    }

    #[test]
    fn what_changes_reads_as_a_sentence() {
        assert_eq!(opened(&["a"]), "Se podrá: a.");
        assert_eq!(closed(&["a", "b y c"]), "Ya no se podrá: a; b y c.");
    }
}
