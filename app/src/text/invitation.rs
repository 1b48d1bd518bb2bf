//! The invitation to a seat, as a letter by mail.

use domain::exercise::{MeetingMode, SeatKind};

use super::date::{date, time_of_day, weekday};
use super::form;
use crate::page::prepare::{Letter, LetterMesa, Moment};

/// The subject.
pub fn subject(letter: &Letter) -> String {
    format!("Invitación: {}", letter.exercise)
}

/// The text, in plain lines. A line is as long as it is: mail programs break it.
pub fn body(letter: &Letter) -> String {
    let seat = match letter.kind {
        SeatKind::Holder => "titular",
        SeatKind::Alternate => "suplente",
    };
    let table = match letter.mesas.len() {
        0 | 1 => "a la mesa de diálogo",
        _ => "a las mesas de diálogo",
    };
    let signs = if letter.signs {
        "\n\nTu organización firma el Plan de Acción Local que salga de ahí."
    } else {
        ""
    };
    let mesas: Vec<_> = letter.mesas.iter().map(self::mesa).collect();
    let notice = letter
        .notice
        .as_ref()
        .map(|notice| format!("\n\nAviso de privacidad: {notice}"))
        .unwrap_or_default();
    format!(
        "Hola, {}:\n\n\
         Te invitamos {table} de «{}», en {}, como {seat} de {}.{signs}\n\n\
         {}\n\n\
         Para entrar, abre este enlace en el teléfono o la computadora que vayas a usar:\n{}\n\n\
         Si no se abre, entra a {} y escribe este código: {}\n\n\
         El enlace y el código son solo para ti. Si no vas a ir, avísanos para que vaya quien te suple.\n\n\
         {}{notice}\n",
        letter.person,
        letter.exercise,
        letter.municipality,
        letter.organisation,
        mesas.join("\n\n"),
        letter.link,
        letter.enter,
        letter.code,
        letter.guarantor,
    )
}

fn mesa(mesa: &LetterMesa) -> String {
    let how = match mesa.mode {
        MeetingMode::InPerson => String::new(),
        MeetingMode::Remote | MeetingMode::Hybrid => {
            format!(" ({})", form::mode(mesa.mode).to_lowercase())
        }
    };
    format!("{}\nCuándo: {}\nDónde: {}{how}", mesa.theme, when(mesa.meets), mesa.venue)
}

fn when(meets: Option<Moment>) -> String {
    match meets {
        Some((day, time)) => format!("{} {}, {}", weekday(day), date(day), time_of_day(time)),
        None => "por confirmar".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_says_who_what_when_where_and_how() {
        let mesa = LetterMesa {
            theme: "Agua y cuidados".to_owned(),
            meets: domain::Date::from_ordinal_date(2026, 246).ok().map(|day| (day, (10, 0))),
            venue: "Salón de cabildo".to_owned(),
            mode: MeetingMode::Hybrid,
        };
        let letter = Letter {
            exercise: "Gobierno Abierto Sierra Clara".to_owned(),
            municipality: "Valle Hondo".to_owned(),
            guarantor: "Instituto de Transparencia".to_owned(),
            person: "Ana Núñez".to_owned(),
            organisation: "Contraloría del Estado".to_owned(),
            kind: SeatKind::Alternate,
            signs: true,
            mesas: vec![mesa.clone()],
            link: "https://mesa.example/enlace#5EC".to_owned(),
            enter: "https://mesa.example/entrar".to_owned(),
            code: "K7M4-QXPR".to_owned(),
            notice: Some("https://mesa.example/aviso".to_owned()),
        };
        assert_eq!(subject(&letter), "Invitación: Gobierno Abierto Sierra Clara");
        assert_eq!(
            body(&letter),
            "Hola, Ana Núñez:\n\n\
             Te invitamos a la mesa de diálogo de «Gobierno Abierto Sierra Clara», en Valle Hondo, \
             como suplente de Contraloría del Estado.\n\n\
             Tu organización firma el Plan de Acción Local que salga de ahí.\n\n\
             Agua y cuidados\nCuándo: jueves 03/09/2026, 10:00\n\
             Dónde: Salón de cabildo (en la sala y a distancia)\n\n\
             Para entrar, abre este enlace en el teléfono o la computadora que vayas a usar:\n\
             https://mesa.example/enlace#5EC\n\n\
             Si no se abre, entra a https://mesa.example/entrar y escribe este código: K7M4-QXPR\n\n\
             El enlace y el código son solo para ti. Si no vas a ir, avísanos para que vaya quien \
             te suple.\n\n\
             Instituto de Transparencia\n\nAviso de privacidad: https://mesa.example/aviso\n"
        );
        let two = Letter {
            signs: false,
            notice: None,
            kind: SeatKind::Holder,
            mesas: vec![
                mesa.clone(),
                LetterMesa { meets: None, mode: MeetingMode::InPerson, ..mesa },
            ],
            ..letter
        };
        let text = body(&two);
        assert!(text.contains("a las mesas de diálogo") && text.contains("como titular de"));
        assert!(text.contains("Cuándo: por confirmar\nDónde: Salón de cabildo\n"), "{text}");
        assert!(!text.contains("firma el Plan") && !text.contains("Aviso"));
    }
}
