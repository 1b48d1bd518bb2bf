//! What an exercise begins with unless it says otherwise: the reference plan with its axes (section
//! 5), and an agenda.

use app::text::form::{self, SECTORS};
use domain::exercise::{AgendaItem, Axis, NoticeText, SectorName};
use domain::text::words::WordsError;
use domain::{ExerciseCard, Phase, ShortText};

/// Two and a half hours (section 2, fact 2).
const AGENDA: [(Phase, &str, u16); 6] = [
    (Phase::Introduction, "Presentación y reglas de la mesa", 15),
    (Phase::Analysis, "Repaso de los problemas y sus criterios mínimos", 20),
    (Phase::Analysis, "Dudas, aportaciones y retroalimentación", 35),
    (Phase::Agreements, "Compromisos, actividades, responsables y fechas", 60),
    (Phase::ReadOut, "Lectura de los acuerdos", 10),
    (Phase::Conformity, "Conformidad de los asistentes", 10),
];

const AXES: [&str; 7] = [
    "Derechos humanos y estado de derecho",
    "Igualdad de género",
    "Pobreza y desigualdad",
    "Acceso a agua potable",
    "Obesidad en niños y adolescentes",
    "Sistema Nacional Anticorrupción",
    "Adaptación al cambio climático",
];

const NOTICE_SHORT: &str = include_str!("template/aviso-breve.txt");
const NOTICE_FULL: &str = include_str!("template/aviso.txt");

/// The working language.
pub const LANGUAGE: &str = "español";

/// The privacy notice of an exercise, short and full. Blanks whose content isn't known keep their
/// names in braces.
///
/// # Errors
/// [`WordsError`] when what is filled in makes it too long.
pub fn notice(
    card: &ExerciseCard,
    address: &ShortText,
    contact: &ShortText,
) -> Result<(NoticeText, NoticeText), WordsError> {
    let filled = |template: &str| {
        let mut text = template
            .replace("{garante}", card.guarantor.as_str())
            .replace("{municipio}", card.municipality.as_str());
        for (blank, known) in [("{domicilio}", address), ("{derechos}", contact)] {
            if !known.is_empty() {
                text = text.replace(blank, known.as_str());
            }
        }
        NoticeText::parse(text.trim())
    };
    Ok((filled(NOTICE_SHORT)?, filled(NOTICE_FULL)?))
}

/// Whether a notice has blanks that weren't filled in.
pub fn has_blanks(text: &NoticeText) -> bool {
    text.as_str().contains('{')
}

/// The plan that commitments are aligned with.
pub fn reference_plan() -> ShortText {
    short("Plan de Acción Nacional 2016-2018")
}

/// The axes of that plan.
pub fn axes() -> Vec<Axis> {
    (1..).zip(AXES).map(|(number, name)| Axis { number, name: short(name) }).collect()
}

/// The sectors.
pub fn sectors() -> Vec<SectorName> {
    SECTORS.map(|sector| SectorName { sector, name: short(form::sector(sector)) }).to_vec()
}

/// A mesa's agenda.
pub fn agenda() -> Vec<AgendaItem> {
    AGENDA
        .map(|(phase, title, minutes)| AgendaItem { phase, title: short(title), minutes })
        .to_vec()
}

fn short(text: &str) -> ShortText {
    ShortText::parse(text).expect("the template's texts are short and plain")
}
