//! Freezing, reading out, agreeing.

use domain::agreement::verdict::{Outcome, Tally, Verdict};
use domain::agreement::{Command, Stance, Version};
use domain::deliberation::commitment::Indicator;
use domain::exercise::{DecisionRule, ExerciseCard};

use super::signing;

/// A command that waits or was refused, in *Mis textos*.
pub fn command(command: &Command) -> &'static str {
    match command {
        Command::ReadOut { .. } => "Lo que se lee",
        Command::ChooseReader { .. } => "Quién lee",
        Command::State { .. } => "Tu respuesta de conformidad",
        Command::Remind => "Un recordatorio",
        Command::NameMissing { .. } => "Los nombres de quienes faltan, en la pantalla",
        Command::Close { .. } => "El cierre de la pregunta",
        Command::Signing(command) => signing::command(command),
    }
}

/// A position.
pub fn stance(stance: &Stance) -> &'static str {
    match stance {
        Stance::Agree => "Conforme",
        Stance::AgreeWithReservation(_) => "Conforme con reserva",
        Stance::Disagree(_) => "No conforme",
        Stance::Abstain => "Abstención",
    }
}

/// What a commitment came to.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Open => "Se está preguntando",
        Outcome::Adopted => "Adoptado",
        Outcome::NotAdopted => "No adoptado",
        Outcome::NoQuorum => "Sin quórum",
    }
}

/// Why, in a sentence: "6 de 8 conformes; la regla pide dos tercios."
pub fn why(verdict: &Verdict) -> String {
    let Tally { missing, .. } = verdict.tally;
    let (agreeing, answered) = (verdict.tally.agreeing(), verdict.tally.answered());
    let conformes = if agreeing == 1 { "conforme" } else { "conformes" };
    match verdict.outcome {
        Outcome::Open if missing == 0 => "Respondieron todas las organizaciones.".to_owned(),
        Outcome::Open if missing == 1 => "Falta 1 organización por responder.".to_owned(),
        Outcome::Open => format!("Faltan {missing} organizaciones por responder."),
        Outcome::NoQuorum => {
            format!("Respondieron {answered} organizaciones y el quórum es de {}.", verdict.quorum)
        }
        Outcome::Adopted | Outcome::NotAdopted => {
            format!("{agreeing} de {answered} {conformes}; la regla pide {}.", rule(verdict.rule))
        }
    }
}

/// What a rule asks for.
fn rule(rule: DecisionRule) -> &'static str {
    match rule {
        DecisionRule::Consensus => "que nadie se oponga",
        DecisionRule::SimpleMajority => "más de la mitad",
        DecisionRule::QualifiedMajority => "dos tercios",
    }
}

/// How many said what: "5 conformes, 1 con reserva, 1 abstención".
pub fn tally(tally: &Tally) -> String {
    let parts = [
        (tally.agree, "conforme", "conformes"),
        (tally.with_reservation, "con reserva", "con reserva"),
        (tally.disagree, "no conforme", "no conformes"),
        (tally.abstain, "abstención", "abstenciones"),
        (tally.untold, "ya respondió", "ya respondieron"),
        (tally.missing, "falta", "faltan"),
    ];
    let parts: Vec<_> = parts
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
        .collect();
    parts.join(", ")
}

/// Heading while the read-out is at its beginning.
pub const READ_OUT: &str = "Lectura";
/// The read-out is at its beginning.
pub const BEGINS: &str = "Va a empezar la lectura de los compromisos, uno por uno.";
/// Below what is read.
pub const LOCKED: &str = "Los textos ya no se cambian.";
/// The way to the clicker, for whoever was asked to read.
pub const YOU_READ: &str = "Te toca leer: abrir el control";
/// Link to all of a commitment.
pub const READ_ALL: &str = "Leer completo";
/// Heading of what changed.
pub const CHANGED: &str = "Lo que cambió";
/// The sections around the commitments, among what changed.
pub const SECTIONS: &str = "Secciones del documento";
/// What didn't change, after its name.
pub const SAME: &str = "sin cambios";
/// What wasn't in the version before, after its name.
pub const NEW: &str = "nuevo";
/// What changed, after its name, where the words aren't shown.
pub const OTHERWISE: &str = "cambió";
/// Heading of the question.
pub const QUESTION: &str = "Conformidad";
/// The question was asked again of who hadn't answered.
pub const REMINDED: &str = "La facilitación te recuerda que falta tu respuesta.";
/// Whoever isn't asked.
pub const NOT_FOR_YOU: &str = "Se está preguntando a las organizaciones que firman el plan.";
/// For whom a helper answers.
pub const ANSWER_FOR: &str = "Responder con ayuda por";
/// Nobody.
pub const NOBODY: &str = "Elige una organización";
/// Heading of the answers.
pub const ANSWER_ALL: &str = "¿Tu organización está conforme?";
/// Before the organisation that answers.
pub const ANSWERS_FOR: &str = "Respondes por";
/// Label of a reason.
pub const REASON: &str = "Escribe la razón";
/// Below it.
pub const VERBATIM: &str = "Quedará en el plan tal como la escribes.";
/// Everything was answered.
pub const ANSWERED: &str =
    "Ya respondiste. Puedes cambiar tu respuesta mientras no se cierre la pregunta.";
/// Opens the answers again.
pub const CHANGE_ANSWER: &str = "Cambiar mi respuesta";
/// An answer that isn't shown before the question is closed.
pub const SECRET: &str = "Respondido; se sabrá al cerrar";
/// Heading of the results.
pub const RESULT: &str = "Resultado";
/// The same before the question was closed.
pub const NOT_ASKED: &str = "Conformidad";
/// Heading on the wall.
pub const ON_THE_WALL: &str = "Conformidad con el plan";
/// Heading on the desk.
pub const WHO_ANSWERED: &str = "¿Quién ha respondido?";
/// Column of the organisations.
pub const ORGANISATION: &str = "Organización";
/// Foot of the table.
pub const COUNTED: &str = "Respondieron";
/// Shows the names of who is missing on the wall.
pub const NAME_MISSING: &str = "Mostrar en la pantalla quién falta";
/// Nobody is missing.
pub const ALL_ANSWERED: &str = "Respondieron todas las organizaciones.";
/// Closes the question.
pub const CLOSE: &str = "Cerrar la pregunta";
/// What closing does.
pub const CLOSE_QUESTION: &str =
    "Ya no se tomarán respuestas y todas las personas verán el resultado.";
/// Keeps it open.
pub const KEEP_OPEN: &str = "Seguir preguntando";
/// The reason that is asked for while some are missing.
pub const CLOSE_REASON: &str = "Faltan respuestas: ¿por qué se cierra?";
/// The choice of the reader.
pub const READER: &str = "Quién lee, además de la facilitación";
/// Nobody else.
pub const NO_READER: &str = "Nadie más";
/// Link to the objections.
pub const OBJECTIONS: &str = "Objeciones";
/// Shows an objection on the wall.
pub const SHOW_OBJECTION: &str = "Mostrar en la pantalla";
/// Link to the check before the texts are frozen.
pub const BEFORE_FREEZE: &str = "Revisar el documento antes de la lectura";
/// Link to the document.
pub const DOCUMENT: &str = "Descargar el plan (PDF)";

/// An answer, before its reason is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Conforme.
    Agree,
    /// Con reserva.
    Reservation,
    /// No conforme.
    Disagree,
    /// Abstención.
    Abstain,
}

impl Answer {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Agree, Self::Reservation, Self::Disagree, Self::Abstain];

    /// That of a position.
    pub fn of(stance: &Stance) -> Self {
        match stance {
            Stance::Agree => Self::Agree,
            Stance::AgreeWithReservation(_) => Self::Reservation,
            Stance::Disagree(_) => Self::Disagree,
            Stance::Abstain => Self::Abstain,
        }
    }

    /// Whether a reason has to be written.
    pub fn needs_reason(self) -> bool {
        matches!(self, Self::Reservation | Self::Disagree)
    }

    /// Its name in the style.
    pub fn name(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Reservation => "reservation",
            Self::Disagree => "disagree",
            Self::Abstain => "abstain",
        }
    }
}

/// An answer in a word.
pub fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::Agree => "Conforme",
        Answer::Reservation => "Con reserva",
        Answer::Disagree => "No conforme",
        Answer::Abstain => "Me abstengo",
    }
}

/// The button that sends: "Enviar: 4 conformes, 1 con reserva".
pub fn send(counts: [(Answer, usize); 4]) -> String {
    let part = |(answer, count): (Answer, usize)| {
        let word = match (answer, count) {
            (_, 0) => return None,
            (Answer::Agree, 1) => "conforme",
            (Answer::Agree, _) => "conformes",
            (Answer::Reservation, _) => "con reserva",
            (Answer::Disagree, 1) => "no conforme",
            (Answer::Disagree, _) => "no conformes",
            (Answer::Abstain, 1) => "abstención",
            (Answer::Abstain, _) => "abstenciones",
        };
        Some(format!("{count} {word}"))
    };
    format!("Enviar: {}", counts.into_iter().filter_map(part).collect::<Vec<_>>().join(", "))
}

/// A version with the first letters of its code: "Versión 1 · 2b90 e4d7".
pub fn version(version: &Version) -> String {
    let code = version.digest.to_string();
    format!("Versión {} · {} {}", version.number, &code[..4], &code[4..8])
}

/// Which commitment is being read.
pub fn being_read((place, of): (usize, usize)) -> String {
    format!("Se lee el compromiso {place} de {of}")
}

/// How fulfilment is measured, in a line: "% de contratos, de 0 a 100, mensual".
pub fn indicator(what: &str, indicator: &Indicator) -> Option<String> {
    let Indicator { unit, baseline, target, period } = indicator;
    let range = match (baseline.as_str(), target.as_str()) {
        ("", "") => None,
        ("", target) => Some(format!("meta {target}")),
        (baseline, "") => Some(format!("desde {baseline}")),
        (baseline, target) => Some(format!("de {baseline} a {target}")),
    };
    let parts = [
        Some(what.trim().to_owned()),
        range.map(|range| format!("{range} {unit}").trim().to_owned()),
        Some(period.to_string()),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Who answers for a commitment: "Responde X, con Y".
pub fn answers_for(lead: Option<String>, counterpart: Option<String>) -> Option<String> {
    match (lead, counterpart) {
        (Some(lead), Some(with)) => Some(format!("Responde {lead}, con {with}.")),
        (Some(lead), None) => Some(format!("Responde {lead}.")),
        (None, Some(with)) => Some(format!("Con {with}.")),
        (None, None) => None,
    }
}

/// How many texts changed after they were answered about.
pub fn reconfirm(count: usize) -> String {
    match count {
        1 => "Cambió un texto después de tu respuesta. Solo ese; los demás siguen como los respondiste.".to_owned(),
        count => format!("Cambiaron {count} textos después de tu respuesta. Solo esos; los demás siguen como los respondiste."),
    }
}

/// What was answered about an earlier text.
pub fn answered_before(said: Option<&Stance>, version: u16) -> String {
    match said {
        Some(said) => {
            format!("Respondiste «{}» a la versión {version}.", stance(said).to_lowercase())
        }
        None => format!("Respondiste a la versión {version}."),
    }
}

/// How many organisations answered.
pub fn progress(answered: usize, of: usize) -> String {
    format!("Han respondido {answered} de {of} organizaciones.")
}

/// How many answers there are, on the wall.
pub fn answers(given: usize, of: usize) -> String {
    format!("{given} de {of} respuestas")
}

/// How many of how many: "7 de 8".
pub fn of(count: usize, all: usize) -> String {
    format!("{count} de {all}")
}

/// The name of an outcome in the style.
pub fn outcome_name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Open => "open",
        Outcome::Adopted => "adopted",
        Outcome::NotAdopted => "not-adopted",
        Outcome::NoQuorum => "no-quorum",
    }
}

/// The rule and the quorum, as the desk recalls them.
pub fn rules(card: &ExerciseCard, answered: usize) -> String {
    format!(
        "La regla pide {}. El quórum es de {}; han respondido {answered}.",
        rule(card.decision_rule),
        card.quorum
    )
}

/// Leads to reminding them by mail.
pub const REMIND_BY_MAIL: &str = "Recordar por correo";

/// Reminds those who are missing.
pub fn remind(missing: usize) -> String {
    if missing == 1 {
        "Recordar a la que falta".to_owned()
    } else {
        format!("Recordar a las {missing} que faltan")
    }
}

/// Who is missing, on the wall.
pub fn missing(names: &str) -> String {
    format!("Faltan: {names}")
}

/// Heading of what a version says otherwise.
pub fn changed_since(before: u16) -> String {
    format!("Lo que cambió desde la versión {before}")
}

/// A commitment's text didn't change.
pub fn same_since(before: u16) -> String {
    format!("Este texto no cambió desde la versión {before}.")
}

/// A commitment wasn't in the version before.
pub fn new_since(before: u16) -> String {
    format!("Es nuevo: no estaba en la versión {before}.")
}

/// Commitments of the version before that are gone, by their numbers there.
pub fn gone(numbers: &[usize], before: u16) -> String {
    let listed: Vec<_> = numbers.iter().map(ToString::to_string).collect();
    match &listed[..] {
        [number] => format!("Ya no está el compromiso {number} de la versión {before}."),
        [first @ .., last] => format!(
            "Ya no están los compromisos {} y {last} de la versión {before}.",
            first.join(", ")
        ),
        [] => String::new(),
    }
}

/// What an actor said of a commitment, for the desk's table and for screen readers.
pub fn mark(given: Option<Option<&Stance>>, reconfirms: bool) -> (&'static str, &'static str) {
    match given {
        Some(Some(Stance::Agree)) => ("✓", "conforme"),
        Some(Some(Stance::AgreeWithReservation(_))) => ("✓*", "con reserva"),
        Some(Some(Stance::Disagree(_))) => ("✗", "no conforme"),
        Some(Some(Stance::Abstain)) => ("–", "se abstuvo"),
        Some(None) => ("•", "respondió"),
        None if reconfirms => ("↻", "por reconfirmar"),
        None => ("", "falta"),
    }
}

/// People who speak for no organisation with a seat.
#[cfg(feature = "ssr")]
pub const OTHERS: &str = "Otras personas en la mesa";

/// The quorum, in the plan.
#[cfg(feature = "ssr")]
pub fn quorum(quorum: u16) -> String {
    match quorum {
        0 => "No se fijó quórum.".to_owned(),
        1 => "Quórum: 1 organización.".to_owned(),
        quorum => format!("Quórum: {quorum} organizaciones."),
    }
}

/// The quorum and how many were asked, in the minutes.
#[cfg(feature = "ssr")]
pub fn quorum_of(quorum: u16, asked: usize) -> String {
    match asked {
        0 => self::quorum(quorum),
        1 => format!("{} Se preguntó a 1 organización.", self::quorum(quorum)),
        asked => format!("{} Se preguntó a {asked} organizaciones.", self::quorum(quorum)),
    }
}

/// The feasibility by its code, with its note.
#[cfg(feature = "ssr")]
pub fn feasibility(code: &str, note: &str) -> String {
    match (code, note) {
        ("confirmed", "") => "Confirmada".to_owned(),
        ("confirmed", note) => format!("Confirmada por {note}"),
        ("with_reservations", "") => "Con reservas".to_owned(),
        ("with_reservations", note) => format!("Con reservas: {note}"),
        _ => String::new(),
    }
}

/// The question was closed although some hadn't answered, in the minutes.
#[cfg(feature = "ssr")]
pub const CLOSED_EARLY: &str = "La pregunta de conformidad se cerró con respuestas pendientes";

/// What a version changed, in the minutes: how many commitments, and whether sections too.
#[cfg(feature = "ssr")]
pub fn changed_in(commitments: usize, sections: bool) -> String {
    let commitments = match commitments {
        0 if sections => return "Cambiaron secciones del documento.".to_owned(),
        0 => return String::new(),
        1 => "Cambió 1 compromiso".to_owned(),
        count => format!("Cambiaron {count} compromisos"),
    };
    let sections = if sections { " y secciones del documento" } else { "" };
    format!("{commitments}{sections}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_says_how_many_agree_and_what_the_rule_asks() {
        let tally = Tally { agree: 5, with_reservation: 1, disagree: 2, ..Tally::default() };
        let verdict = Verdict {
            tally,
            rule: DecisionRule::QualifiedMajority,
            quorum: 5,
            required: 6,
            outcome: Outcome::Adopted,
        };
        assert_eq!(why(&verdict), "6 de 8 conformes; la regla pide dos tercios.");
        assert_eq!(super::tally(&tally), "5 conformes, 1 con reserva, 2 no conformes");
    }

    #[test]
    fn the_button_says_what_will_be_sent() {
        let counts = [(Answer::Agree, 4), (Answer::Reservation, 1), (Answer::Disagree, 0)];
        let counts = [counts[0], counts[1], counts[2], (Answer::Abstain, 1)];
        assert_eq!(send(counts), "Enviar: 4 conformes, 1 con reserva, 1 abstención");
    }

    #[test]
    fn an_indicator_is_a_line() {
        let short = |text: &str| domain::ShortText::parse(text).unwrap_or_default();
        let whole = Indicator {
            unit: short("%"),
            baseline: short("0"),
            target: short("100"),
            period: short("mensual"),
        };
        let line = indicator("Contratos publicados", &whole);
        assert_eq!(line.as_deref(), Some("Contratos publicados, de 0 a 100 %, mensual"));
        assert_eq!(indicator(" ", &Indicator::default()), None);
    }
}
