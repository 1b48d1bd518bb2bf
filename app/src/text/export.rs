//! The headings of the open data's tables.

/// Of the commitments with their activities, a row for each activity.
pub const COMMITMENT_COLUMNS: [&str; 22] = [
    "Compromiso",
    "Categoría",
    "Nombre",
    "Problemas",
    "Objetivo",
    "Descripción",
    "Resultado esperado",
    "Indicador",
    "Línea base",
    "Meta",
    "Institución responsable",
    "Contraparte civil",
    "Inicia",
    "Termina",
    "Viabilidad",
    "Actividad",
    "Texto de la actividad",
    "Entregable",
    "Institución a cargo",
    "Cargo responsable",
    "Corresponsable",
    "Fecha límite",
];

/// Of the problems.
pub const PROBLEM_COLUMNS: [&str; 12] = [
    "Problema",
    "Título",
    "Planteamiento",
    "A quién afecta",
    "Dónde",
    "Causas",
    "Efectos",
    "Evidencia",
    "Fuente",
    "Criterios mínimos",
    "Origen",
    "Estado",
];
