//! The letters that the server sends, in plain lines. A line is as long as it is: mail programs
//! break it. The invitation has a file of its own.

use domain::Date;

use super::date::date;

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
}

fn hello(name: &str) -> String {
    if name.is_empty() { "Hola:".to_owned() } else { format!("Hola, {name}:") }
}

/// Subject of the plan.
pub fn plan_subject(letter: &PlanLetter) -> String {
    format!("Plan de Acción Local, versión {}: {}", letter.version, letter.exercise)
}

/// Text with the plan.
pub fn plan(letter: &PlanLetter) -> String {
    let frozen = letter.frozen.map(|day| format!(", del {}", date(day))).unwrap_or_default();
    let file = match &letter.attached {
        Some(name) => format!("Va en el archivo adjunto: «{name}»."),
        None => format!(
            "El archivo es más grande de lo que aceptan muchos correos. Descárgalo aquí:\n{}",
            letter.file
        ),
    };
    format!(
        "{}\n\n\
         Te enviamos el Plan de Acción Local de «{}», en {}: la versión {}{frozen}, con folio {}.\n\n\
         {file}\n\n\
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

/// The name of the file with the plan, without its ending.
pub fn plan_file(municipality: &str, folio: &str, version: u16) -> String {
    format!("Plan de Acción Local – {municipality}, versión {version} ({folio})")
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
    use super::*;

    #[test]
    fn the_plan_comes_with_its_version_and_as_a_file_or_with_the_way_to_it() {
        let letter = PlanLetter {
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
        };
        let text = plan(&letter);
        for said in ["la versión 2, del 03/09/2026", "«Plan.pdf»", "PAL-2026-K7M4QX", "Ana Núñez"]
        {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert!(!text.contains("plan.pdf\n"));
        let large = plan(&PlanLetter { attached: None, person: String::new(), ..letter });
        assert!(large.contains("Descárgalo aquí:\nhttps://mesa.example/plan/1/2/plan.pdf\n"));
        assert!(large.starts_with("Hola:\n"));
    }
}
