//! Signing the plan, as who signs reads it.

use domain::Date;
use domain::agreement::signing::{Command, Noted, Rejection};
use domain::exercise::SeatKind;

use super::date;

/// A command that waits or was refused, in *Mis textos*.
pub fn command(command: &Command) -> &'static str {
    match command {
        Command::Sign { .. } => "Tu firma",
        Command::Consent { .. } => "Tu consentimiento a las páginas",
        Command::Decline { .. } => "Tu razón para no firmar",
        Command::Witness { .. } => "El testigo que anotaste",
        Command::Note { .. } => "Lo que anotaste de una firma",
        Command::Close { .. } => "El cierre de la firma",
    }
}

/// Why a command about signing isn't accepted.
pub fn refused(rejection: &Rejection) -> &'static str {
    match rejection {
        Rejection::NotOpen => {
            "La firma no está abierta: todavía no empieza o ya se cerró. Pide a la facilitación que te diga cómo seguir."
        }
        Rejection::NoSlot => {
            "Tu organización no está entre las que firman esta versión. Habla con la facilitación."
        }
        Rejection::OtherVersion => {
            "Ahora se firma otra versión del plan. Léela y firma esa; lo que dibujaste sigue aquí."
        }
        Rejection::OtherPages => {
            "El documento tiene ahora otro número de páginas. Míralas y firma de nuevo; lo que dibujaste sigue aquí."
        }
        Rejection::AlreadySigned => {
            "Esta organización ya firmó o ya contestó. La primera respuesta es la que vale."
        }
        Rejection::NoScan | Rejection::TooManyPages => "Ese escaneo ya no está.",
        Rejection::Blank => "Falta la rúbrica, la firma o el nombre. Complétalos y firma de nuevo.",
    }
}

/// So many pages: "9 páginas".
pub fn pages(count: u16) -> String {
    match count {
        1 => "1 página".to_owned(),
        count => format!("{count} páginas"),
    }
}

/// In what capacity somebody signs.
pub fn capacity(kind: SeatKind) -> &'static str {
    match kind {
        SeatKind::Holder => "titular",
        SeatKind::Alternate => "suplente",
    }
}

/// A moment: "30/11/2026 a las 20:41".
pub fn moment(moment: Option<(Date, (u8, u8))>) -> String {
    moment
        .map(|(day, time)| format!("{} a las {}", date::date(day), date::time_of_day(time)))
        .unwrap_or_default()
}

/// Heading of the screen.
pub const HEADING: &str = "Firmar el plan";

/// The version with its code, and the pages: "Plan de Acción Local, versión 2 · huella 7f3a 91c2".
pub fn what(version: u16, code: &str) -> String {
    format!("Plan de Acción Local, versión {version} · código {} {}", &code[..4], &code[4..8])
}

/// For whom one signs.
pub fn signs_for(kind: Option<SeatKind>) -> String {
    match kind {
        Some(kind) => format!("Firmas como {} por", capacity(kind)),
        None => "Firma en este equipo".to_owned(),
    }
}

/// Before the name that the document has.
pub const PRINTED: &str = "En el plan, junto a tu firma, se imprime tu nombre completo:";
/// The document isn't set yet.
pub const NO_PAGES: &str =
    "El documento se está preparando. En cuanto esté, aquí se verán sus páginas y podrás firmar.";
/// Nothing is being signed.
pub const NOT_OPEN: &str =
    "Ahora no se firma el plan. Cuando la facilitación abra la firma, se podrá hacer aquí.";
/// The viewer's organisation doesn't sign.
pub const NOT_YOU: &str = "Firma una persona por cada organización de la mesa.";
/// Another seat acts for the viewer's organisation.
pub const NOT_ACTING: &str = "Por tu organización firma ahora su otra persona representante. Si eso cambió, avisa a la facilitación.";
/// The choice of the organisation that signs on a helper's device.
pub const CHOOSE: &str = "Firmar en este equipo por";
/// No organisation.
pub const NOBODY: &str = "Elige una organización";
/// What choosing one means.
pub const HELPED: &str = "Quien firma toma el equipo y dibuja o escribe su nombre. En el plan queda anotado que firmó con ayuda.";

/// Heading of the pages.
pub const PAGES: &str = "1. Mira el plan";
/// The same where nothing is left to do with them.
pub const PAGES_AFTER: &str = "El plan, página por página";
/// Below it.
pub const PAGES_LEAD: &str = "Son las páginas tal como se imprimen. Toca una para leerla con letra grande y moverla con el dedo; otro toque la vuelve a mostrar entera.";

/// Alternative text of a page: "Página 3 de 9".
pub fn page(page: u16, of: u16) -> String {
    format!("Página {page} de {of}")
}

/// Makes a page larger.
pub const LARGER: &str = "Letra grande";
/// Shows the whole of it.
pub const SMALLER: &str = "Ver entera";

/// After either, for screen readers.
pub fn of_page(page: u16) -> String {
    format!(" la página {page}")
}

/// Link to the file.
pub const PDF: &str = "Abrir el documento (PDF)";
/// Link to the plan as text.
pub const AS_TEXT: &str = "Leer los compromisos como texto, con letra grande";

/// The pages changed while the screen was open.
pub fn pages_changed(pages: u16) -> String {
    format!(
        "El documento cambió: ahora tiene {}. Lo que hiciste aquí sigue igual.",
        self::pages(pages)
    )
}

/// Heading of the hand.
pub const HAND: &str = "2. Pon tu firma";
/// The choice between drawing and typing.
pub const HOW: &str = "¿Cómo firmas? Las dos formas valen lo mismo; se anota cuál usaste.";
/// To draw.
pub const DRAW: &str = "Dibujar mi firma";
/// To type.
pub const TYPE: &str = "Escribir mi nombre";
/// Label of the name.
pub const NAME: &str = "Tu nombre completo";
/// Below it.
pub const NAME_NOTE: &str =
    "Va al final con letra de molde, y tus iniciales en la orilla de cada página.";
/// Other ways.
pub const OTHER_WAYS: &str = "También puedes poner tu huella o firmar en papel: díselo a la facilitación, que lo anota. Y puedes firmar otro día: tu lugar queda abierto hasta que se cierre la firma.";

/// Heading of the consent.
pub const CONSENT: &str = "3. Firma";

/// What one consents to, before the button.
pub fn consent(pages: u16, version: u16, drawn: bool) -> String {
    let what = if drawn { "mi rúbrica" } else { "mis iniciales" };
    let last = if drawn { "mi firma" } else { "mi nombre" };
    match pages {
        1 => format!(
            "Leí la página de la versión {version} y estoy de acuerdo en poner {what} y {last} en ella."
        ),
        pages => format!(
            "Leí las {pages} páginas de la versión {version} y estoy de acuerdo en poner {what} en cada una y {last} al final."
        ),
    }
}

/// The button: "Firmar las 9 páginas".
pub fn sign(pages: u16) -> String {
    match pages {
        1 => "Firmar la página".to_owned(),
        pages => format!("Firmar las {pages} páginas"),
    }
}

/// The same before the document is set.
pub const SIGN_LATER: &str = "Firmar";
/// What the drawing is.
pub const IS: &str = "Es una firma electrónica simple: una manifestación de conformidad que dice que tú aceptaste este documento, hoy y en este equipo. No usa un certificado ni archivos de claves, y nadie comprueba con ella tu identidad.";
/// What it isn't.
pub const IS_NOT: &str = "La tinta sobre papel sigue siendo posible: quien la necesite firma la copia impresa, y queda anotado que firmó en papel.";

/// Heading of declining; what the button says that opens it.
pub const DECLINING: &str = "No voy a firmar";
/// Label of the reason.
pub const DECLINE_REASON: &str = "¿Por qué no firmas?";
/// Below it.
pub const DECLINE_NOTE: &str = "Tu razón queda en el plan tal como la escribes. No borra lo que ya dijiste en la conformidad. Puedes cambiar de idea mientras la firma siga abierta.";
/// Sends it.
pub const DECLINE: &str = "Dejar escrito que no firmo";

/// After signing.
pub const SIGNED: &str = "Firmaste";
/// The same on a helper's device.
pub const SIGNED_HERE: &str = "Quedó firmado";
/// While the server hasn't it.
pub const ON_ITS_WAY: &str = "Tu firma va en camino. No hace falta repetirla.";

/// What was signed: "La versión 2, con 9 páginas, el 30/11/2026 a las 20:41, como titular."
pub fn signed_what(version: u16, pages: u16, when: &str, kind: SeatKind) -> String {
    let with = match pages {
        // It says something else by now.
        0 => String::new(),
        pages => format!(", con {}", self::pages(pages)),
    };
    format!("La versión {version}{with}, el {when}, como {}.", capacity(kind))
}

/// Before the name and the organisation that the document has.
pub const SIGNED_AS: &str = "En el plan se lee:";

/// After declining.
pub const DECLINED: &str = "Dejaste escrito que no firmas";
/// What was said.
pub const DECLINED_NEXT: &str =
    "Todavía puedes firmar, si cambias de idea, hasta que se cierre la firma.";

/// The facilitation noted something.
pub fn noted(noted: &Noted) -> &'static str {
    match noted {
        Noted::Fingerprint => "La facilitación anotó que tu organización puso su huella.",
        Noted::Refused(_) => "La facilitación anotó que tu organización no firma.",
        Noted::Absent => "La facilitación anotó que tu organización está ausente.",
        Noted::Paper => "La facilitación anotó que tu organización firma en papel.",
    }
}

/// While it can be signed all the same.
pub const STILL_TIME: &str = "Todavía puedes firmar.";

/// Why one is asked again; no pages before: the document says something else.
pub fn again(before: u16, now: u16) -> String {
    let why = match before {
        0 => "Después de que firmaste cambió lo que dice el documento.".to_owned(),
        before => format!(
            "Cuando firmaste, el documento tenía {}. Ahora tiene {}, porque se anotó lo que pasó con otras firmas.",
            pages(before),
            pages(now)
        ),
    };
    format!(
        "{why} Tu firma está guardada: solo falta que digas que estás de acuerdo con las páginas como quedaron."
    )
}

/// The button: "Estoy de acuerdo con las 10 páginas".
pub fn consent_again(pages: u16) -> String {
    match pages {
        1 => "Estoy de acuerdo con la página".to_owned(),
        pages => format!("Estoy de acuerdo con las {pages} páginas"),
    }
}

/// Heading on *Ahora*, while it goes on.
pub const NOW: &str = "Firma del plan";
/// One's organisation hasn't signed.
pub const NOW_OPEN: &str = "Tu organización todavía no firma.";
/// It must consent again.
pub const NOW_AGAIN: &str =
    "El documento cambió de páginas y falta que tu organización lo confirme.";
/// It signed.
pub const NOW_SIGNED: &str = "Tu organización ya firmó.";
/// It declined.
pub const NOW_DECLINED: &str = "Tu organización dejó escrito que no firma.";
/// Link to reading what is signed.
pub const GO_READ: &str = "Leer el plan página por página";
/// Link to consenting again.
pub const GO_CONSENT: &str = "Ver las páginas y confirmar";
/// Link to signing.
pub const GO_SIGN: &str = "Leer y firmar el plan";
/// The same for who signed.
pub const GO_SEE: &str = "Ver lo que firmé";
/// The same for a helper.
pub const GO_HELP: &str = "Firmar en este equipo por una organización";
#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn the_button_and_the_consent_say_how_many_pages() {
        assert_eq!(sign(9), "Firmar las 9 páginas");
        assert_eq!(sign(1), "Firmar la página");
        assert!(consent(9, 2, true).starts_with("Leí las 9 páginas de la versión 2"));
        assert!(consent(9, 2, false).contains("mi nombre al final"));
        assert!(again(0, 9).contains("cambió lo que dice"));
        assert!(again(9, 10).contains("tenía 9 páginas. Ahora tiene 10 páginas"));
    }

    #[test]
    fn a_moment_is_a_day_and_an_hour() {
        assert_eq!(moment(Some((date!(2026 - 11 - 30), (20, 5)))), "30/11/2026 a las 20:05");
        assert_eq!(moment(None), "");
    }

    #[test]
    fn nothing_promises_more_than_a_simple_signature() {
        assert!(IS.contains("firma electrónica simple") && !IS.contains("avanzada"));
        assert!(!IS_NOT.contains("avanzada"));
    }
}
