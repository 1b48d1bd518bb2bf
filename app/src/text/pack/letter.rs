//! The letter that reminds of the pack, in plain lines.

use super::moment;
use crate::page::pack::About;
use crate::page::prepare::Moment;
use crate::text::date::weekday;

/// What a letter says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// What it reminds of.
    pub about: About,
    /// How many points or files are missing.
    pub missing: usize,
    /// Who gets it; empty: their name isn't known.
    pub person: String,
    /// Their organisation.
    pub organisation: String,
    /// The exercise's name.
    pub exercise: String,
    /// Its municipality.
    pub municipality: String,
    /// Who guarantees it, and signs the letter.
    pub guarantor: String,
    /// When the pack is due.
    pub due: Option<Moment>,
    /// When the mesa meets.
    pub meets: Option<Moment>,
    /// The address of the pack's page.
    pub page: String,
    /// The page on which a code is typed.
    pub enter: String,
}

/// Its subject.
pub fn subject(letter: &Letter) -> String {
    match letter.about {
        About::Sending => format!("Falta enviar el expediente: {}", letter.exercise),
        About::Reading | About::ReadingSoon => {
            format!("Falta leer el expediente: {}", letter.exercise)
        }
    }
}

/// Its text.
pub fn body(letter: &Letter) -> String {
    let hello = match letter.person.as_str() {
        "" => "Hola:".to_owned(),
        person => format!("Hola, {person}:"),
    };
    let when = |at: Option<Moment>| {
        let said = |at: Moment| format!("{} {}", weekday(at.0), moment(at));
        at.map(said).unwrap_or_else(|| "día por confirmar".to_owned())
    };
    let (organisation, meets) = (&letter.organisation, when(letter.meets));
    let counted = |one: &str, many: &str| match letter.missing {
        1 => format!("1 {one}"),
        count => format!("{count} {many}"),
    };
    let what = match letter.about {
        About::Sending => format!(
            "{organisation} tiene pendiente enviar {} del expediente previo. Debe estar con todas \
             las personas antes del {}; la mesa es el {meets}. Si de algún punto no hay nada, \
             ahí mismo se dice por qué.",
            counted("punto", "puntos"),
            when(letter.due)
        ),
        About::Reading | About::ReadingSoon => format!(
            "En {organisation} nadie ha abierto todavía {} del expediente previo. La mesa es el \
             {meets}: conviene llegar con él leído.",
            counted("archivo", "archivos")
        ),
    };
    format!(
        "{hello}\n\n\
         Es sobre la mesa de diálogo de «{}», en {}.\n\n\
         {what}\n\n\
         Está aquí; se abre en el teléfono o la computadora con la que ya entraste:\n{}\n\n\
         Si todavía no entras, usa el enlace de tu invitación, o escribe en {} el código de tu \
         tarjeta. Si ya lo hiciste, no hagas nada.\n\n\
         {}\n",
        letter.exercise, letter.municipality, letter.page, letter.enter, letter.guarantor,
    )
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn a_letter_says_how_much_is_missing_until_when_and_where_it_is() {
        let letter = Letter {
            about: About::Sending,
            missing: 2,
            person: "Ana Núñez".to_owned(),
            organisation: "Instituto de Transparencia".to_owned(),
            exercise: "Gobierno Abierto Sierra Clara".to_owned(),
            municipality: "Valle Hondo".to_owned(),
            guarantor: "Instituto de Transparencia".to_owned(),
            due: Some((date!(2026 - 11 - 10), (10, 0))),
            meets: Some((date!(2026 - 11 - 20), (10, 0))),
            page: "https://mesa.example/expediente".to_owned(),
            enter: "https://mesa.example/entrar".to_owned(),
        };
        assert_eq!(subject(&letter), "Falta enviar el expediente: Gobierno Abierto Sierra Clara");
        let text = body(&letter);
        for said in [
            "Hola, Ana Núñez:\n\n",
            "tiene pendiente enviar 2 puntos del expediente previo",
            "antes del martes 10 nov 2026 a las 10:00; la mesa es el viernes 20 nov 2026 a las 10:00.",
            ":\nhttps://mesa.example/expediente\n\n",
        ] {
            assert!(text.contains(said), "{said}: {text}");
        }
        let reads =
            Letter { about: About::ReadingSoon, missing: 1, person: String::new(), ..letter };
        let text = body(&reads);
        assert!(text.starts_with("Hola:\n") && text.contains("todavía 1 archivo del"), "{text}");
        assert!(subject(&reads).starts_with("Falta leer el expediente"));
    }
}
