//! Labels of the fields of items.

use domain::{ItemKind, TextField};

/// A long text's label on the sheet of a kind of item.
pub fn long(field: TextField, kind: ItemKind) -> &'static str {
    match (field, kind) {
        (TextField::Title, ItemKind::Problem) => "El problema, en una frase",
        (TextField::Title, ItemKind::Commitment) => "Nombre del compromiso",
        (TextField::Title, ItemKind::Activity) => "Qué se hará",
        (TextField::Title, ItemKind::Solution) => "La solución, en una frase",
        (TextField::Title, ItemKind::DraftCommitment) => "El compromiso preliminar, en una frase",
        // A contribution has no long text; its words are read and not edited.
        (TextField::Title, ItemKind::Contribution) => "Lo que se dijo",
        (TextField::Statement, _) => "Explicación",
        (TextField::Affected, _) => "A quién afecta",
        (TextField::Place, _) => "Dónde",
        (TextField::Causes, _) => "Causas",
        (TextField::Effects, _) => "Efectos",
        (TextField::Evidence, _) => "Evidencia",
        (TextField::MinimumCriteria, _) => "Criterios mínimos",
        (TextField::Objective, _) => "Objetivo",
        (TextField::Description, _) => "Descripción",
        (TextField::Contribution, _) => "Cómo ayuda a resolver el problema",
        (TextField::ExpectedResult, _) => "Resultado esperado",
        (TextField::Indicator, _) => "Qué se mide",
        (TextField::BudgetNote, _) => "Nota sobre el presupuesto",
        (TextField::Deliverable, _) => "Entregable o forma de comprobarlo",
    }
}

/// A hint for a long text whose label doesn't explain itself.
pub fn hint(field: TextField) -> Option<&'static str> {
    match field {
        TextField::MinimumCriteria => Some("Lo que una solución debe cumplir por lo menos."),
        TextField::Evidence => Some("Cifras, solicitudes, reportes o estudios que lo muestran."),
        TextField::Indicator => Some("Por ejemplo: porcentaje de contratos publicados."),
        TextField::Deliverable => {
            Some("Por ejemplo: informe, base de datos, acta, lista de asistencia.")
        }
        TextField::Title
        | TextField::Statement
        | TextField::Affected
        | TextField::Place
        | TextField::Causes
        | TextField::Effects
        | TextField::Objective
        | TextField::Description
        | TextField::Contribution
        | TextField::ExpectedResult
        | TextField::BudgetNote => None,
    }
}

/// Origin of a problem.
pub const ORIGIN: &str = "De dónde viene";
/// Source of its evidence.
pub const EVIDENCE_SOURCE: &str = "Fuente de la evidencia";
/// State of a problem.
pub const PROBLEM_STATE: &str = "Estado";
/// Reason for discarding a problem.
pub const DISCARD_REASON: &str = "Razón para descartarlo";
/// Category of a commitment.
pub const CATEGORY: &str = "Categoría";
/// The problems that a commitment answers.
pub const PROBLEMS: &str = "Problemas que atiende";
/// Open-government components.
pub const COMPONENTS: &str = "Componentes de gobierno abierto";
/// Axis of the reference plan.
pub const AXIS: &str = "Eje del plan nacional";
/// Unit of the indicator.
pub const UNIT: &str = "Unidad";
/// Baseline.
pub const BASELINE: &str = "Punto de partida";
/// Target.
pub const TARGET: &str = "Meta";
/// Period of measurement.
pub const PERIOD: &str = "Cada cuándo se mide";
/// Lead institution.
pub const LEAD: &str = "Institución responsable";
/// Civil counterpart.
pub const COUNTERPART: &str = "Contraparte de la sociedad";
/// First day.
pub const STARTS: &str = "Inicia";
/// Last day.
pub const ENDS: &str = "Termina";
/// Due date of an activity.
pub const DUE: &str = "Fecha límite";
/// Feasibility.
pub const FEASIBILITY: &str = "Viabilidad";
/// Who confirmed that it is feasible.
pub const CONFIRMED_BY: &str = "Quién la confirma";
/// What is reserved.
pub const RESERVATIONS: &str = "Cuáles reservas";
/// Sustainable Development Goal.
pub const SDG: &str = "Objetivo de Desarrollo Sostenible";
/// Post of the responsible person.
pub const RESPONSIBLE_POST: &str = "Puesto responsable";
/// Name of the responsible person.
pub const RESPONSIBLE_PERSON: &str = "Persona responsable";
/// The co-responsible person.
pub const CO_RESPONSIBLE: &str = "Corresponsable";
/// A period in one line.
pub const PLAN_PERIOD: &str = "Periodo";
/// How fulfilment is measured, in one line.
pub const INDICATOR: &str = "Indicador";
/// State of a solution.
pub const SOLUTION_STATE: &str = "Estado";
/// Who proposed a solution.
pub const PROPOSED_BY: &str = "Quién la propone";
/// The commitment that a preliminary one became.
pub const BECOMES: &str = "Compromiso en que se convirtió";
