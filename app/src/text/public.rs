//! The public page.

use domain::agreement::Stance;
use domain::exercise::outline::{Adoption, Position};
use domain::{Date, Phase};

use super::{agreement, count, date, quota};
use crate::state::outline::{Outline, Standing};

/// What the page is about, before the municipality.
pub const PLAN: &str = "Plan de Acción Local";
/// The page follows the mesa by itself.
pub const LIVE: &str = "Esta página se actualiza sola.";
/// Name of the list of sections.
pub const CONTENTS: &str = "En esta página";
/// Phase of the mesa.
pub const PHASE: &str = "Fase";
/// Number and theme of the exercise's mesa.
pub const MESA: &str = "Mesa";
/// Where it meets.
pub const VENUE: &str = "Sede";
/// Heading of the contributions.
pub const CONTRIBUTIONS: &str = "Aportaciones y respuestas";
/// Nothing was said.
pub const NO_CONTRIBUTIONS: &str = "Todavía no hay aportaciones.";
/// What a contribution is about.
pub const ABOUT: &str = "Sobre";
/// The outcome of a contribution.
pub const ANSWER: &str = "Respuesta";
/// The reason of the answer.
pub const REASON: &str = "Razón";
/// Where an adopted contribution was taken up.
pub const CHANGE: &str = "Dónde quedó";
/// Heading of the open data.
pub const DATA: &str = "Datos abiertos";
/// What the open data are.
pub const DATA_LEAD: &str = "Lo que se lee en esta página, para descargar y usar con libertad, diciendo de dónde viene (Libre Uso MX).";
/// The workbook.
pub const WORKBOOK: &str = "Compromisos, actividades y problemas (XLSX)";
/// What the workbook is for.
pub const FOR_PEOPLE: &str = "Para abrir en una hoja de cálculo";
/// What the other files are for.
pub const FOR_PROGRAMS: &str = "Para programas";
/// The commitments as a table.
pub const COMMITMENTS_CSV: &str = "Compromisos (CSV)";
/// The activities as a table.
pub const ACTIVITIES_CSV: &str = "Actividades (CSV)";
/// The problems as a table.
pub const PROBLEMS_CSV: &str = "Problemas (CSV)";
/// Which commitment answers which problems.
pub const ANSWERS_CSV: &str = "Qué problemas atiende cada compromiso (CSV)";
/// The description of the tables and columns.
pub const DATA_PACKAGE: &str = "Descripción de las tablas (Frictionless)";
/// All data.
pub const DATA_JSON: &str = "Todo (JSON)";

/// Heading of what people said who speak for no organisation with a seat.
pub const NO_SECTOR: &str = "Otras personas en la mesa";

/// Heading of the year.
pub const YEAR: &str = "El año del plan";
/// Below today's line.
pub const TODAY: &str = "hoy";
/// Who answers for a commitment.
pub const LEAD: &str = "Responde:";
/// Nobody is named.
pub const NO_LEAD: &str = "todavía sin responsable";
/// The last day of a commitment.
pub const LAST: &str = "Última fecha:";
/// It isn't known.
pub const NO_LAST: &str = "todavía sin fecha";
/// Whether a commitment is adopted.
pub const CONFORMITY: &str = "Conformidad";
/// Heading of who is conforme.
pub const WHO_AGREES: &str = "Quién está conforme";
/// Link to the document.
pub const DOCUMENT: &str = "Descargar el plan (PDF)";
/// Link to the versions.
pub const VERSIONS: &str = "Versiones y comprobación";

/// The line above the heading: "Plan de Acción Local · Valle Hondo".
pub fn plan_of(municipality: Option<&str>) -> String {
    match municipality {
        Some(place) if !place.is_empty() => format!("{PLAN} · {place}"),
        _ => PLAN.to_owned(),
    }
}

/// Where the plan stands, in a sentence or two.
pub fn stands(standing: &Standing) -> String {
    let version = || {
        standing.version.map_or_else(String::new, |(number, day)| {
            format!("la versión {number}, congelada el {}", date::date(day))
        })
    };
    let result = || {
        standing.adopted.map_or_else(String::new, |(adopted, of)| {
            let adopted = match adopted {
                1 => "1 adoptado".to_owned(),
                adopted => format!("{adopted} adoptados"),
            };
            format!(" De {}, {adopted}.", count::commitments(of))
        })
    };
    let (answered, of) = standing.answered;
    match standing.phase {
        None => "Sus mesas están en curso: los textos todavía cambian.".to_owned(),
        Some(Phase::Preparation) => "Se está preparando: la mesa todavía no empieza.".to_owned(),
        Some(Phase::Introduction | Phase::Analysis) => {
            "La mesa analiza los problemas: los textos todavía cambian.".to_owned()
        }
        Some(Phase::Agreements) => {
            "La mesa acuerda sus compromisos: los textos todavía cambian.".to_owned()
        }
        Some(Phase::ReadOut) => {
            let place = standing.reading.map(|(place, of)| format!(": va en el {place} de {of}"));
            format!("Se lee en voz alta {}{}.", version(), place.unwrap_or_default())
        }
        Some(Phase::Conformity) if standing.adopted.is_none() => format!(
            "Se pregunta quién está conforme con {}: respondieron {answered} de {of} organizaciones.",
            version()
        ),
        Some(Phase::Conformity) => format!("Ya respondieron sobre {}.{}", version(), result()),
        Some(Phase::Signing) if standing.signed => {
            format!("El plan está firmado: es {}.{}", version(), result())
        }
        Some(Phase::Signing) => format!("Se firma {}.{}", version(), result()),
        Some(Phase::FollowUp) => format!("Está en marcha {}.{}", version(), result()),
        Some(Phase::Closed) => format!("Terminó el año de {}.{}", version(), result()),
    }
}

/// How far a commitment is adopted.
pub fn adoption(adoption: Adoption) -> &'static str {
    match adoption {
        Adoption::Draft => "En redacción",
        Adoption::Frozen => "Texto congelado",
        Adoption::Asked(outcome) => agreement::outcome(outcome),
    }
}

/// Its name in the style.
pub fn adoption_name(adoption: Adoption) -> &'static str {
    match adoption {
        Adoption::Draft | Adoption::Frozen => "open",
        Adoption::Asked(outcome) => agreement::outcome_name(outcome),
    }
}

/// What an organisation said: "conforme con 3, con reserva en el 5".
pub fn position(position: &Position) -> String {
    if !position.untold.is_empty() {
        let partly = if position.missing.is_empty() { "" } else { ", en parte" };
        return format!("ya respondió{partly}");
    }
    let said = [
        (&position.with_reservation, "con reserva en"),
        (&position.disagree, "no conforme con"),
        (&position.abstain, "se abstiene en"),
        (&position.missing, "falta su respuesta en"),
    ];
    let said: Vec<_> = said.into_iter().filter(|(numbers, _)| !numbers.is_empty()).collect();
    match (position.agree.len(), said.as_slice()) {
        (0, []) => String::new(),
        (0, [(numbers, _)]) if *numbers == &position.missing => "falta su respuesta".to_owned(),
        (_, []) => "conforme con todo".to_owned(),
        (agree, said) => {
            let agree = (agree > 0).then(|| format!("conforme con {agree}"));
            let said = said.iter().map(|(numbers, words)| format!("{words} {}", the(numbers)));
            agree.into_iter().chain(said).collect::<Vec<_>>().join(", ")
        }
    }
}

/// Numbers of commitments: "el 3", "el 3 y el 5".
fn the(numbers: &[usize]) -> String {
    let numbers: Vec<_> = numbers.iter().map(|number| format!("el {number}")).collect();
    quota::listed(&numbers)
}

/// Why an organisation isn't simply conforme, in its own words.
pub fn because(organisation: &str, stance: &Stance, reason: &str) -> String {
    format!("{organisation}, {}: «{reason}»", agreement::stance(stance).to_lowercase())
}

/// How many organisations are conforme.
pub fn agreeing(agree: usize, of: usize) -> String {
    format!("{agree} de {of} organizaciones, con todo o con reservas")
}

/// The last day of a commitment.
pub fn lasts(last: Option<Date>) -> String {
    format!("{LAST} {}", last.map_or_else(|| NO_LAST.to_owned(), date::date))
}

/// An activity by its number in the plan: "2.3 Primera publicación".
pub fn activity((commitment, own): (usize, usize), title: &str) -> String {
    format!("{commitment}.{own} {title}")
}

/// The description of the drawn year, for screen readers.
pub fn drawn(outline: &Outline, today: Date) -> String {
    let (activities, commitments) = (outline.activities(), outline.commitments.len());
    let months = outline.calendar.as_ref().map_or(&[][..], |calendar| calendar.months());
    let month = |day: &Date| format!("{} {}", date::short_month(*day), day.year());
    let months = match months {
        [] => String::new(),
        [first, .., last] => format!(", de {} a {}", month(first), month(last)),
        [one] => format!(", {}", month(one)),
    };
    format!(
        "{} de {}{months}. Hoy es {}. La lista que sigue dice lo mismo.",
        count::activities(activities),
        count::commitments(commitments),
        date::date(today)
    )
}

/// Below the drawn year.
pub fn today(today: Date) -> String {
    format!(
        "Cada marca es el día en que vence una actividad, en la línea de su compromiso. Hoy es {}.",
        date::date(today)
    )
}

/// Opens the list of all activities.
pub fn as_list(activities: usize) -> String {
    match activities {
        1 => "Ver la actividad como lista".to_owned(),
        activities => format!("Ver las {activities} actividades como lista"),
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn where_the_plan_stands_is_a_sentence() {
        let standing = |phase, adopted, signed| {
            stands(&Standing {
                phase,
                version: Some((2, date!(2026 - 09 - 24))),
                reading: Some((3, 5)),
                answered: (6, 8),
                adopted,
                signed,
            })
        };
        let at = |phase, adopted| standing(phase, adopted, false);
        assert_eq!(
            standing(Some(Phase::Signing), None, true),
            "El plan está firmado: es la versión 2, congelada el 24/09/2026."
        );
        assert!(at(None, None).starts_with("Sus mesas"));
        assert_eq!(
            at(Some(Phase::ReadOut), None),
            "Se lee en voz alta la versión 2, congelada el 24/09/2026: va en el 3 de 5."
        );
        assert_eq!(
            at(Some(Phase::Conformity), None),
            "Se pregunta quién está conforme con la versión 2, congelada el 24/09/2026: respondieron 6 de 8 organizaciones."
        );
        assert_eq!(
            at(Some(Phase::FollowUp), Some((4, 5))),
            "Está en marcha la versión 2, congelada el 24/09/2026. De 5 compromisos, 4 adoptados."
        );
        for phase in Phase::ALL {
            assert!(at(Some(phase), Some((1, 1))).ends_with('.'), "{phase:?}");
        }
    }

    #[test]
    fn what_an_organisation_said_is_short() {
        let of = |agree: &[usize], reserve: &[usize], against: &[usize], missing: &[usize]| {
            position(&Position {
                agree: agree.to_vec(),
                with_reservation: reserve.to_vec(),
                disagree: against.to_vec(),
                missing: missing.to_vec(),
                ..Position::default()
            })
        };
        assert_eq!(of(&[1, 2, 3], &[], &[], &[]), "conforme con todo");
        assert_eq!(
            of(&[1, 2], &[3, 5], &[4], &[]),
            "conforme con 2, con reserva en el 3 y el 5, no conforme con el 4"
        );
        assert_eq!(of(&[], &[], &[], &[1, 2]), "falta su respuesta");
        assert_eq!(of(&[1], &[], &[], &[2]), "conforme con 1, falta su respuesta en el 2");
        assert_eq!(of(&[], &[], &[1], &[]), "no conforme con el 1");
        let untold = Position { untold: vec![1], missing: vec![2], ..Position::default() };
        assert_eq!(position(&untold), "ya respondió, en parte");
        assert_eq!(position(&Position::default()), "");
    }
}
