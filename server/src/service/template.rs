//! What an exercise begins with unless it says otherwise: the reference plan with its axes (section
//! 5), and an agenda.

use domain::exercise::{AgendaItem, Axis};
use domain::{Phase, ShortText};

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

/// The plan that commitments are aligned with.
pub fn reference_plan() -> ShortText {
    short("Plan de Acción Nacional 2016-2018")
}

/// The axes of that plan.
pub fn axes() -> Vec<Axis> {
    (1..).zip(AXES).map(|(number, name)| Axis { number, name: short(name) }).collect()
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
