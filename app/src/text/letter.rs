//! The letters that the server sends, in plain lines. A line is as long as it is: mail programs
//! break it. The invitation has a file of its own.

use domain::Date;
use domain::agreement::signing::{Hand, Mark, Noted};
use domain::exercise::SeatKind;

use super::date::date;
use super::signing::capacity;
use super::slots;

/// The plan, to somebody who takes part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanLetter {
    /// Who gets it; empty: their name isn't known.
    pub person: String,
    /// The exercise's name.
    pub exercise: String,
    /// Its municipality.
    pub municipality: String,
    /// Who guarantees it, and signs the letter.
    pub guarantor: String,
    /// The version's number.
    pub version: u16,
    /// The day on which it was frozen.
    pub frozen: Option<Date>,
    /// The plan's folio.
    pub folio: String,
    /// The code of its text, 64 hexadecimal digits.
    pub code: String,
    /// The attached file's name; none: it is too large, and has to be fetched.
    pub attached: Option<String>,
    /// The address of the file.
    pub file: String,
    /// The address of the page with the plan's versions.
    pub page: String,
    /// Whether it is the copy with everything.
    pub full: bool,
    /// How it was signed; none: it isn't yet.
    pub signed: Option<Signed>,
}

/// How a plan was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The day on which it was sealed.
    pub day: Option<Date>,
    /// The code of the sealed document, 64 hexadecimal digits.
    pub code: String,
    /// Who was to sign, in the order of the document.
    pub signers: Vec<Signer>,
    /// Why the facilitation closed what was open; none: it didn't.
    pub closed: Option<String>,
    /// The address of the page on which a file is verified.
    pub verify: String,
}

/// An organisation that was to sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// Its name.
    pub organisation: String,
    /// Who signed for it; empty: they aren't named.
    pub person: String,
    /// What became of its slot.
    pub mark: Option<Mark>,
}

fn hello(name: &str) -> String {
    if name.is_empty() { "Hola:".to_owned() } else { format!("Hola, {name}:") }
}

/// Subject of the plan.
pub fn plan_subject(letter: &PlanLetter) -> String {
    let state = if letter.signed.is_some() { " firmado" } else { "" };
    format!("Plan de Acción Local{state}, versión {}: {}", letter.version, letter.exercise)
}

/// What became of an organisation's slot: "firmó Ana Robles, titular". A name that was typed is told to
/// those only who get the copy with everything.
fn became(signer: &Signer, full: bool) -> String {
    match &signer.mark {
        Some(Mark::Signed { hand, capacity: kind, assisted, .. }) => {
            let who = match (signer.person.as_str(), hand) {
                ("", Hand::Typed(name)) if full => format!("{name}, {}", capacity(*kind)),
                ("", _) => match kind {
                    SeatKind::Holder => "su titular".to_owned(),
                    SeatKind::Alternate => "su suplente".to_owned(),
                },
                (person, _) => format!("{person}, {}", capacity(*kind)),
            };
            let helped = if *assisted { ", con ayuda" } else { "" };
            let typed = if matches!(hand, Hand::Typed(_)) { ", con su nombre escrito" } else { "" };
            format!("firmó {who}{helped}{typed}")
        }
        Some(Mark::Declined { reason, .. }) => {
            format!("se negó a firmar y escribió por qué: «{}»", one_line(reason.as_str()))
        }
        Some(Mark::Noted { noted: Noted::Refused(reason), .. }) => {
            format!("se negó a firmar y dijo por qué: «{}»", one_line(reason.as_str()))
        }
        Some(Mark::Noted { noted: Noted::Fingerprint, .. }) => {
            "puso su huella en la copia impresa".to_owned()
        }
        Some(Mark::Noted { noted: Noted::Paper, .. }) => "firmó en papel".to_owned(),
        Some(Mark::Noted { noted: Noted::Absent, .. }) => "ausente".to_owned(),
        None => "sin respuesta".to_owned(),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Who signed and how, a line for each organisation, and how that is verified.
fn signatures(letter: &PlanLetter, signed: &Signed) -> String {
    let marks = || signed.signers.iter().filter_map(|signer| signer.mark.as_ref());
    let count = marks().filter(|mark| mark.is_signature()).count();
    let line = |signer: &Signer| {
        format!(
            "- {}: {}\n",
            one_line(&signer.organisation),
            one_line(&became(signer, letter.full))
        )
    };
    let lines: String = signed.signers.iter().map(line).collect();
    let closed = match &signed.closed {
        Some(reason) => format!("\n{}\n", slots::closed(&one_line(reason))),
        None => String::new(),
    };
    let of = if letter.full { "del archivo" } else { "de la versión íntegra" };
    format!(
        "Cómo firmó cada organización ({}):\n\n{lines}{closed}\n\
         Para comprobar que nadie cambió el archivo, abre esta página y elígelo; no hace falta entrar:\n{}\n\n\
         Código del plan firmado (SHA-256 {of}): {}\n\n",
        slots::progress(count, signed.signers.len()),
        signed.verify,
        signed.code,
    )
}

/// Text with the plan.
pub fn plan(letter: &PlanLetter) -> String {
    let frozen = letter.frozen.map(|day| format!(", del {}", date(day))).unwrap_or_default();
    let file = match &letter.attached {
        Some(name) => format!("Va en el archivo adjunto: «{name}»."),
        None => {
            let with =
                if letter.full { ", con el teléfono con el que entras a la mesa" } else { "" };
            format!(
                "El archivo es más grande de lo que aceptan muchos correos. Descárgalo aquí{with}:\n{}",
                letter.file
            )
        }
    };
    let (state, signatures) = match &letter.signed {
        Some(signed) => {
            let day = signed.day.map(|day| format!(" el {}", date(day))).unwrap_or_default();
            (format!(" Quedó firmado{day} y ya no cambia."), signatures(letter, signed))
        }
        None => (String::new(), String::new()),
    };
    format!(
        "{}\n\n\
         Te enviamos el Plan de Acción Local de «{}», en {}: la versión {}{frozen}, con folio {}.{state}\n\n\
         {file}\n\n\
         {signatures}\
         Si después hay otra versión, estará aquí, con lo que cambió:\n{}\n\n\
         Código del texto (SHA-256): {}\n\n\
         {}\n",
        hello(&letter.person),
        letter.exercise,
        letter.municipality,
        letter.version,
        letter.folio,
        letter.page,
        letter.code,
        letter.guarantor,
    )
}

/// The name of the file with the plan, without its ending. What it is comes first: a long name is cut.
pub fn plan_file(
    municipality: &str,
    folio: &str,
    version: u16,
    full: bool,
    signed: bool,
) -> String {
    let state = match (full, signed) {
        (true, true) => " firmado",
        (true, false) => " sin firmas",
        (false, _) => ", copia pública",
    };
    format!("Plan de Acción Local{state} – {municipality}, versión {version} ({folio})")
}

/// Subject of a link for choosing another passphrase.
pub const RESET_SUBJECT: &str = "Elige otra frase para entrar";

/// Text with such a link.
pub fn reset(name: &str, exercise: &str, link: &str) -> String {
    format!(
        "{}\n\n\
         Alguien pidió desde la página de entrada otra frase para tu cuenta en «{exercise}». Si fuiste tú, \
         abre este enlace y elígela:\n{link}\n\n\
         El enlace sirve 10 minutos y una sola vez. Al elegir otra frase se cierran tus entradas en \
         otros equipos.\n\n\
         Si no lo pediste, no hagas nada: tu frase sigue siendo la misma.\n",
        hello(name),
    )
}

/// Subject of a trial.
pub const TRIAL_SUBJECT: &str = "Prueba de correo";

/// Text of a trial.
pub fn trial(name: &str, exercise: &str, base: &str) -> String {
    format!(
        "{}\n\n\
         Esta es una prueba desde «{exercise}». Si la lees, este servidor puede enviar correo: ñ, á, ¿sí?\n\n\
         Los enlaces que envíe empiezan así:\n{base}\n",
        hello(name),
    )
}

#[cfg(test)]
mod tests {
    use domain::ShortText;
    use domain::agreement::Reason;

    use super::*;

    fn letter() -> PlanLetter {
        PlanLetter {
            person: "Ana Núñez".to_owned(),
            exercise: "Gobierno Abierto Sierra Clara".to_owned(),
            municipality: "Valle Hondo".to_owned(),
            guarantor: "Instituto de Transparencia".to_owned(),
            version: 2,
            frozen: Date::from_ordinal_date(2026, 246).ok(),
            folio: "PAL-2026-K7M4QX".to_owned(),
            code: "ab".repeat(32),
            attached: Some("Plan.pdf".to_owned()),
            file: "https://mesa.example/plan/1/2/plan.pdf".to_owned(),
            page: "https://mesa.example/plan/1".to_owned(),
            full: true,
            signed: None,
        }
    }

    fn signed(hand: Hand, capacity: SeatKind, assisted: bool) -> Option<Mark> {
        Some(Mark::Signed { hand, capacity, person: None, assisted, pages: 9, at: 0 })
    }

    #[test]
    fn the_signed_plan_says_who_signed_and_how_and_where_it_is_verified() {
        let drawn = || Hand::Drawn { initials: None, signature: None };
        let typed = || Hand::Typed(ShortText::parse("Rosa Ñúñez").expect("a name"));
        let reason = || Reason::parse("No se nos\n consultó <antes>").expect("a reason");
        let noted = |noted| Some(Mark::Noted { noted, at: 0 });
        let long = "Federación de Comités Comunitarios ".repeat(5);
        let declined = Some(Mark::Declined {
            reason: reason(),
            capacity: SeatKind::Holder,
            person: None,
            assisted: false,
            at: 0,
        });
        let kinds = [
            ("Ana Robles", signed(drawn(), SeatKind::Holder, false), "firmó Ana Robles, titular"),
            ("", signed(drawn(), SeatKind::Alternate, true), "firmó su suplente, con ayuda"),
            (
                "",
                signed(typed(), SeatKind::Holder, false),
                "firmó Rosa Ñúñez, titular, con su nombre escrito",
            ),
            ("", noted(Noted::Fingerprint), "puso su huella en la copia impresa"),
            ("", noted(Noted::Paper), "firmó en papel"),
            ("", noted(Noted::Absent), "ausente"),
            (
                "",
                noted(Noted::Refused(reason())),
                "se negó a firmar y dijo por qué: «No se nos consultó <antes>»",
            ),
            ("", declined, "se negó a firmar y escribió por qué: «No se nos consultó <antes>»"),
        ];
        // Sixteen, of all kinds, and with long names.
        let all: Vec<_> = kinds.iter().chain(&kinds).enumerate().collect();
        let name = |place: usize| format!("{long}{place}");
        let signers = all.iter().map(|(place, (person, mark, _))| Signer {
            organisation: name(*place),
            person: (*person).to_owned(),
            mark: mark.clone(),
        });
        let with = Signed {
            day: Date::from_ordinal_date(2026, 247).ok(),
            code: "cd".repeat(32),
            signers: signers.collect(),
            closed: Some("Era tarde".to_owned()),
            verify: "https://mesa.example/verificar/1".to_owned(),
        };
        let text = plan(&PlanLetter { signed: Some(with.clone()), ..letter() });
        for (place, (.., how)) in all {
            let line = format!("\n- {}: {how}\n", name(place));
            assert!(text.contains(&line), "{line}: {text}");
        }
        for said in [
            "Quedó firmado el 04/09/2026 y ya no cambia.",
            "Cómo firmó cada organización (10 de 16 firmas):\n\n- ",
            "La facilitación cerró la firma: Era tarde",
            "elígelo; no hace falta entrar:\nhttps://mesa.example/verificar/1\n\n",
            &format!("Código del plan firmado (SHA-256 del archivo): {}\n", "cd".repeat(32)),
            &format!("Código del texto (SHA-256): {}\n", "ab".repeat(32)),
        ] {
            assert!(text.contains(said), "{said}: {text}");
        }
        let public = plan(&PlanLetter { full: false, signed: Some(with), ..letter() });
        assert!(public.contains("(SHA-256 de la versión íntegra)"), "{public}");
        assert!(!public.contains("Rosa"), "{public}");
        assert!(public.contains(": firmó su titular, con su nombre escrito\n"), "{public}");
        for unsaid in ["firmado", "Verificar", "verificar", "Cómo firmó"] {
            assert!(!plan(&letter()).contains(unsaid), "{unsaid}");
        }
    }

    #[test]
    fn what_a_file_is_stands_before_what_may_be_cut() {
        let name = |full, signed| plan_file("Añélo", "PAL-2026-K7M4QX", 2, full, signed);
        assert!(name(true, true).starts_with("Plan de Acción Local firmado – Añélo, versión 2 ("));
        assert!(name(true, false).starts_with("Plan de Acción Local sin firmas – "));
        assert_eq!(name(false, true), name(false, false));
        assert!(name(false, true).starts_with("Plan de Acción Local, copia pública – "));
    }

    #[test]
    fn the_plan_comes_with_its_version_and_as_a_file_or_with_the_way_to_it() {
        let letter = letter();
        let text = plan(&letter);
        for said in ["la versión 2, del 03/09/2026", "«Plan.pdf»", "PAL-2026-K7M4QX", "Ana Núñez"]
        {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert!(!text.contains("plan.pdf\n"));
        let large =
            plan(&PlanLetter { attached: None, person: String::new(), full: false, ..letter });
        assert!(large.contains("Descárgalo aquí:\nhttps://mesa.example/plan/1/2/plan.pdf\n"));
        assert!(large.starts_with("Hola:\n"));
    }
}
