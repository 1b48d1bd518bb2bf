//! Reminding by mail those of whom an answer or a signature is missing: the page, and the letter.

use domain::agreement::VersionNumber;

use crate::page::mail::Delivery;
use crate::page::reminder::{Missing, Row};

/// Heading, and the link to the page.
pub const HEADING: &str = "Recordar por correo";
/// Nothing is asked for now.
pub const NOTHING: &str = "Por ahora no se espera la respuesta ni la firma de nadie.";
/// Nobody is missing.
pub const NOBODY: &str = "No falta nadie.";
/// What the letter has.
pub const LEAD: &str = "A cada quien le llega un mensaje con un enlace nuevo para entrar a su lugar: el de su tarjeta o el de una invitación anterior deja de servir. A la misma persona se le escribe una vez al día.";
/// Without a mail server.
pub const OFF: &str = "Este ejercicio no tiene configurado el correo: avísales de otra manera. Se configura en Preparar, Correo.";
/// Back to the desk.
pub const BACK: &str = "Volver a conducir";
/// Nobody has the seat.
pub const NO_PERSON: &str = "nadie tiene el lugar";
/// They have no address.
pub const NO_MAIL: &str = "no tenemos su correo";
/// Nothing was sent today.
pub const NOT_TODAY: &str = "hoy no se le ha escrito";
/// Reminds one person.
pub const ONE: &str = "Recordarle";

/// What is missing.
pub fn missing((missing, version): (Missing, VersionNumber), count: usize) -> String {
    let what = match missing {
        Missing::Answer => "la respuesta",
        Missing::Signature => "la firma",
    };
    let of = match count {
        1 => "1 organización".to_owned(),
        count => format!("{count} organizaciones"),
    };
    format!("Falta {what} de {of} a la versión {version}.")
}

/// The button for all.
pub fn all(count: usize) -> String {
    match count {
        1 => "Recordarle a 1 persona".to_owned(),
        count => format!("Recordarles a {count} personas"),
    }
}

/// How many were reminded.
pub fn done(count: usize) -> String {
    match count {
        0 => "Ya se les había escrito hoy.".to_owned(),
        1 => "Va 1 mensaje.".to_owned(),
        count => format!("Van {count} mensajes."),
    }
}

/// How far one's letter is.
pub fn standing(row: &Row) -> String {
    match (&row.person, row.has_mail, row.delivery) {
        (None, ..) => NO_PERSON.to_owned(),
        (_, _, Some(Delivery::Sent(Some((_, time))))) => {
            format!("se le escribió hoy a las {}", super::date::time_of_day(time))
        }
        (_, _, Some(delivery)) => super::mail::delivery(delivery),
        (_, false, None) => NO_MAIL.to_owned(),
        (_, true, None) => NOT_TODAY.to_owned(),
    }
}

/// A reminder, to who acts for an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// What is missing.
    pub missing: Missing,
    /// Of which version.
    pub version: VersionNumber,
    /// Their name; empty: it isn't known.
    pub person: String,
    /// Their organisation.
    pub organisation: String,
    /// The exercise's name.
    pub exercise: String,
    /// Its municipality.
    pub municipality: String,
    /// Who guarantees it, and signs the letter.
    pub guarantor: String,
    /// The link that leads in.
    pub link: String,
    /// The page on which a code is typed.
    pub enter: String,
    /// The code, for who can't open the link.
    pub code: String,
    /// The address of the page with the plan's versions.
    pub page: String,
}

/// Its subject.
pub fn subject(letter: &Reminder) -> String {
    match letter.missing {
        Missing::Answer => format!("Falta tu respuesta: {}", letter.exercise),
        Missing::Signature => format!("Falta tu firma: {}", letter.exercise),
    }
}

/// Its text, in plain lines.
pub fn body(letter: &Reminder) -> String {
    let (what, how) = match letter.missing {
        Missing::Answer => ("la respuesta", "ahí lees cada compromiso y dices si estás conforme"),
        Missing::Signature => (
            "la firma",
            "ahí lees el documento, hoja por hoja, y lo firmas con el dedo o escribiendo tu nombre; también puedes decir por qué no firmas",
        ),
    };
    let hello = if letter.person.is_empty() {
        "Hola:".to_owned()
    } else {
        format!("Hola, {}:", letter.person)
    };
    format!(
        "{hello}\n\n\
         Falta {what} de {} al Plan de Acción Local de «{}», en {} (versión {}).\n\n\
         Abre este enlace en tu teléfono o computadora; {how}:\n{}\n\n\
         Si no se abre, entra a {} y escribe este código: {}\n\n\
         El enlace y el código son solo para ti, y dejan sin efecto los anteriores. \
         Si ya lo hiciste, no hagas nada.\n\n\
         El plan se lee también aquí:\n{}\n\n\
         {}\n",
        letter.organisation,
        letter.exercise,
        letter.municipality,
        letter.version,
        letter.link,
        letter.enter,
        letter.code,
        letter.page,
        letter.guarantor,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reminder_says_what_is_missing_and_leads_in() {
        let letter = Reminder {
            missing: Missing::Signature,
            version: 2,
            person: "Ana Núñez".to_owned(),
            organisation: "Contraloría del Estado".to_owned(),
            exercise: "Gobierno Abierto Sierra Clara".to_owned(),
            municipality: "Valle Hondo".to_owned(),
            guarantor: "Instituto de Transparencia".to_owned(),
            link: "https://mesa.example/enlace#5EC".to_owned(),
            enter: "https://mesa.example/entrar".to_owned(),
            code: "K7M4-QXPR".to_owned(),
            page: "https://mesa.example/plan/1".to_owned(),
        };
        assert_eq!(subject(&letter), "Falta tu firma: Gobierno Abierto Sierra Clara");
        let text = body(&letter);
        for said in [
            "Hola, Ana Núñez:\n\nFalta la firma de Contraloría del Estado al Plan",
            "hoja por hoja",
            ":\nhttps://mesa.example/enlace#5EC\n\n",
            "https://mesa.example/entrar y escribe este código: K7M4-QXPR",
            "(versión 2)",
        ] {
            assert!(text.contains(said), "{said}: {text}");
        }
        let answer = Reminder { missing: Missing::Answer, person: String::new(), ..letter };
        assert!(subject(&answer).starts_with("Falta tu respuesta"));
        assert!(body(&answer).starts_with("Hola:\n\nFalta la respuesta de"));
    }
}
