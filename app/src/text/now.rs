//! The screen of what happens now.

use domain::{Phase, Shown};

/// How far the signing is for the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signed {
    /// Their organisation hasn't signed, or doesn't.
    Open,
    /// It has.
    Own,
    /// All have, and the plan is sealed.
    Sealed,
}

/// What is asked of the person in a phase: the screen's heading.
pub fn heading(phase: Phase, signed: Signed) -> &'static str {
    match phase {
        Phase::Signing if signed == Signed::Own => "Tu organización ya firmó",
        Phase::Signing if signed == Signed::Sealed => "El plan está firmado",
        Phase::Preparation => "La mesa está por comenzar",
        Phase::Introduction => "La facilitación presenta la mesa",
        Phase::Analysis => "Di qué falta en este diagnóstico",
        Phase::Agreements => "Escribe y revisa los compromisos",
        Phase::ReadOut => "Escucha la lectura de los acuerdos",
        Phase::Conformity => "Es momento de la conformidad",
        Phase::Signing => "Es momento de firmar",
        Phase::FollowUp => "El plan está en marcha",
        Phase::Closed => "La mesa terminó",
    }
}

/// What can be done in a phase, below the heading.
pub fn guidance(phase: Phase, signed: Signed) -> &'static str {
    match phase {
        Phase::Signing if signed == Signed::Own => {
            "No tienes que hacer nada más. Cuando termine la firma, aquí estará el plan firmado."
        }
        Phase::Signing if signed == Signed::Sealed => "Aquí puedes leer lo que se acordó.",
        Phase::Preparation => "Mientras tanto, lee los problemas. Si falta algo, dilo con Aportar.",
        Phase::Introduction => "Mientras tanto, puedes leer los problemas y escribir tus dudas.",
        Phase::Analysis => "¿A quién más afecta? ¿Dónde? ¿Con qué evidencia? Dilo con Aportar.",
        Phase::Agreements => "Cada compromiso necesita actividades con responsable y fecha.",
        Phase::ReadOut => "Los textos ya no se cambian. Síguelos en la pantalla de la sala o aquí.",
        Phase::Conformity => {
            "Los textos ya no se cambian. Puedes volver a leerlos antes de decidir."
        }
        Phase::Signing => "Los textos ya no se cambian. Puedes leerlos antes de firmar.",
        Phase::FollowUp => "Aquí puedes leer lo que se acordó.",
        Phase::Closed => "Aquí puedes leer lo que se acordó.",
    }
}

/// The time left that the agenda gives to the phase, in minutes.
pub fn time_left(minutes: i64) -> String {
    match minutes {
        2.. => format!("Quedan {minutes} minutos para esta fase"),
        1 => "Queda 1 minuto para esta fase".to_owned(),
        0 => "Se acabó el tiempo previsto para esta fase".to_owned(),
        -1 => "1 minuto más de lo previsto".to_owned(),
        _ => format!("{} minutos más de lo previsto", -minutes),
    }
}

/// Heading of what is projected.
pub const SHOWN: &str = "Se proyecta ahora";

/// What is projected when it isn't an item.
pub fn shown(shown: &Shown) -> &'static str {
    match shown {
        Shown::Agreement => "El acuerdo completo, con todos los compromisos.",
        Shown::Blank => "Nada por ahora.",
        Shown::Item(_) => "Un texto que ya no está.",
        Shown::Chart => "Una gráfica de la consulta pública.",
        Shown::Priority => super::priority::SHOWN,
    }
}

/// Link to what was answered in a consultation.
pub const READ_RESULTS: &str = "Ver los resultados";
/// Link to an item's sheet.
pub const READ: &str = "Leer completo";
/// Link to the commitments.
pub const READ_AGREEMENT: &str = "Ver los compromisos";
/// Heading of the counts.
pub const CONTENT: &str = "En esta mesa";
/// The action while problems come first.
pub const OPEN_PROBLEMS: &str = "Ver los problemas";
/// The action while commitments come first.
pub const OPEN_COMMITMENTS: &str = "Ver los compromisos";
/// The action for who may write commitments.
pub const EDIT_COMMITMENTS: &str = "Abrir los compromisos";
/// The action once texts are read-only.
pub const READ_COMMITMENTS: &str = "Leer los acuerdos";

/// The person's name and role here.
pub fn entered_as(name: &str, role: &str) -> String {
    format!("Estás como {name} · {role}")
}

/// Link to the page of one's own attendance.
pub const ATTENDANCE: &str = "Mi asistencia y mis datos";
/// Signs this device out.
pub const LEAVE: &str = "No soy yo: salir en este dispositivo";
/// Confirms signing out.
pub const LEAVE_YES: &str = "Salir y borrar lo de aquí";

/// Asks before signing out, with the number of texts that aren't at the mesa yet, and the number at
/// other mesas of the exercise.
pub fn leaving(left_behind: usize, elsewhere: usize) -> String {
    let here = match left_behind {
        0 if elsewhere == 0 => {
            return "Se cierra tu entrada y no queda nada tuyo en este teléfono. Lo que está en la mesa se queda en la mesa.".to_owned();
        }
        0 => String::new(),
        1 => "Hay 1 texto tuyo que no está en la mesa. Si sales se borra: cópialo o envíalo antes desde Mis textos.".to_owned(),
        _ => format!(
            "Hay {left_behind} textos tuyos que no están en la mesa. Si sales se borran: cópialos o envíalos antes desde Mis textos."
        ),
    };
    let there = match elsewhere {
        0 => String::new(),
        1 => "Hay 1 texto tuyo de otra mesa que no se ha enviado. Si sales se borra: abre antes esa mesa, y sale de aquí.".to_owned(),
        _ => format!(
            "Hay {elsewhere} textos tuyos de otras mesas que no se han enviado. Si sales se borran: abre antes esas mesas, y salen de aquí."
        ),
    };
    format!("{here} {there}").trim().to_owned()
}
