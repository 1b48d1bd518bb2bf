//! What became of the signatures, on the desk, on the wall and after signing; the end of the
//! evening.

use domain::Phase;
use domain::agreement::signing::{Hand, Mark, Noted, Round};

use super::name;
use super::signing::capacity;

/// How many signed: "5 de 8 firmas".
pub fn progress(signed: usize, of: usize) -> String {
    match of {
        1 => format!("{signed} de 1 firma"),
        of => format!("{signed} de {of} firmas"),
    }
}

/// Those that are open.
pub fn still_open(open: usize) -> String {
    match open {
        0 => "Ya hay respuesta de todas las organizaciones.".to_owned(),
        1 => "Falta 1 organización.".to_owned(),
        open => format!("Faltan {open} organizaciones."),
    }
}

/// Both: "5 de 8 firmas. Faltan 2 organizaciones."
pub fn counted(round: &Round) -> String {
    let signed = progress(round.signatures(), round.slots.len());
    format!("{signed}. {}", still_open(round.open().count()))
}

/// Link to the plan.
pub const SEE_PLAN: &str = "Ver el plan";
/// Everything is sealed.
pub const SEALED: &str = "El plan está firmado";

/// Below it.
pub fn sealed_when(version: u16, pages: u16, when: &str) -> String {
    format!("Versión {version}, {}, sellada el {when}. Ya no cambia.", super::signing::pages(pages))
}

/// Link to the document.
pub const DOCUMENT: &str = "Ver el plan firmado";
/// Everything has an answer, and the server hasn't sealed yet.
pub const SEALING: &str = "Ya están todas las respuestas. El documento se está sellando.";

/// What became of a slot, in a word or two.
pub fn mark(mark: Option<&Mark>, again: bool) -> &'static str {
    match mark {
        None => "Falta",
        Some(Mark::Signed { .. }) if again => "Por confirmar",
        Some(Mark::Signed { .. }) => "Firmó",
        Some(Mark::Declined { .. }) => "No firma",
        Some(Mark::Noted { noted, .. }) => of_noted(noted),
    }
}

/// What was noted, in a word or two.
pub fn of_noted(noted: &Noted) -> &'static str {
    match noted {
        Noted::Fingerprint => "Huella",
        Noted::Refused(_) => "No firma",
        Noted::Absent => "Ausente",
        Noted::Paper => "En papel",
    }
}

/// The same in the style.
pub fn mark_name(mark: Option<&Mark>, again: bool) -> &'static str {
    match mark {
        None => "open",
        Some(Mark::Signed { .. }) if again => "again",
        Some(mark) if mark.is_signature() => "signed",
        Some(Mark::Noted { noted: Noted::Absent, .. }) => "absent",
        Some(_) => "refused",
    }
}

/// By whom, in what capacity and with what: "titular, con ayuda, con su nombre escrito".
pub fn by(mark: &Mark) -> String {
    let (kind, assisted, typed) = match mark {
        Mark::Signed { hand, capacity, assisted, .. } => {
            (capacity, *assisted, matches!(hand, Hand::Typed(_)))
        }
        Mark::Declined { capacity, assisted, .. } => (capacity, *assisted, false),
        Mark::Noted { .. } => return "lo anotó la facilitación".to_owned(),
    };
    let parts = [
        Some(capacity(*kind)),
        assisted.then_some("con ayuda"),
        typed.then_some("con su nombre escrito"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Heading on the desk.
pub const SLOTS: &str = "Firmas del plan";
/// Column of what became of a slot.
pub const STATE: &str = "Qué pasó";
/// Column of who and when.
pub const WHO: &str = "Quién y cuándo";
/// Column of what can be noted.
pub const NOTE: &str = "Anotar";
/// Opens what can be noted: "Anotar: Colegio de Arquitectos".
pub const NOTE_FOR: &str = "Anotar";
/// Refused.
pub const REFUSED: &str = "Se negó";
/// Notes that, with its reason.
pub const NOTE_REFUSED: &str = "Anotar que se negó";
/// Label of the reason.
pub const REFUSED_REASON: &str = "¿Qué razón dio?";
/// Label of the line for a witness.
pub const WITNESS: &str = "Testigo, si lo hay: nombre completo, antes de anotar";
/// Notes it.
pub const WITNESS_NOTE: &str = "Anotar testigo";

/// Who was there.
pub fn witnessed(name: &str) -> String {
    format!("Testigo: {name}")
}

/// Takes back what was noted.
pub const TAKE_BACK: &str = "Quitar lo anotado";
/// Closes what is open.
pub const CLOSE: &str = "Cerrar la firma";

/// What closing does.
pub fn close_question(open: usize) -> String {
    match open {
        1 => "La organización que falta quedará como ausente y el plan se sellará.".to_owned(),
        open => format!(
            "Las {open} organizaciones que faltan quedarán como ausentes y el plan se sellará."
        ),
    }
}

/// Keeps it open.
pub const KEEP_OPEN: &str = "Seguir esperando";
/// The reason that is asked for.
pub const CLOSE_REASON: &str = "Faltan firmas: ¿por qué se cierra?";

/// Why it was closed.
pub fn closed(reason: &str) -> String {
    format!("La facilitación cerró la firma: {reason}")
}

/// The code of the sealed document.
pub const CODE: &str = "Código del documento firmado:";
/// The document isn't set yet.
pub const NOT_SET: &str = "el documento se está preparando";

/// Heading on the wall.
pub const ON_THE_WALL: &str = "Firma del plan";
/// The same once it is sealed.
pub const WALL_SEALED: &str = "Firmado";

/// Heading of the end of the evening.
pub const END: &str = "El cierre de la mesa";
/// Below it.
pub const END_LEAD: &str =
    "Puedes detenerte en cualquier paso y seguir otro día: todo queda guardado.";

/// A step of the end of the evening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Minutes.
    Minutes,
    /// The document.
    Document,
    /// Signatures.
    Signatures,
    /// Sending.
    Dispatch,
    /// Follow-up.
    FollowUp,
}

impl Step {
    /// All of them, in order.
    pub const ALL: [Self; 5] =
        [Self::Minutes, Self::Document, Self::Signatures, Self::Dispatch, Self::FollowUp];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Minutes => "Minuta",
            Self::Document => "Documento (PDF)",
            Self::Signatures => "Firmas",
            Self::Dispatch => "Envío",
            Self::FollowUp => "Seguimiento",
        }
    }

    /// What is done next in it.
    pub fn next(self) -> &'static str {
        match self {
            Self::Minutes => "Descargar la minuta",
            Self::Document => "Ver el plan y sus copias",
            Self::Signatures => "Ver las firmas",
            Self::Dispatch => "Ver el envío del plan",
            Self::FollowUp => "Ver los compromisos",
        }
    }
}

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// It has to wait for another.
    Waits,
    /// It is at it.
    Going,
    /// It is done.
    Done,
}

impl Progress {
    /// Its name in the style.
    pub fn name(self) -> &'static str {
        match self {
            Self::Waits => "waits",
            Self::Going => "going",
            Self::Done => "done",
        }
    }

    /// The one with this name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Waits, Self::Going, Self::Done].into_iter().find(|one| one.name() == name)
    }

    /// In words, for screen readers.
    pub fn words(self) -> &'static str {
        match self {
            Self::Waits => "por hacer",
            Self::Going => "en curso",
            Self::Done => "listo",
        }
    }
}

/// The minutes can be had.
pub const MINUTES_READY: &str = "Lista; se pone al día con lo que pasa en la mesa.";

/// A version is frozen: "Versión 2, congelada".
pub fn frozen(version: u16) -> String {
    format!("Versión {version}, con sus textos fijos.")
}

/// No version is frozen.
pub const NOT_FROZEN: &str = "Los textos se fijan al pasar a Lectura.";

/// Signing hasn't begun.
pub fn not_signing() -> String {
    format!("Empieza al pasar a {}.", name::phase(Phase::Signing))
}

/// Signing is over.
pub const SEALED_TOO: &str = "El plan está firmado.";
/// Sending waits for the seal.
pub const DISPATCH_WAITS: &str = "Se envía cuando el plan esté firmado.";
/// It can be sent, and how far that is isn't known here yet.
pub const DISPATCH_READY: &str = "El plan firmado ya se puede enviar.";

/// Follow-up hasn't begun.
pub fn not_followed() -> String {
    format!("Empieza al pasar a {}.", name::phase(Phase::FollowUp))
}

/// Follow-up goes on.
pub const FOLLOWED: &str = "Los compromisos están en marcha.";

#[cfg(test)]
mod tests {
    use domain::ShortText;
    use domain::exercise::SeatKind;

    use super::*;

    #[test]
    fn a_slot_reads_with_its_capacity_and_hand() {
        let name = ShortText::parse("Ana Robles").expect("a name");
        let signed = |hand| Mark::Signed {
            hand,
            capacity: SeatKind::Alternate,
            person: None,
            assisted: true,
            pages: 9,
            at: 0,
        };
        let typed = signed(Hand::Typed(name));
        assert_eq!(by(&typed), "suplente, con ayuda, con su nombre escrito");
        assert_eq!(
            (mark(Some(&typed), false), mark(Some(&typed), true)),
            ("Firmó", "Por confirmar")
        );
        let drawn = signed(Hand::Drawn { initials: None, signature: None });
        assert_eq!(by(&drawn), "suplente, con ayuda");
        let absent = Mark::Noted { noted: Noted::Absent, at: 0 };
        assert_eq!(
            (mark(Some(&absent), false), mark_name(Some(&absent), false)),
            ("Ausente", "absent")
        );
        assert_eq!((mark(None, false), mark_name(None, false)), ("Falta", "open"));
    }
}
