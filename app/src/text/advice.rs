//! Advice on how something is worded: what is missing, why it matters, and an example that could be
//! copied. It asks and never scolds.

use domain::deliberation::advice::{Advice, Place};
use domain::{ItemKind, Mesa, TextField};

use super::{field, name};

/// A piece of advice in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What is missing.
    pub what: &'static str,
    /// Why, or what to ask oneself.
    pub why: String,
    /// A better wording.
    pub example: String,
}

/// Hides the advice for this text.
pub const LEAVE: &str = "Dejarlo así";
/// Heading on the desk.
pub const HEADING: &str = "Consejos de redacción";
/// What they are.
pub const NOTE: &str = "Ninguno impide pasar a la lectura.";
/// There are none.
pub const NONE: &str = "Ningún consejo: todo dice qué, cuánto y cuándo.";
/// Heading of the commitments whose feasibility is pending.
pub const UNCONFIRMED: &str = "Viabilidad sin confirmar";
/// Who may confirm it.
pub const UNCONFIRMED_NOTE: &str =
    "La confirma quien lidera el compromiso, o la facilitación. No impide pasar a la lectura.";
/// All are confirmed.
pub const CONFIRMED: &str = "Cada compromiso dice si se puede cumplir.";

/// What is missing.
pub fn what(advice: Advice) -> &'static str {
    said(advice, "", None).what
}

/// A piece of advice, with the words that it is about, and an example of the mesa's own, if it has
/// one.
pub fn said(advice: Advice, words: &str, own: Option<&str>) -> Said {
    let (what, why, example) = match advice {
        Advice::OnlySoftVerbs(_) => (
            "Falta decir qué se entrega.",
            format!("«{words}» no se puede comprobar."),
            "Publicar en datos abiertos los contratos del programa de uniformes",
        ),
        Advice::NoDeliverable => (
            "Falta decir qué se entrega.",
            "¿Qué se podrá ver cuando esté cumplido?".to_owned(),
            "un informe, un acta, una base de datos, un mapa",
        ),
        Advice::ProblemIsAnAbsence(_) => (
            "Esto ya es una solución.",
            format!("En lugar de «{words}», ¿qué le pasa a la gente, a cuánta y dónde?"),
            "Las familias de 14 localidades no saben si su agua tiene cloro",
        ),
        Advice::AbsoluteVerb(_) => (
            "¿Cuánto se puede lograr en un año?",
            format!("«{words}» promete más de lo que cabe en el plan."),
            "Reducir a la mitad los incidentes en 12 secundarias",
        ),
        Advice::GenericResponsible(_) => (
            "Di qué institución y qué puesto.",
            format!("«{words}» puede ser cualquiera."),
            "Unidad de Transparencia",
        ),
        Advice::VagueAdverb(_) => (
            "¿Cada cuándo, cuáles o hasta cuándo?",
            format!("«{words}» no compromete a nada."),
            "el primer lunes de cada mes",
        ),
        Advice::YearAfterPlan { last, .. } => (
            "El plan termina antes.",
            format!(
                "Este plan llega a {last}, y el texto dice {words}. ¿Qué parte se cumple en él?"
            ),
            "los primeros 9 tiraderos, a más tardar en junio",
        ),
        Advice::IndicatorWithoutNumber => (
            "Casi medible: falta el número.",
            "¿A cuánto se quiere llegar?".to_owned(),
            "14, o 9 de 17, o 100 %",
        ),
        Advice::IndicatorWithoutUnit => (
            "Falta la unidad.",
            "¿El número cuenta qué cosa?".to_owned(),
            "localidades, o % de contratos",
        ),
        Advice::NoComponent => (
            "¿Qué tiene de gobierno abierto?",
            "Elige por lo menos un componente.".to_owned(),
            "Transparencia, si algo se publica",
        ),
        Advice::NoCounterpart => (
            "Falta quién acompaña desde la sociedad.",
            "Una contraparte da seguimiento junto con la institución.".to_owned(),
            "Colectivo de Madres y Padres",
        ),
        Advice::TooManyActivities { count } => (
            "Son muchas actividades para un año.",
            format!(
                "Son {count}; con seis o menos es más fácil darles seguimiento. ¿Cuáles van juntas?"
            ),
            "«Censo» y «mapa», en una sola",
        ),
        Advice::AllDueInLastMonth => (
            "Todo se entrega en el último mes.",
            "Con una fecha antes se puede ver a tiempo cómo va.".to_owned(),
            "el inventario en octubre, el primer recorrido en abril",
        ),
        Advice::LongSentence { count, .. } => (
            "Es una frase muy larga para leerse en voz alta.",
            format!(
                "Tiene {count} palabras; con menos de 40 se entiende mejor. ¿Dónde va un punto?"
            ),
            "Primero qué se hace. Después, cuándo y con quién",
        ),
    };
    Said { what, why, example: own.unwrap_or(example).to_owned() }
}

/// Before an example.
pub fn example(words: &str) -> String {
    format!("Por ejemplo: {words}.")
}

/// Shows the next piece of advice on the same text.
pub fn another(place: usize, all: usize) -> String {
    format!("Otro consejo: {place} de {all}")
}

/// How many pieces of advice an item has.
pub fn count(count: usize) -> String {
    match count {
        1 => "1 consejo de redacción; no impide la lectura.".to_owned(),
        count => format!("{count} consejos de redacción; ninguno impide la lectura."),
    }
}

/// A row of the desk's list: the item, the field, what is missing.
pub fn row(state: &Mesa, item: &domain::Item, place: Place, advice: Advice) -> String {
    let what = what(advice);
    format!("{}, {}: {what}", name::numbered(state, item), label(item.kind(), place))
}

/// How many commitments wait for somebody to say whether they can be done.
pub fn unconfirmed(count: usize) -> String {
    match count {
        1 => "1 compromiso sin viabilidad confirmada:".to_owned(),
        count => format!("{count} compromisos sin viabilidad confirmada:"),
    }
}

/// The label of a field.
fn label(kind: ItemKind, place: Place) -> &'static str {
    match place {
        Place::Text(of) => field::long(of, kind),
        Place::Unit => field::UNIT,
        Place::Target => field::TARGET,
        Place::Period => field::PERIOD,
        Place::Components => field::COMPONENTS,
        Place::Lead => field::LEAD,
        Place::Counterpart => field::COUNTERPART,
        Place::Post => field::RESPONSIBLE_POST,
        Place::Activities => super::list::heading(ItemKind::Activity),
    }
}

/// The id of a field on its sheet, for links to it.
pub fn anchor(place: Place) -> &'static str {
    match place {
        Place::Text(TextField::Title) => "campo-titulo",
        Place::Text(TextField::Statement) => "campo-explicacion",
        Place::Text(TextField::Objective) => "campo-objetivo",
        Place::Text(TextField::Description) => "campo-descripcion",
        Place::Text(TextField::Contribution) => "campo-ayuda",
        Place::Text(TextField::ExpectedResult) => "campo-resultado",
        Place::Text(TextField::Indicator) => "campo-indicador",
        Place::Text(TextField::Deliverable) => "campo-entregable",
        Place::Text(TextField::Affected) => "campo-afectados",
        Place::Text(TextField::Place) => "campo-lugar",
        Place::Text(TextField::Causes) => "campo-causas",
        Place::Text(TextField::Effects) => "campo-efectos",
        Place::Text(TextField::Evidence) => "campo-evidencia",
        Place::Text(TextField::MinimumCriteria) => "campo-criterios",
        Place::Text(TextField::BudgetNote) => "campo-presupuesto",
        Place::Unit => "campo-unidad",
        Place::Target => "campo-meta",
        Place::Period => "campo-periodo",
        Place::Components => "campo-componentes",
        Place::Lead => "campo-responsable",
        Place::Counterpart => "campo-contraparte",
        Place::Post => "campo-puesto",
        Place::Activities => "parte-actividades",
    }
}
