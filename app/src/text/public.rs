//! The public page.

use domain::exercise::Sector;

/// The page follows the mesa by itself.
pub const LIVE: &str = "Esta página se actualiza sola.";
/// Name of the list of sections.
pub const CONTENTS: &str = "En esta página";
/// Phase of the mesa.
pub const PHASE: &str = "Fase";
/// Municipality and exercise.
pub const EXERCISE: &str = "Ejercicio";
/// Where the exercise is held.
pub const PLACE: &str = "Municipio";
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

/// A sector; none: people who speak for no organisation with a seat.
pub fn sector(sector: Option<Sector>) -> &'static str {
    match sector {
        Some(Sector::Guarantor) => "Organismo garante",
        Some(Sector::PublicInstitution) => "Instituciones públicas",
        Some(Sector::Facilitation) => "Facilitación",
        Some(Sector::CivilSociety) => "Sociedad civil",
        Some(Sector::Academia) => "Academia",
        Some(Sector::PrivateSector) => "Sector privado",
        Some(Sector::Citizens) => "Ciudadanía",
        None => "Otras personas en la mesa",
    }
}
