//! The page on which files are verified.

use domain::Date;

use super::date;
use crate::page::verify::{Answer, Known, Stamped, State};

/// Heading, and what links here say.
pub const HEADING: &str = "Verificar un documento";
/// A link to the page.
pub const LINK: &str = "Verificar un documento de este plan";
/// Below the heading.
pub const LEAD: &str = "Elige el PDF que tienes. No se envía: aquí mismo se calcula su SHA-256, un código que cambia con una sola letra, y solo eso se pregunta.";
/// Heading of the file field.
pub const FILE_HEADING: &str = "Elige el archivo";
/// What whoever runs no scripts does.
pub const NO_SCRIPT: &str = "Este navegador no deja correr el programa que lee el archivo. Calcula su SHA-256 como se dice abajo.";
/// Link to the plan's page.
pub const TO_THE_PLAN: &str = "Los documentos de este plan";
/// Label of the file field.
pub const FILE: &str = "El PDF";
/// While the file is read.
pub const READING: &str = "Leyendo el archivo…";
/// The file can't be read.
pub const UNREADABLE: &str =
    "Este navegador no pudo leer el archivo. Elígelo otra vez, o escribe su SHA-256 abajo.";
/// Heading of the other way.
pub const BY_HAND: &str = "O escribe el SHA-256 del archivo";
/// How it is calculated.
pub const BY_HAND_LEAD: &str = "Cualquier computadora lo calcula:";
/// How it is calculated, by system.
pub const COMMANDS: [(&str, &str); 3] = [
    ("Windows", "certutil -hashfile plan.pdf SHA256"),
    ("macOS", "shasum -a 256 plan.pdf"),
    ("Linux", "sha256sum plan.pdf"),
];
/// Label of the field.
pub const DIGEST: &str = "SHA-256, 64 letras y números";
/// The button.
pub const ASK: &str = "Preguntar";
/// What was typed is none.
pub const MISTYPED: &str = "Eso no es un SHA-256: son 64 letras y números, de 0 a 9 y de a a f.";
/// Before the digest that was asked.
pub const ASKED: &str = "SHA-256 del archivo:";
/// Another file.
pub const AGAIN: &str = "Verificar otro archivo";
/// Heading about the key.
pub const KEY: &str = "Sin preguntarle a este servidor";
/// What the key is for.
pub const KEY_LEAD: &str = "El plan firmado lleva dentro el sello de este servidor. Con su llave pública, cualquiera lo comprueba sin red y sin este programa.";
/// Before the key.
pub const PUBLIC_KEY: &str = "Llave pública (Ed25519):";
/// Before its fingerprint.
pub const FINGERPRINT: &str = "Para compararla de viva voz:";
/// Link to the file of seals.
pub const SEALS: &str =
    "Todos los sellos de este servidor, y sus sellos de tiempo, en orden (JSON)";
/// What a seal is not.
pub const WHAT_IT_IS: &str = "El sello dice que el archivo es, letra por letra, el que este servidor entregó. Las firmas trazadas en la aplicación son una manifestación de conformidad y una firma electrónica simple.";
/// Heading of the list of signers.
pub const SIGNERS: &str = "Cómo firmó cada quien";

/// How a signature stands.
pub const PENDING: &str = "pendiente";
/// Drawn or typed.
pub const SIGNED: &str = "firmó";
/// By a fingerprint on paper.
pub const THUMB: &str = "huella en papel";
/// Refused.
pub const REFUSED: &str = "se negó a firmar";
/// Not there.
pub const ABSENT: &str = "ausente";
/// On paper.
pub const ON_PAPER: &str = "firmó en papel";

/// What a file is, in a sentence.
pub fn heading(answer: &Answer) -> String {
    match answer {
        Answer::Unknown => "No es un archivo de este plan".to_owned(),
        Answer::Known(known) => match (&known.state, known.version, known.newer) {
            (State::Signed(_), _, None) => "Es el plan firmado".to_owned(),
            (State::Frozen, _, None) => "Es el texto congelado, sin firmas".to_owned(),
            (State::Public, _, None) => "Es la versión pública".to_owned(),
            (State::Draft, _, _) => "Es un borrador".to_owned(),
            (State::Scan(_), _, None) => "Es un escaneo de la copia firmada en papel".to_owned(),
            (_, version, Some(newer)) => {
                format!("Es la versión {}; hay una {newer}", version.unwrap_or_default())
            }
        },
    }
}

/// What follows from it.
pub fn explained(answer: &Answer) -> String {
    let known = match answer {
        Answer::Unknown => {
            return "Este servidor no entregó ese archivo, o alguien lo cambió después: basta una letra, o que un programa lo haya guardado otra vez. Compara con el que se descarga en la página del plan.".to_owned();
        }
        Answer::Known(known) => known,
    };
    let folio = &known.folio;
    let version = known.version.map(|version| format!(", versión {version}")).unwrap_or_default();
    let at = at(known.at);
    let what = match known.state {
        State::Signed(_) => format!("Folio {folio}{version}. Se selló {at}."),
        State::Frozen => {
            format!(
                "Folio {folio}{version}. El documento se hizo {at} y nadie lo ha firmado en él."
            )
        }
        State::Public => format!(
            "Folio {folio}{version}. El documento se hizo {at}. No lleva contactos ni trazos de firmas."
        ),
        State::Scan(seen) => format!(
            "Folio {folio}{version}. Se subió {at}. {} Quien lo subió responde de lo que trae.",
            super::paper::scanned(seen)
        ),
        State::Draft => format!(
            "Folio {folio}. Se hizo {at}, antes de congelar los textos: lo acordado puede decir otra cosa."
        ),
    };
    match (&known.state, known.newer) {
        (State::Draft, _) | (_, None) => what,
        (State::Signed(_), Some(newer)) => {
            format!("{what} Es el plan firmado de esa versión; la vigente es la {newer}.")
        }
        (State::Frozen, Some(newer)) => {
            format!("{what} Es el texto congelado de esa versión; la vigente es la {newer}.")
        }
        (State::Scan(_), Some(newer)) => {
            format!("{what} Es de esa versión; la vigente es la {newer}.")
        }
        (State::Public, Some(newer)) => {
            format!("{what} Es la versión pública de esa; la vigente es la {newer}.")
        }
    }
}

fn at(at: Option<(Date, (u8, u8))>) -> String {
    at.map_or_else(
        || "en una fecha que no se conoce".to_owned(),
        |(day, time)| format!("el {} a las {} h", date::date(day), date::time_of_day(time)),
    )
}

/// Whose signatures these are: nobody's names.
pub fn signers(known: &Known) -> &[(String, &'static str)] {
    match &known.state {
        State::Signed(signers) => signers,
        State::Frozen | State::Draft | State::Public | State::Scan(_) => &[],
    }
}

/// What a third party says of when its seal was there; none: it bears none.
pub fn stamp(answer: &Answer) -> Option<&Stamped> {
    match answer {
        Answer::Known(known) => known.stamp.as_ref(),
        Answer::Unknown => None,
    }
}

#[cfg(test)]
mod tests {
    use domain::agreement::signing::Scanned;

    use super::*;

    fn known(state: State, newer: Option<u16>) -> Answer {
        let at = Some((time::macros::date!(2026 - 09 - 18), (18, 20)));
        let version = (state != State::Draft).then_some(1);
        let folio = "PAL-2026-K7M4QX".to_owned();
        let stamp = None;
        Answer::Known(Box::new(Known { folio, state, version, newer, at, stamp }))
    }

    #[test]
    fn a_file_is_one_of_six_things() {
        let signed = || State::Signed(vec![("Colegio".to_owned(), SIGNED)]);
        let cases = [
            (known(signed(), None), "Es el plan firmado", "Se selló el 18/09/2026 a las 18:20 h."),
            (
                known(State::Frozen, None),
                "Es el texto congelado, sin firmas",
                "nadie lo ha firmado",
            ),
            (known(State::Frozen, Some(2)), "Es la versión 1; hay una 2", "el texto congelado"),
            (known(signed(), Some(2)), "Es la versión 1; hay una 2", "Es el plan firmado de esa"),
            (known(State::Draft, Some(1)), "Es un borrador", "antes de congelar"),
            (known(State::Public, None), "Es la versión pública", "No lleva contactos"),
            (
                known(State::Scan(Scanned { pages: 4, initialled: 4, of: Some(12) }), None),
                "Es un escaneo de la copia firmada en papel",
                "trae 4 de 12 páginas. Según quien lo subió, 4 de 12 páginas llevan rúbricas.",
            ),
            (Answer::Unknown, "No es un archivo de este plan", "alguien lo cambió"),
        ];
        for (answer, heading, explained) in cases {
            assert_eq!(super::heading(&answer), heading);
            assert!(super::explained(&answer).contains(explained), "{}", super::explained(&answer));
        }
    }
}
