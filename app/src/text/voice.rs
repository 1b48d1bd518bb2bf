//! Contributions and their answers.

use super::Question;

use domain::text::words::REMARK_LIMIT;
use domain::{ContributionKind, ResponseStatus};

/// Heading of the screen with the person's contributions; also its name in the bar of sections.
pub const HEADING: &str = "Mi voz";
/// Below the heading.
pub const LEAD: &str = "Lo que dijiste en la mesa y lo que te respondieron.";
/// There are no contributions yet, for who may contribute.
pub const NOTHING: &str =
    "Todavía no has dicho nada. Toca Aportar para escribir una duda o una aportación.";
/// There are no contributions, for who may not contribute now.
pub const NOTHING_READING: &str =
    "Todavía no has dicho nada. En esta fase ya no se reciben aportaciones.";
/// Heading of the problems that the person added.
pub const PROBLEMS: &str = "Los problemas que escribiste";
/// Heading of the person's contributions.
pub const SAID: &str = "Lo que dijiste";

/// The action that leads to the contribution screen.
pub const CONTRIBUTE: &str = "Aportar";
/// The same, beside a commitment's own action.
pub const ABOUT_THIS: &str = "Aportar sobre este texto";
/// The action while only objections are accepted.
pub const OBJECT: &str = "Presentar una objeción";
/// Heading of the contribution screen.
pub const WRITE: &str = "Tu aportación";
/// Label of the speaker, for the facilitation, who writes for people who can't.
pub const WHO_SAYS: &str = "¿Quién lo dice?";
/// The author speaks.
pub const I_SAY: &str = "Yo, desde la facilitación";
/// Who typed a contribution for somebody else.
pub fn recorded_by(name: &str) -> String {
    format!("Capturado por {name}")
}
/// Beside an organisation whose person attends with help.
pub const WITH_HELP: &str = "con ayuda";
/// Before the item that it is about.
pub const ABOUT: &str = "Sobre";
/// It is about the mesa as a whole.
pub const ABOUT_MESA: &str = "La mesa en general";
/// Label of the choice between the problems.
pub const ABOUT_WHICH: &str = "¿Sobre qué problema?";
/// Question before the kinds.
pub const WHICH_KIND: &str = "¿Qué quieres decir?";
/// Label of the text.
pub const YOUR_TEXT: &str = "Escríbelo con tus palabras";
/// Who will see it.
pub const WHO_SEES: &str = "La leerán todas las personas. Se verá tu organización, no tu nombre.";
/// Sends it.
pub const SEND: &str = "Enviar";
/// What was just sent has arrived at the mesa.
pub const SENT: &str = "Listo, se envió. La respuesta aparecerá aquí, en Mi voz.";
/// What was just sent waits for the connection.
pub const SENT_LATER: &str = "Quedó en este teléfono y sale solo en cuanto haya conexión. La respuesta aparecerá aquí, en Mi voz.";
/// A draft was restored.
pub const DRAFT: &str = "Aquí sigue lo que habías escrito. Todavía no se ha enviado.";
/// Contributions aren't accepted now.
pub const NOT_NOW: &str = "En esta fase, o con tu papel en la mesa, no se reciben aportaciones. Lo que escribiste se queda en este teléfono.";
/// Asks to choose a kind that this phase accepts.
pub const CHOOSE_KIND: &str = "Elige qué quieres decir y toca Enviar otra vez.";
/// Characters that can't be shown were removed from what was typed.
pub const CLEANED: &str = "Había caracteres que no se pueden mostrar y se quitaron. Revisa el texto y toca el botón otra vez.";
/// The text is empty.
pub const EMPTY: &str = "Falta escribir algo.";

/// Link back from the contribution screen.
pub const BACK: &str = "Volver sin enviar";

/// A kind of contribution.
pub fn kind(kind: ContributionKind) -> &'static str {
    match kind {
        ContributionKind::Question => "Duda",
        ContributionKind::Contribution => "Aportación",
        ContributionKind::Feedback => "Retroalimentación",
        ContributionKind::Objection => "Objeción",
    }
}

/// What a kind is for, beside its name.
pub fn kind_hint(kind: ContributionKind) -> &'static str {
    match kind {
        ContributionKind::Question => "algo no me queda claro",
        ContributionKind::Contribution => "quiero agregar o corregir algo",
        ContributionKind::Feedback => "quiero comentar cómo va",
        ContributionKind::Objection => "no estoy de acuerdo con algo de lo leído",
    }
}

/// The outcome of a contribution.
pub fn status(status: ResponseStatus) -> &'static str {
    match status {
        ResponseStatus::Pending => "Pendiente de respuesta",
        ResponseStatus::Adopted => "Incorporada",
        ResponseStatus::PartlyAdopted => "Incorporada en parte",
        ResponseStatus::NotAdopted => "No incorporada",
    }
}

/// Name of a status in a `data-status` attribute.
pub fn status_name(status: ResponseStatus) -> &'static str {
    match status {
        ResponseStatus::Pending => "pending",
        ResponseStatus::Adopted => "adopted",
        ResponseStatus::PartlyAdopted => "partly",
        ResponseStatus::NotAdopted => "not",
    }
}

/// How many letters still fit, said only near the limit; beyond it, how many are too many.
pub fn room(written: usize) -> Option<String> {
    match written.checked_sub(REMARK_LIMIT) {
        Some(1) => Some("Sobra 1 letra. Acorta el texto para poder enviarlo.".to_owned()),
        Some(over) if over > 0 => {
            Some(format!("Sobran {over} letras. Acorta el texto para poder enviarlo."))
        }
        Some(_) | None => {
            let (written, limit) = (
                u32::try_from(written).unwrap_or(u32::MAX),
                u32::try_from(REMARK_LIMIT).unwrap_or(u32::MAX),
            );
            super::status::room_left(written, limit)
        }
    }
}

/// A text that can't be sent because it is too long.
pub fn too_long(limit: usize) -> String {
    format!("Es demasiado largo: caben {limit} letras. Acórtalo y toca el botón otra vez.")
}

/// How many of the person's contributions wait for an answer; none: nothing to say.
pub fn waiting(count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some("1 aportación tuya espera respuesta".to_owned()),
        _ => Some(format!("{count} aportaciones tuyas esperan respuesta")),
    }
}

/// How many of the person's contributions were answered.
pub fn answered(count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some("1 aportación tuya ya tiene respuesta".to_owned()),
        _ => Some(format!("{count} aportaciones tuyas ya tienen respuesta")),
    }
}

/// The author of a contribution: the person.
pub const YOU: &str = "Tú";
/// The author of a contribution who has no seat.
pub const PARTICIPANT: &str = "Participante";
/// A contribution that the facilitation hid.
pub const HIDDEN: &str = "Oculta: solo la ve la facilitación.";
/// The same, to its author.
pub const HIDDEN_OWN: &str =
    "La facilitación la ocultó: en la sala solo la ve ella. Tu texto sigue aquí, en este teléfono.";
/// A contribution that its author withdrew.
pub const WITHDRAWN: &str = "La retiraste: ya no la lee nadie más.";
/// Withdraws a contribution.
pub const WITHDRAW: Question = Question {
    label: "Retirar",
    question: "¿Retirar lo que dijiste? Dejará de verse para todas las personas. Aquí podrás volver a ponerlo.",
    yes: "Sí, retirar",
    no: "No, dejarlo",
};
/// Undoes the withdrawal.
pub const PUT_BACK: &str = "Volver a ponerlo";
/// Before the item that took up an adopted contribution.
pub const CHANGE: &str = "Ver el cambio";
/// Answers a contribution.
pub const ANSWER: &str = "Responder";
/// Changes the answer.
pub const ANSWER_ANEW: &str = "Cambiar la respuesta";
/// Heading of the form of an answer.
pub const YOUR_ANSWER: &str = "Tu respuesta";
/// Question before the statuses.
pub const WHICH_STATUS: &str = "¿Qué pasó con esta aportación?";
/// Label of the reason.
pub const REASON: &str = "La razón";
/// Label of the item that took up the contribution.
pub const WHERE: &str = "Dónde quedó el cambio";
/// No item in particular.
pub const NOWHERE: &str = "En ningún texto en particular";
/// Sends the answer.
pub const SEND_ANSWER: &str = "Guardar la respuesta";
/// Opens the form for a reason that isn't ready.
pub const OTHER_REASON: &str = "Escribir otra razón";
/// Chooses another outcome.
pub const OTHER_STATUS: &str = "Elegir otra respuesta";

/// Question before the reasons that are ready.
pub fn why(status: ResponseStatus) -> String {
    format!("{}. ¿Por qué?", self::status(status))
}

/// Reasons that are ready for an outcome: a tap sends one.
pub fn reasons(status: ResponseStatus) -> &'static [&'static str] {
    match status {
        ResponseStatus::Pending => &[],
        ResponseStatus::Adopted => &["Ya está en el texto.", "Se agregó al texto durante la mesa."],
        ResponseStatus::PartlyAdopted => &[
            "Se agregó una parte al texto durante la mesa.",
            "Se toma la idea; el detalle se define en las actividades.",
        ],
        ResponseStatus::NotAdopted => &[
            "Queda fuera de lo que este plan puede comprometer.",
            "Corresponde a otra autoridad.",
            "La mesa no llegó a un acuerdo sobre esto.",
        ],
    }
}

/// Closes the answer without sending it.
pub const CLOSE_ANSWER: &str = "Cerrar sin responder";
/// No status was chosen.
pub const CHOOSE_STATUS: &str = "Elige qué pasó con esta aportación.";
/// Hides a contribution.
pub const HIDE: Question = Question {
    label: "Ocultar",
    question: "¿Ocultar esta aportación? Dejará de verse para todas las personas menos la facilitación. No se borra y se puede volver a mostrar.",
    yes: "Sí, ocultar",
    no: "No, dejarla a la vista",
};
/// Shows it again.
pub const SHOW: Question = Question {
    label: "Volver a mostrar",
    question: "¿Volver a mostrar esta aportación? La podrán leer todas las personas, también en público.",
    yes: "Sí, mostrar",
    no: "No, dejarla oculta",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counter_speaks_near_the_limit_and_beyond() {
        assert_eq!(room(1_000), None);
        assert_eq!(room(1_950).as_deref(), Some("Queda lugar para 50 letras."));
        assert!(room(2_000).is_some_and(|sentence| sentence.contains("2000")));
        assert_eq!(
            room(2_001).as_deref(),
            Some("Sobra 1 letra. Acorta el texto para poder enviarlo.")
        );
    }

    #[test]
    fn what_waits_is_counted_in_words() {
        assert_eq!(waiting(0), None);
        assert_eq!(waiting(2).as_deref(), Some("2 aportaciones tuyas esperan respuesta"));
    }
}
